import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Exchange } from "../checks/finding.ts";
import type { HeaderLine } from "../http/message.ts";
import { parseHar } from "../recordings/parse-har.ts";
import { readHar } from "../recordings/read-har.ts";
import type { RunEvent } from "../run/events.ts";
import { harRecorder } from "./har-recorder.ts";
import { bytes, sampleEvents, sampleExchange, sampleHeader, sampleSummary } from "./sample-run.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "har-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function recorded(exchanges: readonly Exchange[], name = "run.har"): Promise<string> {
  const file = join(folder, name);
  const recorder = harRecorder(file, () => new Date("2026-11-22T10:00:00Z"));
  const events: RunEvent[] = [
    { type: "run-started", header: sampleHeader },
    ...exchanges.map((exchange): RunEvent => ({ type: "exchange", exchange, findings: [] })),
    { type: "run-finished", header: sampleHeader, summary: sampleSummary() },
  ];
  for (const event of events) recorder.on(event);
  await recorder.finish();
  return file;
}

function answered(
  body: string | Uint8Array,
  headers: readonly HeaderLine[] = [],
  truncated = false,
): Exchange {
  const response = {
    status: 200,
    headers,
    body: typeof body === "string" ? bytes(body) : body,
    durationMs: 5,
    ...(truncated ? { truncated } : {}),
  };
  return sampleExchange({ response });
}

function withoutResponse(): Exchange {
  const { response: _, ...exchange } = sampleExchange();
  return { ...exchange, failure: { code: "ECONNRESET", message: "socket hang up" } };
}

const awkward: readonly Exchange[] = [
  sampleExchange(),
  answered("grüße \u{1f600}", [["Content-Type", "text/plain"]]),
  answered("\ufeff{}"),
  answered(Uint8Array.from([0xff, 0xfe, 0, 1]), [["Content-Type", "application/octet-stream"]]),
  answered(new Uint8Array(gzipSync('{"a":1}')), [
    ["Content-Encoding", "gzip"],
    ["Content-Length", "27"],
  ]),
  answered("not gzip at all", [["Content-Encoding", "gzip"]]),
  answered("short", [["Content-Length", "500"]], true),
  answered("", [
    ["Set-Cookie", "a=REDACTED; Path=/"],
    ["Set-Cookie", "b=REDACTED"],
  ]),
  withoutResponse(),
];

describe("a recording", () => {
  it("is HAR 1.2 by its schema", async () => {
    const schemas: Readonly<Record<string, { readonly $id: string }>> = createRequire(import.meta.url)(
      "har-schema",
    );
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addMetaSchema(createRequire(import.meta.url)("ajv/dist/refs/json-schema-draft-06.json"));
    const { har, ...others } = schemas;
    for (const schema of Object.values(others)) ajv.addSchema(schema);
    const validate = ajv.compile(har ?? false);
    const content: unknown = JSON.parse(await readFile(await recorded(awkward), "utf8"));
    validate(content);
    expect(validate.errors).toBeNull();
    expect(validate({ log: { version: "1.2", creator: { name: "x", version: "1" }, entries: [{}] } })).toBe(
      false,
    );
  });

  it("gives the very exchanges back, however they misbehave", async () => {
    const { exchanges } = await readHar(await recorded(awkward));
    expect(
      exchanges.map(({ request, response, failure, caseId }) => ({ request, response, failure, caseId })),
    ).toEqual(
      awkward.map((exchange) => ({
        request: exchange.case.request,
        response: exchange.response,
        failure: exchange.failure,
        caseId: exchange.case.id,
      })),
    );
    expect(exchanges.flatMap(({ gaps, unusable }) => [...gaps, ...(unusable ?? [])])).toEqual([]);
    expect(exchanges[0]?.url).toBe("http://127.0.0.1:4010/v1/tokens/realtime?verbose=1");
  });

  it("gives any body back byte for byte", async () => {
    const bodies = fc.sample(fc.uint8Array({ maxLength: 60 }), { numRuns: 60, seed: 7 });
    const { exchanges } = await readHar(
      await recorded(
        bodies.map((body) => answered(body)),
        "bytes.har",
      ),
    );
    expect(exchanges.map(({ response }) => [...(response?.body ?? [])])).toEqual(
      bodies.map((body) => [...body]),
    );
  });

  it("is not written by a failed run", async () => {
    const file = join(folder, "broken-off.har");
    const recorder = harRecorder(file);
    for (const event of sampleEvents(sampleSummary()).slice(0, -1)) recorder.on(event);
    await recorder.finish();
    await expect(readFile(file)).rejects.toThrow(/ENOENT/);
  });
});

function har(...entries: readonly unknown[]): string {
  return JSON.stringify({ log: { version: "1.2", creator: { name: "Browser", version: "1" }, entries } });
}

function foreign(response: unknown, request: object = {}): unknown {
  return {
    startedDateTime: "2026-11-22T10:00:00Z",
    time: 3,
    request: { method: "GET", url: "https://api.example/v1/x?y=%20z", headers: [], ...request },
    response,
  };
}

function only(entry: unknown) {
  const [exchange] = parseHar(har(entry), "t.har").exchanges;
  if (exchange === undefined) throw new Error("one exchange was due");
  return exchange;
}

describe("a HAR file of another recorder", () => {
  it("from a browser: HTTP/2 pseudo-headers go, the decoded body loses the coding and length it no longer has", () => {
    const exchange = only(
      foreign(
        {
          status: 200,
          headers: [
            { name: ":status", value: "200" },
            { name: "content-encoding", value: "br" },
            { name: "content-length", value: "17" },
            { name: "content-type", value: "application/json" },
          ],
          content: { size: 7, mimeType: "application/json", text: '{"a":1}' },
        },
        {
          headers: [
            { name: ":authority", value: "api.example" },
            { name: "accept", value: "*/*" },
          ],
        },
      ),
    );
    expect(exchange.request).toEqual({ method: "GET", path: "/v1/x?y=%20z", headers: [["accept", "*/*"]] });
    expect(exchange.response).toEqual({
      status: 200,
      headers: [["content-type", "application/json"]],
      body: bytes('{"a":1}'),
      durationMs: 3,
    });
    expect(exchange.gaps).toHaveLength(2);
  });

  it("keeps coding and length where the body still is as it was sent", () => {
    const body = gzipSync("{}");
    const headers = [
      { name: "Content-Encoding", value: "gzip" },
      { name: "Content-Length", value: String(body.length) },
    ];
    const content = { mimeType: "application/json", text: body.toString("base64"), encoding: "base64" };
    const exchange = only(foreign({ status: 200, headers, content }));
    expect(exchange.response?.headers).toHaveLength(2);
    expect(exchange.response?.body).toEqual(new Uint8Array(body));
    expect(exchange.gaps).toEqual([]);
  });

  it("takes a text in Latin-1 back to the bytes it had", () => {
    const headers = [
      { name: "Content-Type", value: "text/plain; charset=ISO-8859-1" },
      { name: "Content-Length", value: "5" },
    ];
    const exchange = only(
      foreign({ status: 200, headers, content: { mimeType: "text/plain", text: "grüße" } }),
    );
    expect(exchange.response?.body).toEqual(Uint8Array.from([0x67, 0x72, 0xfc, 0xdf, 0x65]));
    expect(exchange.gaps).toEqual([]);
  });

  it("never takes a body that was not kept for an empty one", () => {
    expect(only(foreign({ status: 200, content: { size: 900, mimeType: "a/b" } })).unusable).toMatch(
      /response's body/,
    );
    expect(only(foreign({ status: 200 })).unusable).toMatch(/response's body/);
    // Of a browser's cache: nothing was on the wire.
    expect(only(foreign({ status: 200, bodySize: 0, content: { size: 900 } })).unusable).toMatch(
      /response's body/,
    );
    expect(only(foreign({ status: 200, content: { size: 0 } })).unusable).toBeUndefined();
    expect(only(foreign({ status: 204 })).response?.body).toEqual(new Uint8Array());
  });

  const json = (content: object, headers = [{ name: "Content-Type", value: "application/json" }]) =>
    only(foreign({ status: 200, headers, content: { mimeType: "application/json", ...content } }));
  it.each([
    ["an empty text of some size", { size: 9, text: "" }],
    ["a shortened text", { size: 900, text: '{"a":' }],
    ["shortened Base64", { size: 900, text: "e30=", encoding: "base64" }],
    ["Base64 that is none", { size: 9, text: '{"a":1}', encoding: "base64" }],
  ])("never judges what the recorder lost: %s", (_, content) => {
    expect(json(content).unusable).toMatch(/recording/);
    expect(json(content).response).toBeUndefined();
  });

  it("never judges an answer without headers whose media type the recorder knew", () => {
    expect(json({ size: 2, text: "{}" }, []).unusable).toMatch(/headers/);
  });

  it("judges a text of another charset as UTF-8, and says so in its header", () => {
    const headers = [{ name: "Content-Type", value: "text/plain; charset=Shift_JIS; x=1" }];
    const exchange = only(
      foreign({ status: 200, headers, content: { size: 4, mimeType: "text/plain", text: "日本" } }),
    );
    expect(exchange.response?.body).toEqual(bytes("日本"));
    expect(exchange.response?.headers).toEqual([["Content-Type", "text/plain; charset=utf-8; x=1"]]);
  });

  it("gives a 304 no body, whatever the cache held", () => {
    const exchange = only(foreign({ status: 304, content: { size: 2, text: "{}" } }));
    expect(exchange.response?.body).toEqual(new Uint8Array());
  });

  it.each(["POST;touch X;echo", "GET /", "$(id)`id`\n", ""])("leaves out what is no method: %j", (method) => {
    const { exchanges, skipped } = parseHar(har(foreign({ status: 204 }, { method })), "t.har");
    expect(exchanges).toEqual([]);
    expect([...skipped.keys()]).toEqual(["no HTTP method"]);
  });

  it("does not blame a server for a request that the browser gave up", () => {
    const exchange = only(foreign({ status: 0, _error: "net::ERR_ABORTED" }));
    expect(exchange.response).toBeUndefined();
    expect(exchange.unusable).toBe("no response was recorded (net::ERR_ABORTED)");
  });

  it("rebuilds a form that was recorded as parameters and owns up to a multipart body that was not kept", () => {
    const answer = { status: 204 };
    const form = only(
      foreign(answer, {
        postData: { mimeType: "application/x-www-form-urlencoded", params: [{ name: "a b", value: "c&d" }] },
      }),
    );
    expect(form.request.body).toEqual(bytes("a+b=c%26d"));
    const multipart = foreign(answer, {
      postData: { mimeType: "multipart/form-data; boundary=x", params: [{ name: "f", fileName: "f.bin" }] },
    });
    expect(only(multipart).unusable).toMatch(/request's body/);
  });

  it("skips and counts what isn't an HTTP exchange", () => {
    const { exchanges, skipped } = parseHar(
      har(
        foreign({ status: 200, content: { size: 0 } }, { url: "data:text/plain,x" }),
        foreign({ status: 101 }, { url: "wss://api.example/socket" }),
      ),
      "t.har",
    );
    expect(exchanges).toEqual([]);
    expect([...skipped]).toEqual([
      ["data: URL", 1],
      ["wss: URL", 1],
    ]);
  });

  it("from Playwright finds attached bodies beside the file, and only there", async () => {
    const hash = "0123456789abcdef0123456789abcdef01234567";
    await writeFile(join(folder, `${hash}.json`), '{"attached":true}');
    await writeFile(join(folder, "notes.json"), '{"attached":true}');
    await symlink(join(folder, "notes.json"), join(folder, `${hash}.txt`));
    const file = join(folder, "attached.har");
    const content = (name: string) => ({ size: 17, mimeType: "application/json", _file: name });
    await writeFile(
      file,
      `\ufeff${har(...[`${hash}.json`, "../etc/passwd", "notes.json", `${hash}.txt`].map((name) => foreign({ status: 200, headers: [{ name: "Content-Type", value: "application/json" }], content: content(name) })))}`,
    );
    const { exchanges } = await readHar(file);
    expect(exchanges[0]?.response?.body).toEqual(bytes('{"attached":true}'));
    for (const other of exchanges.slice(1)) expect(other.unusable).toMatch(/response's body/);
  });

  it.each([
    ["", "t.har:1:1: the file is empty"],
    ['{"log":\n  {"entries": [}', "t.har:2:16: this is not JSON"],
    ['{"log":\n', "t.har:1:8: this is not JSON"],
    ["[]", "t.har isn't a HAR file: there is no /log"],
    ['{"log":{"entries":{}}}', "t.har isn't a HAR file: /log/entries is not a list"],
    [har(7), "t.har: /log/entries/0 is not an object"],
    [har({ request: { method: "GET" } }), "t.har: /log/entries/0/request has no url"],
    [
      har({ request: { method: "GET", url: "/x" } }),
      "t.har: /log/entries/0/request/url is not an absolute URL: /x",
    ],
  ])("that can't be read is one sentence with the place: %j", (text, message) => {
    expect(() => parseHar(text, "t.har")).toThrow(message);
  });

  it("that is missing is one sentence too", async () => {
    await expect(readHar(join(folder, "none.har"))).rejects.toThrow(
      /none\.har can't be read \(there is no such file\)/,
    );
  });
});
