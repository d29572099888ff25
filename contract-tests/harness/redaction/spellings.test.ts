import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Exchange, Finding } from "../checks/finding.ts";
import type { HeaderLine } from "../http/message.ts";
import { createRedactor } from "./redact.ts";

/** Keys as they are minted: letters in both cases, digits, and what URLs, JSON and HTML escape. */
const key = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019_-+/=.~$!%&<"\\ü'), minLength: 12, maxLength: 40 })
  .map((text) => `k9${text}Q7`);

const perCharacter =
  (write: (character: string) => string) =>
  (text: string, which: readonly boolean[]): string =>
    [...text]
      .map((character, index) => (which[index % which.length] === false ? character : write(character)))
      .join("");
const bytesOf = (text: string) => [...Buffer.from(text, "utf8")];
const code = (character: string) => character.charCodeAt(0);

/** Each writes every character, or only some of them, otherwise. */
const inPart = [
  perCharacter((character) => encodeURIComponent(character)),
  perCharacter((character) => encodeURIComponent(character).toLowerCase()),
  perCharacter((character) =>
    bytesOf(character)
      .map((byte) => `%${byte.toString(16).padStart(2, "0")}`)
      .join(""),
  ),
  perCharacter((character) => `&#${code(character)};`),
  perCharacter((character) => `&#000${code(character)};`),
  perCharacter((character) => `&#x${code(character).toString(16)};`),
  perCharacter((character) => `\\u${code(character).toString(16).padStart(4, "0")}`),
];
const whole = [
  (text: string) => text,
  (text: string) => JSON.stringify(text),
  (text: string) => JSON.stringify(JSON.stringify(text)),
  (text: string) => encodeURIComponent(encodeURIComponent(text)),
  (text: string) => new URLSearchParams({ a: text }).toString().slice(2),
  (text: string) => Buffer.from(text).toString("hex"),
  (text: string) => Buffer.from(text).toString("base64"),
  (text: string) => Buffer.from(`u:${text}`).toString("base64url"),
  (text: string) => Buffer.from(`us:${text}:x`).toString("base64"),
];
/** `%` and `&` that a key begins an escape with by itself make it a question which text was meant. */
const spelling = fc
  .tuple(
    key.filter((text) => !/%[0-9a-f]{2}|&#?\w|\\[ux]/i.test(text)),
    fc.oneof(
      fc.tuple(fc.constantFrom(...inPart), fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })).map(
        ([write, which]) =>
          (text: string) =>
            write(text, /[%&\\]/.test(text) ? [true] : which),
      ),
      fc.constantFrom(...whole),
    ),
  )
  .map(([secret, write]) => ({ secret, written: write(secret) }));

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));

function exchange(headers: readonly HeaderLine[], body: Uint8Array, path = "/x"): Exchange {
  return {
    case: {
      id: "GET /x › valid",
      operation: "GET /x",
      phase: "examples",
      expectation: "accepted",
      request: { method: "GET", path, headers: [] },
    },
    response: { status: 200, headers, body, durationMs: 1 },
  };
}

/** The ten places: each puts a text into an exchange. */
const places: Readonly<Record<string, (text: string) => Exchange>> = {
  "header name": (text) => exchange([[text, "1"]], bytes("")),
  "header value": (text) => exchange([["x-echo", `got ${text} here`]], bytes("")),
  "JSON body": (text) => exchange([["content-type", "application/json"]], bytes(`{"a":["${text}"]}`)),
  "JSON text in JSON": (text) => exchange([], bytes(JSON.stringify({ a: JSON.stringify({ b: text }) }))),
  form: (text) => exchange([], bytes(`a=1&b=${text}&c=2`)),
  multipart: (text) =>
    exchange([], bytes(`--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${text}\r\n--x--\r\n`)),
  "XML with CDATA": (text) => exchange([], bytes(`<a><![CDATA[${text}]]></a>`)),
  "plain text": (text) => exchange([["content-type", "text/plain"]], bytes(`key: ${text}\n`)),
  reason: (text) => ({
    case: exchange([], bytes("")).case,
    failure: { code: "ECONNRESET", message: `refused: ${text}` },
  }),
  address: (text) => exchange([["location", `http://h/y?q=${text}`]], bytes(""), `/x/${text}?q=${text}`),
};

function findingOf(item: Exchange, text: string): Finding {
  return {
    id: "check | GET /x | /paths",
    check: "check",
    severity: "error",
    operation: "GET /x",
    caseId: item.case.id,
    message: `said ${text}`,
    expected: "",
    actual: text,
    pointer: "/paths",
    line: 1,
    curl: `curl -X GET 'http://h/x?q=${text}'`,
    exchange: item,
    occurrences: 1,
  };
}

const everything = (finding: Finding) =>
  JSON.stringify(finding, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : value,
  );

describe("a secret that is known", () => {
  it.each(Object.entries(places))("stays in no %s, however it is written", (_, put) => {
    fc.assert(
      fc.property(spelling, ({ secret, written }) => {
        const shown = createRedactor([secret]).finding(findingOf(put(written), written));
        const text = everything(shown);
        expect(text).not.toContain(JSON.stringify(written).slice(1, -1));
        expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
      }),
      { numRuns: 50, seed: 17 },
    );
  });

  it.each(["utf16be", "utf16le"])("stays in no body of %s, at its end either", (encoding) => {
    const secret = "k9-utf-16-canary";
    const words = Buffer.from(`x${secret}`, "utf16le");
    const body = new Uint8Array(encoding === "utf16be" ? words.swap16() : words);
    const { response } = createRedactor([secret]).exchange(exchange([], body));
    expect(Buffer.from(response?.body ?? []).toString("latin1")).toContain("REDACTED-1");
  });
});

describe("a value under a name of secrets", () => {
  const hidden: Readonly<Record<string, string>> = {
    "a fragment": "http://h/cb#access_token=c4nary-value&state=1",
    "a challenge": 'Bearer realm="x", token="c4nary-value"',
    "character data": "<token><![CDATA[c4nary-value]]></token>",
    "an object": '{"token":{"value":"c4nary-value"}}',
    "an object far inside": `${'{"a":'.repeat(60)}{"token":{"value":"c4nary-value"}}${"}".repeat(60)}`,
    "a long name": `{"${"x".repeat(150)}_token":"c4nary-value"}`,
    "a dollar sign": '{"token":"$c4nary-value"}',
    "a value that looks redacted": '{"token":"REDACTED-c4nary-value"}',
    "a part of a form": '--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nc4nary-value\r\n--x--',
  };
  it.each(Object.entries(hidden))("is hidden: %s", (_, text) => {
    expect(createRedactor([]).text(text)).not.toContain("c4nary-value");
    const body = createRedactor([]).exchange(exchange([], bytes(text))).response?.body;
    expect(Buffer.from(body ?? []).toString()).not.toContain("c4nary-value");
  });

  it("leaves JSON what it is, whatever the value ends in", () => {
    const original = { token: "c4nary\\", note: "stays", pin: 123456789, count: 123456789, deep: ['a\\"b'] };
    const { response } = createRedactor([]).exchange(exchange([], bytes(JSON.stringify(original))));
    const shown: unknown = JSON.parse(Buffer.from(response?.body ?? []).toString());
    expect(shown).toEqual({ ...original, token: "REDACTED", pin: 0, count: 0 });
  });

  it("leaves JSON what it is when the secret begins in the middle of an escape", () => {
    const { response } = createRedactor(["n123456789"]).exchange(
      exchange([], bytes(String.raw`{"a":"x\n123456789","n":"n123456789"}`)),
    );
    const text = Buffer.from(response?.body ?? []).toString();
    expect(text).not.toContain('"n123456789');
    expect(() => JSON.parse(text)).not.toThrow();
  });
});

describe("a secret in a long text", () => {
  const secret = "c4nary value/+&";
  const spellings = {
    plain: secret,
    percent: encodeURIComponent(secret),
    json: JSON.stringify(secret).replaceAll("/", "\\/"),
    "json in a query": encodeURIComponent(JSON.stringify(secret).replaceAll("/", "\\/")),
    html: secret.replaceAll("&", "&amp;"),
    "utf-16": [...secret].map((character) => `${character}\\u0000`).join(""),
  };
  const lines = Array.from(
    { length: 6_000 },
    (_, index) => `line ${index} of plain words, with nothing in it`,
  );

  it.each(Object.entries(spellings))("is found wherever it stands: %s", (_, spelling) => {
    const redactor = createRedactor([secret]);
    // Around the ends of blocks above all.
    for (const at of [0, 1, 363, 364, 365, 728, 3_000, 5_998, 5_999]) {
      const text = lines.map((line, index) => (index === at ? `${line}: ${spelling}.` : line)).join("\n");
      const [hidden, ...others] = redactor
        .hide(text)
        .split("\n")
        .filter((line, index) => line !== lines[index]);
      expect(others).toEqual([]);
      expect(hidden).toBe(redactor.hide(`${lines[at]}: ${spelling}.`)); // as in a short text
      expect(hidden).toContain("REDACTED");
    }
  });
});

describe("a text made to be slow", () => {
  const unit: Readonly<Record<string, string>> = {
    "token beginnings": "-eyJ",
    "token parts": ".eyJabcde",
    "lines of parts": 'token name="x"\n',
    "schemes of addresses": "a.",
    "addresses with users": "http://a",
    "open elements": "<token ",
    "open character data": "<token><![CDATA[",
    "pairs of a form": "token=&",
    "one long name": "token",
    "members of JSON": '"token":"',
    "arrays of JSON": '"token":["x",',
    "nested objects": '{"token":',
    brackets: "[",
    backslashes: "\\",
    "percent signs": "%25",
    entities: "&#0000",
    "curl's arguments": "-H  ",
    "authorization schemes": "Bearer    ",
  };
  const milliseconds = (text: string): number => {
    const redactor = createRedactor(["some-secret-canary"]);
    const started = process.cpuUsage();
    redactor.text(text);
    redactor.headers([
      ["cookie", text],
      ["authorization", text],
      ["set-cookie", text],
    ]);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000;
  };

  it.each(Object.entries(unit))("takes time that grows with its length alone: %s", (_, part) => {
    const sized = (kilobytes: number) => part.repeat(Math.ceil((kilobytes * 1_024) / part.length));
    milliseconds(sized(16));
    const middle = milliseconds(sized(64));
    const long = milliseconds(sized(256));
    // Four times as long: four times the time when linear, sixteen when quadratic. Short times are all noise.
    expect(long).toBeLessThan(Math.max(400, middle * 9));
  });
});
