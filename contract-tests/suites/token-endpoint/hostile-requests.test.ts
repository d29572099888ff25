import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Simulator, startSimulator } from "../../../src/simulator/start-simulator.ts";
import { type RawAnswer, rawRequest } from "./raw-request.ts";
import {
  apiKey,
  endpointPath,
  pageOrigin,
  type RunningEndpoint,
  session,
  startEndpoint,
} from "./start-endpoint.ts";

/** Far above what an answer takes on a busy machine, far below for ever. */
const boundMs = 10_000;
const good = '{"token_type":"realtime_scribe"}';
const json = "Content-Type: application/json";
const form = "Content-Type: application/x-www-form-urlencoded";
const bearer = `Authorization: Bearer ${session}`;

let simulator: Simulator;
let endpoint: RunningEndpoint;
let documented: Documented;
beforeAll(async () => {
  documented = await readDocument();
  simulator = await startSimulator({ apiKeys: [apiKey] });
  endpoint = await startEndpoint(simulator.address, { bodyTimeoutInSeconds: 0.2 });
});
afterAll(async () => {
  await endpoint.close();
  await simulator.close();
});

interface Hostile {
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Uint8Array;
  /** Sent as Content-Length instead of the body's; null sends none. */
  readonly length?: number | null;
}

function bytesOf({ method = "POST", headers = [bearer, json], body = good, length }: Hostile): Uint8Array {
  const bytes = Buffer.from(body);
  const declared = length === null ? [] : [`Content-Length: ${length ?? bytes.length}`];
  const head = [
    `${method} ${endpointPath} HTTP/1.1`,
    "Host: 127.0.0.1",
    ...headers,
    ...declared,
    "",
    "",
  ].join("\r\n");
  return Buffer.concat([Buffer.from(head), bytes]);
}

const refused: readonly (readonly [what: string, status: number, request: Hostile])[] = [
  ["type named twice in JSON", 400, { body: '{"token_type":"x","token_type":"realtime_scribe"}' }],
  ["page of another site without an Origin", 403, { headers: [bearer, json, "Sec-Fetch-Site: cross-site"] }],
  ["a body of 1,025 bytes", 413, { body: `${good}${" ".repeat(1025 - good.length)}` }],
  ["a body of 1 MiB", 413, { body: "x".repeat(1024 * 1024) }],
  ["a body that declares 8 GiB and begins", 413, { body: "x".repeat(2_000), length: 8 * 1024 ** 3 }],
  [
    "a chunked body without end",
    413,
    {
      headers: [bearer, json, "Transfer-Encoding: chunked"],
      length: null,
      body: `800\r\n${"x".repeat(2_048)}\r\n`,
    },
  ],
  ["a body that stops half-way", 408, { body: good.slice(0, 10), length: good.length }],
  ["no byte of a declared body", 408, { body: "", length: good.length }],
  ["JSON cut short", 400, { body: good.slice(0, -1) }],
  ["JSON with garbage behind it", 400, { body: `${good};` }],
  ["JSON that nests 500 deep", 422, { body: `${"[".repeat(500)}${"]".repeat(500)}` }],
  ["JSON in UTF-16", 400, { body: Buffer.from(good, "utf16le") }],
  ["invalid UTF-8", 400, { body: Buffer.from([...Buffer.from('{"token_type":"'), 0xc3, 0x28, 0x22, 0x7d]) }],
  ["an empty body", 400, { body: "" }],
  ["JSON null", 422, { body: "null" }],
  ["a type that is a number", 422, { body: '{"token_type":1}' }],
  ["a type that is a list", 422, { body: '{"token_type":["realtime_scribe"]}' }],
  ["a type set on the prototype", 422, { body: '{"__proto__":{"token_type":"realtime_scribe"}}' }],
  ["a type that climbs out of the path", 422, { body: '{"token_type":"../../v1/voices"}' }],
  ["a type with a NUL", 422, { body: '{"token_type":"realtime_scribe\\u0000"}' }],
  ["a type with a line break for a header", 422, { body: '{"token_type":"realtime_scribe\\r\\nX-A: b"}' }],
  [
    "a form that names the type twice",
    400,
    { headers: [bearer, form], body: "token_type=realtime_scribe&token_type=x" },
  ],
  ["JSON sent as a form", 422, { headers: [bearer, form] }],
  ["no media type", 415, { headers: [bearer] }],
  ["text/plain, which needs no preflight", 415, { headers: [bearer, "Content-Type: text/plain"] }],
  ["multipart", 415, { headers: [bearer, "Content-Type: multipart/form-data; boundary=b"] }],
  ["another charset", 415, { headers: [bearer, "Content-Type: application/json; charset=utf-7"] }],
  ["a compressed body", 415, { headers: [bearer, json, "Content-Encoding: gzip"], body: gzipSync(good) }],
  ["GET with a body", 405, { method: "GET" }],
  [
    "PUT that overrides itself to POST",
    405,
    { method: "PUT", headers: [bearer, json, "X-HTTP-Method-Override: POST"] },
  ],
  ["a method nobody knows", 405, { method: "PROPFIND" }],
  ["Origin: null", 403, { headers: [bearer, json, "Origin: null"] }],
  [
    "two Origin headers",
    403,
    { headers: [bearer, json, `Origin: ${pageOrigin}`, "Origin: https://evil.test"] },
  ],
  ["an Origin that lists two", 403, { headers: [bearer, json, `Origin: ${pageOrigin} https://evil.test`] }],
  ["an empty Origin", 403, { headers: [bearer, json, "Origin: "] }],
  ["no credentials", 401, { headers: [json] }],
  [
    "the wrong credentials first, the right ones second",
    401,
    { headers: ["Authorization: Bearer x", bearer, json] },
  ],
  ["credentials of 8 KiB", 401, { headers: [`Authorization: Bearer ${"x".repeat(8_192)}`, json] }],
  ["credentials in the wrong case", 401, { headers: [bearer.toUpperCase(), json] }],
];

/** The statuses and problem codes that openapi.yaml documents for POST. */
interface Documented {
  readonly statuses: readonly string[];
  readonly codes: readonly string[];
}

async function readDocument(): Promise<Documented> {
  const document = parse(
    await readFile(new URL("../../../src/token-endpoint/openapi.yaml", import.meta.url), "utf8"),
  );
  return {
    statuses: Object.keys(document.paths[endpointPath].post.responses),
    codes: document.components.schemas.Problem.properties.code.enum,
  };
}

describe("hostile requests", () => {
  test.each(refused)("%s gets a documented %i in time, and no token", async (_, status, request) => {
    const before = simulator.tokensRemembered;
    const answer = await rawRequest(endpoint.address, bytesOf(request));

    expect(answer.status).toBe(status);
    expect(documented.statuses).toContain(String(answer.status));
    expect(answer.head).toMatch(/^content-type: application\/problem\+json/m);
    expect(answer.head).toMatch(/^cache-control: no-store/m);
    expect(documented.codes).toContain(problemCode(answer));
    expect(answer.durationMs).toBeLessThan(boundMs);
    expect(simulator.tokensRemembered).toBe(before);
  });

  test.each<readonly [string, Hostile]>([
    ["POST that overrides itself to GET", { headers: [bearer, json, "X-HTTP-Method-Override: GET"] }],
    [
      "members that nobody asked for",
      { body: '{"token_type":"realtime_scribe","xi-api-key":"x","baseUrl":"http://evil.test"}' },
    ],
    [
      "headers meant for the provider",
      { headers: [bearer, json, "xi-api-key: stolen", "X-Forwarded-Host: evil.test"] },
    ],
    ["Expect: 100-continue", { headers: [bearer, json, "Expect: 100-continue"] }],
  ])("%s is harmless: one token, as asked", async (_, request) => {
    const before = simulator.tokensRemembered;
    const answer = await rawRequest(endpoint.address, bytesOf(request));
    expect([answer.status, simulator.tokensRemembered - before]).toEqual([200, 1]);
    expect(answer.body).toContain("sutkn_");
  });

  test("a body that drips is cut off by the clock, however steadily it drips", async () => {
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        pulls += 1;
        controller.enqueue(new Uint8Array([0x20]));
      },
    });
    const headers = { authorization: `Bearer ${session}`, "content-type": "application/json" };
    // Node's types lack `duplex`, which a streamed body needs.
    const init: RequestInit = Object.assign({ method: "POST", body, headers }, { duplex: "half" });
    const response = await endpoint.ask(new Request(endpoint.address + endpointPath, init));
    expect(response.status).toBe(408);
    expect(pulls).toBeLessThan(50);
  });
});

function problemCode({ body }: RawAnswer): unknown {
  return /"code":"([a-z-]+)"/.exec(body)?.[1];
}
