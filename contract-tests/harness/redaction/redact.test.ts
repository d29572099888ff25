import { brotliCompressSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Exchange, Finding } from "../checks/finding.ts";
import type { HttpResponse } from "../http/message.ts";
import { contractSecretNames } from "./contract-secret-names.ts";
import { createRedactor } from "./redact.ts";
import { secretShapes } from "./secret-shapes.ts";
import { secretsInHeaders } from "./secrets-in-headers.ts";
import { sensitiveNames } from "./sensitive-names.ts";

const SECRET = "sk_canary/9+Z ü<&>\"'\\x";
const utf8 = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));
const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");

function response(body: string | Uint8Array, headers: HttpResponse["headers"] = []): HttpResponse {
  return { status: 200, headers, body: typeof body === "string" ? utf8(body) : body, durationMs: 1 };
}

function exchangeOf(answer: HttpResponse): Exchange {
  return {
    case: {
      id: "POST /x › valid",
      operation: "POST /x",
      phase: "examples",
      expectation: "accepted",
      request: { method: "POST", path: "/x", headers: [] },
    },
    response: answer,
  };
}

const everyByte = (text: string) =>
  [...Buffer.from(text, "utf8")].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const unicodeEscaped = (text: string) =>
  text.replace(/./g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
const htmlEscaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The same with each text and number replaced by what it is. */
function typesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typesOf);
  return typeof value === "object" && value !== null ? Object.values(value).map(typesOf) : typeof value;
}

describe("a known secret", () => {
  const spellings: Record<string, string> = {
    raw: SECRET,
    "upper case": SECRET.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
    "percent-encoded": encodeURIComponent(SECRET),
    "percent-encoded in lower case": encodeURIComponent(SECRET).toLowerCase(),
    "percent-encoded byte by byte": everyByte(SECRET),
    "percent-encoded twice": encodeURIComponent(encodeURIComponent(SECRET)),
    "form-encoded": new URLSearchParams({ a: SECRET }).toString().slice(2),
    "JSON-escaped": JSON.stringify(SECRET),
    "JSON-escaped twice": JSON.stringify(JSON.stringify(SECRET)),
    "unicode-escaped": unicodeEscaped(SECRET),
    "with an escaped solidus": JSON.stringify(SECRET).replaceAll("/", "\\/"),
    "HTML-escaped": htmlEscaped(SECRET),
    "HTML-escaped by number": SECRET.replace(/./g, (c) => `&#${c.charCodeAt(0)};`),
    "JSON inside HTML inside a query": encodeURIComponent(htmlEscaped(JSON.stringify(SECRET))),
    Base64: Buffer.from(SECRET).toString("base64"),
    "Base64 after one byte": Buffer.from(`:${SECRET}`).toString("base64"),
    "Base64 after two bytes": Buffer.from(`u:${SECRET}`).toString("base64"),
    "Base64url in the middle": Buffer.from(`user:${SECRET}:tail`).toString("base64url"),
    "a Basic pair": `Basic ${Buffer.from(`someone:${SECRET}`).toString("base64")}`,
    "Base64, percent-encoded": encodeURIComponent(Buffer.from(`abc${SECRET}`).toString("base64")),
    hex: Buffer.from(SECRET).toString("hex"),
    "upper-case hex": Buffer.from(SECRET).toString("hex").toUpperCase(),
  };

  it.each(Object.entries(spellings))("leaves no text: %s", (_, spelling) => {
    const redacted = createRedactor([SECRET]).text(`before ${spelling} after`);
    expect(redacted).toMatch(/^before .*REDACTED-1.* after$/);
    expect(redacted).not.toContain(spelling);
    expect(redacted.length).toBeLessThan("before  after".length + "Basic ".length + "REDACTED-1".length + 21);
  });

  it.each(Object.entries(spellings))("leaves no body: %s", (_, spelling) => {
    const body = shown(createRedactor([SECRET]).response(response(`<<${spelling}>>`)).body);
    expect(body).toContain("REDACTED-1");
    expect(body).not.toContain(spelling);
  });

  it("leaves a body in UTF-16", () => {
    const { body } = createRedactor(["sk_canary_1"]).response(
      response(new Uint8Array(Buffer.from("<sk_canary_1>", "utf16le"))),
    );
    expect(Buffer.from(body).toString("utf16le")).not.toContain("sk_canary_1");
  });

  it("keeps the same word for the same secret and another for another", () => {
    expect(
      createRedactor(["first-secret", "second-secret"]).text("second-secret first-secret second-secret"),
    ).toBe("REDACTED-2 REDACTED-1 REDACTED-2");
  });

  it("of few characters matches whole words only, and of fewer than four none", () => {
    const redactor = createRedactor(["test", "abc"]);
    expect(redactor.text("latest test. abc")).toBe("latest REDACTED-1. abc");
    expect(redactor.headers([["x-api-key", "abc"]])).toEqual([["x-api-key", "REDACTED"]]);
  });

  it("among thousands costs no more than one", () => {
    const redactor = createRedactor(
      Array.from({ length: 5_000 }, (_, index) => `secret-${index}-${index * 7919}`),
    );
    const text = "The quick brown fox jumps over the lazy dog. ".repeat(20_000);
    const started = performance.now();
    expect(redactor.text(`${text}secret-4999-${4999 * 7919}`).endsWith("REDACTED-5000")).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("a response", () => {
  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ] as const)("in %s is looked into and stays in it", (coding, compress) => {
    const original = response(new Uint8Array(compress(`{"echo":"${"x".repeat(99)}my-secret-key"}`)), [
      ["content-encoding", coding],
    ]);
    const redactor = createRedactor(["my-secret-key"]);
    const once = redactor.response(original);
    expect(once.body).not.toEqual(original.body);
    if (coding === "gzip")
      expect(gunzipSync(once.body).toString()).toBe(`{"echo":"${"x".repeat(99)}REDACTED-1"}`);
  });

  it("without a secret keeps its bytes", () => {
    const original = response(new Uint8Array(gzipSync('{"ok":true}')), [["content-encoding", "gzip"]]);
    expect(createRedactor(["my-secret-key"]).response(original).body).toBe(original.body);
    const binary = response(Uint8Array.from([0, 255, 128, 34, 92]));
    expect(createRedactor(["my-secret-key"]).response(binary).body).toBe(binary.body);
  });

  it("in damaged gzip does not keep its readable part", () => {
    const whole = gzipSync(`${"a".repeat(50)}my-secret-key${"b".repeat(50)}`, { level: 0 });
    const cut = response(new Uint8Array(whole.subarray(0, whole.length - 20)), [
      ["content-encoding", "gzip"],
    ]);
    const { body } = createRedactor(["my-secret-key"]).response(cut);
    expect(Buffer.from(body).includes("my-secret-key")).toBe(false);
  });

  it("in an unknown coding is replaced", () => {
    const { body } = createRedactor([]).response(response("anything", [["content-encoding", "zstd"]]));
    expect(shown(body)).toBe("REDACTED: a body in zstd (unknown) can't be searched for secrets");
  });

  it("keeps a right Content-Length right and a wrong one as wrong", () => {
    const redactor = createRedactor(["my-very-long-secret-key"]);
    const body = '{"a":"my-very-long-secret-key"}';
    const declared = (difference: number) => {
      const redacted = redactor.response(
        response(body, [["Content-Length", String(body.length + difference)]]),
      );
      return Number(redacted.headers[0]?.[1]) - redacted.body.length;
    };
    expect([declared(0), declared(7), declared(-3)]).toEqual([0, 7, -3]);
  });

  it("loses minted tokens in any body, well-formed or not", () => {
    const minted = "sutkn_0123456789abcdef";
    const bodies = [
      `{"token":"${minted}"}`,
      `{ "accessToken" : "${minted}", "token_type": "bearer" }`,
      `{"tokens":["${minted}","other_secret_77"]}`,
      `{"token":"${minted}`,
      `<r><token kind="a">${minted}</token></r>`,
      `access_token=${minted}&token_type=bearer`,
      `--b\r\nContent-Disposition: form-data; name="secret"\r\n\r\n${minted}\r\n--b--`,
      `{"detail":"{\\"token\\":\\"${minted}\\"}"}`,
    ];
    for (const body of bodies) {
      const redactor = createRedactor([]);
      const redacted = redactor.exchange(exchangeOf(response(body)));
      const text = shown(redacted.response?.body ?? utf8(""));
      expect(text).not.toContain(minted);
      expect(text).toContain("REDACTED");
    }
  });

  it("keeps its type, its harmless neighbours and what is empty", () => {
    const redacted = createRedactor([]).response(
      response('{"token_type":"bearer","max_tokens":12,"password":1234,"secret":"","token":null}'),
    );
    expect(shown(redacted.body)).toBe(
      '{"token_type":"bearer","max_tokens":12,"password":0,"secret":"","token":null}',
    );
  });

  it.each([
    ["a backslash at its end", "s3cret-key\\"],
    ["a quotation mark", 's3cret"key"'],
    ["nothing but backslashes", "\\\\\\\\"],
    ["a line feed", "s3cret\nkey"],
    ["digits alone", "77771234"],
    ["braces", '{"a":1}x'],
    ["letters beyond ASCII", "schlüssel-\u{1f511}"],
  ])("stays the JSON that it was, of the same types, with a secret of %s", (_, secret) => {
    const number = /^\d+$/.test(secret) ? Number(secret) : 5;
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.jsonValue({ maxDepth: 3 }),
            fc.constantFrom<unknown>(secret, number, { note: secret }, [
              `before ${secret}`,
              `${secret} after`,
              number,
            ]),
          ),
          { minLength: 1, maxLength: 4 },
        ),
        fc.constantFrom<readonly [string, (values: unknown[]) => string, (text: string) => unknown[]]>(
          ["application/json", (values) => JSON.stringify(values), (text) => JSON.parse(text)],
          ["application/json", (values) => JSON.stringify(values, null, 2), (text) => JSON.parse(text)],
          [
            "application/x-ndjson",
            (values) => values.map((value) => `${JSON.stringify(value)}\n`).join(""),
            (text) =>
              text
                .split("\n")
                .slice(0, -1)
                .map((line) => JSON.parse(line)),
          ],
          [
            "text/event-stream",
            (values) => values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(""),
            (text) =>
              text
                .split("\n\n")
                .slice(0, -1)
                .map((event) => JSON.parse(event.slice(6))),
          ],
        ),
        (values, [type, write, read]) => {
          const redactor = createRedactor([secret]);
          const { body } = redactor.response(response(write(values), [["content-type", type]]));
          expect(read(shown(body)).map(typesOf)).toEqual(values.map(typesOf));
          expect(JSON.stringify(read(shown(body)))).not.toContain(JSON.stringify(secret).slice(1, -1));
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("keeps a number a number where that is all there is", () => {
    expect(shown(createRedactor(["77771234"]).response(response("77771234")).body)).toBe("0");
  });

  it("doesn't take a write-only setting for a secret in unrelated numbers", () => {
    const properties = {
      limit: { type: "integer", writeOnly: true },
      on: { type: "boolean", writeOnly: true },
    };
    const names = contractSecretNames({ components: { schemas: { A: { properties } } } });
    const redactor = createRedactor([], { names });
    const body = '{"limit":12345678,"count":12345678,"on":true}';
    const answer = exchangeOf(response(body));
    expect(shown(redactor.exchange(answer).response?.body ?? utf8(""))).toBe(body);
  });

  it("loses what the contract names as secret", () => {
    const redactor = createRedactor([], { names: new Set(["voice_print"]) });
    expect(shown(redactor.response(response('{"voice_print":"abc"}')).body)).toBe(
      '{"voice_print":"REDACTED"}',
    );
  });
});

describe("what looks like a secret", () => {
  const document = {
    components: {
      schemas: { T: { properties: { token: { type: "string", examples: ["sutkn_1234567890"] } } } },
    },
    paths: { "/x": { example: { api_key: "sk_live_aaaaaaaaaa", token_type: "realtime_speech_long" } } },
  };

  it("as the contract's examples do is redacted under any name", () => {
    const redactor = createRedactor([], { shapes: secretShapes(document) });
    expect(shown(redactor.response(response('{"tokn":"sutkn_abcdef","x":["sk_live_zzzz9999"]}')).body)).toBe(
      '{"tokn":"REDACTED-1","x":["REDACTED-2"]}',
    );
    expect(redactor.text("got sutkn_abcdef for realtime_speech")).toBe("got REDACTED-1 for realtime_speech");
  });

  it("as a JSON Web Token does is redacted under any name", () => {
    const token =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    expect(createRedactor([]).text(`x=${token}.`)).toBe("x=REDACTED-1.");
  });
});

describe("headers given by hand", () => {
  it("are secret in every part that a server may echo", () => {
    const basic = Buffer.from("me:pass-word").toString("base64");
    expect(
      secretsInHeaders([
        ["x-api-key", "k1"],
        ["Authorization", "Bearer t1"],
        ["Proxy-Authorization", `Basic ${basic}`],
        ["Cookie", "a=c1; b=c2"],
        ["Accept", "application/json"],
      ]),
    ).toEqual([
      "k1",
      "Bearer t1",
      "t1",
      `Basic ${basic}`,
      basic,
      "me:pass-word",
      "pass-word",
      "a=c1; b=c2",
      "c1",
      "c2",
    ]);
  });
});

describe("headers", () => {
  it("keep names, cookie names, attributes and schemes", () => {
    expect(
      createRedactor([]).headers([
        ["Authorization", "Bearer abcdef"],
        ["Cookie", "a=1; session=2"],
        ["Set-Cookie", "id=xyz; Path=/; HttpOnly"],
        ["X-Goog-Api-Key", "k"],
        ["X-Auth-Token", "t"],
        ["x-api-key", ""],
        ["Content-Type", "application/json"],
        ["Location", "https://me:pw@example.org/?access_token=q&page=2"],
      ]),
    ).toEqual([
      ["Authorization", "Bearer REDACTED"],
      ["Cookie", "a=REDACTED; session=REDACTED"],
      ["Set-Cookie", "id=REDACTED; Path=/; HttpOnly"],
      ["X-Goog-Api-Key", "REDACTED"],
      ["X-Auth-Token", "REDACTED"],
      ["x-api-key", ""],
      ["Content-Type", "application/json"],
      ["Location", "https://REDACTED@example.org/?access_token=REDACTED&page=2"],
    ]);
  });
});

describe("texts", () => {
  it("keep a curl line's variables and lose its values", () => {
    const redactor = createRedactor([]);
    const safe = `curl -X POST 'http://127.0.0.1:1/x' -H "x-api-key: $X_API_KEY" -H 'Accept: a/b'`;
    expect(redactor.text(safe)).toBe(safe);
    expect(
      redactor.text(`curl -H 'x-api-key: abc' -H 'Authorization: Basic dTpw' https://u:p@h/?token=q`),
    ).toBe(
      `curl -H 'x-api-key: REDACTED' -H 'Authorization: Basic REDACTED' https://REDACTED@h/?token=REDACTED`,
    );
  });

  it("of a finding lose a token that was minted in its exchange or in an earlier one", () => {
    const redactor = createRedactor([]);
    const first = exchangeOf(response('{"token":"sutkn_first_000111"}'));
    redactor.event({ type: "exchange", exchange: first, findings: [] });
    const second = exchangeOf(response('{"token":"sutkn_second_000222"}'));
    const finding: Finding = {
      id: "f",
      check: "fresh-token",
      severity: "error",
      operation: "POST /x",
      caseId: "POST /x › valid",
      message: "sutkn_second_000222 after sutkn_first_000111",
      expected: "another token",
      actual: "sutkn_second_000222",
      pointer: "",
      line: 0,
      curl: "curl http://127.0.0.1/",
      exchange: second,
      occurrences: 1,
    };
    const event = redactor.event({ type: "exchange", exchange: second, findings: [finding] });
    expect(JSON.stringify(event)).not.toMatch(/sutkn/);
    expect(event.type === "exchange" && event.findings[0]?.message).toBe("REDACTED-2 after REDACTED-1");
  });

  it("that a mock answers for every string are not taken for secrets elsewhere", () => {
    const redactor = createRedactor([]);
    redactor.exchange(exchangeOf(response('{"token":"string"}')));
    expect(redactor.text("expected a string")).toBe("expected a string");
  });
});

describe("the cheap look before the expensive one", () => {
  it("overlooks no sensitive name", () => {
    const names = [
      "token",
      "accessTokens",
      "API-Key",
      "api_key",
      "PIN",
      "otp",
      "jwt",
      "X-Auth",
      "Proxy-Authorization",
    ];
    const more = [
      "passwd",
      "passphrase",
      "pwd",
      "set-cookie",
      "credentials",
      "private key",
      "Signature",
      "sessionId",
      "sid",
    ];
    const known = sensitiveNames(new Set(["voice.print"]));
    for (const name of [...names, ...more, "voice.print"]) {
      expect([name, known.has(name), known.mayStandIn(`{"${name}":"x"}`)]).toEqual([name, true, true]);
    }
    expect(known.mayStandIn('{"name":"voice-print"}')).toBe(false);
  });
});

describe("what the harness made up itself", () => {
  const sent = (phase: Exchange["case"]["phase"]): Exchange => {
    const { case: base } = exchangeOf(response(""));
    const request = {
      method: "POST",
      path: "/login?pin=1234567",
      headers: [
        ["content-type", "application/x-www-form-urlencoded"],
        ["cookie", "session=abcdefgh12"],
      ],
      body: utf8("user=someone&password=Correct-horse-1"),
    } as const;
    return {
      case: { ...base, phase, request },
      response: response('{"password":"Correct-horse-1","token":"minted-by-server-1"}'),
    };
  };

  it("stays readable in a request, so that it can be sent again, and goes from answers", () => {
    const { case: shownCase, response: answer } = createRedactor([]).exchange(sent("coverage"));
    expect(shownCase.request).toEqual(sent("coverage").case.request);
    expect(shown(answer?.body ?? new Uint8Array())).not.toMatch(/horse|minted/);
  });

  it("is somebody's secret where it was recorded", () => {
    const { request } = createRedactor([]).exchange(sent("recorded")).case;
    expect(
      JSON.stringify(request.headers) + request.path + shown(request.body ?? new Uint8Array()),
    ).not.toMatch(/horse|1234567|abcdefgh/);
  });

  it("doesn't cover the contract's own examples and the caller's headers", () => {
    const options = { published: new Set(["Correct-horse-1", "1234567"]), ownHeaders: new Set(["cookie"]) };
    const { request } = createRedactor([], options).exchange(sent("coverage")).case;
    expect(
      JSON.stringify(request.headers) + request.path + shown(request.body ?? new Uint8Array()),
    ).not.toMatch(/horse|1234567|abcdefgh/);
  });
});
