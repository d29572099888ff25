import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ElevenLabsClient } from "../../../src/index.ts";
import { conformance } from "../../harness/cli/conformance.ts";

/** 500 answers, each with the key in a spelling, under a name and in a place that are drawn: none may be found again. */
const count = 500;
const seed = 20_17;

/** Ways to write a text, as servers and their middleware do; each may be written again in another. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  "upper case": (text) => text.toUpperCase(),
  percent: encodeURIComponent,
  "percent, every character": (text) => each(text, (code) => `%${code.toString(16).padStart(2, "0")}`),
  "percent, upper case": (text) =>
    each(text, (code) => `%${code.toString(16).padStart(2, "0").toUpperCase()}`),
  form: (text) => new URLSearchParams([["", text]]).toString().slice(1),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON, every character": (text) => each(text, (code) => `\\u${code.toString(16).padStart(4, "0")}`),
  "HTML, decimal": (text) => each(text, (code) => `&#${code};`),
  "HTML, leading zeros": (text) => each(text, (code) => `&#000${code};`),
  "HTML, no semicolon": (text) => each(text, (code) => `&#x${code.toString(16)}`),
  base64: (text) => Buffer.from(text).toString("base64"),
  "base64, second place": (text) => Buffer.from(`:${text}`).toString("base64"),
  "base64, third place": (text) => Buffer.from(`me${text}!`).toString("base64"),
  base64url: (text) => Buffer.from(`u:${text}`).toString("base64url"),
  hex: (text) => Buffer.from(text).toString("hex"),
  "hex, upper case": (text) => Buffer.from(text).toString("hex").toUpperCase(),
};
/** What loses nothing when it is written once more. */
const layers = ["plain", "plain", "percent", "JSON", "HTML, decimal", "form"] as const;
const names = ["token", "message", "X", "key", "data", "trace", "note", "sid", "über", "a".repeat(80)];

type Place = (text: string, name: string) => Answer;
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly body?: string | Buffer;
}

const places: Readonly<Record<string, Place>> = {
  "a header's value": (text, name) => ({ headers: { [`x-${ascii(name)}`]: line(text) } }),
  "a header's name": (text) => ({ headers: { [token(text)]: "1" } }),
  "a redirect's address": (text, name) => ({
    status: 302,
    headers: {
      location: `https://elsewhere.example/?${encodeURIComponent(name)}=${line(text)}#${line(text)}`,
    },
  }),
  "a JSON body": (text, name) => ({
    type: "application/json",
    body: JSON.stringify({ [name]: text, more: [text] }),
  }),
  "a JSON body's name": (text) => ({ type: "application/json", body: JSON.stringify({ [text]: 1 }) }),
  "a text body": (text, name) => ({ status: 500, type: "text/plain", body: `${name}=${text}; at x` }),
  "an HTML body": (text, name) => ({
    status: 500,
    type: "text/html",
    body: `<p ${ascii(name)}="${text}"><![CDATA[${text}]]>`,
  }),
  "a form body": (text, name) => ({
    type: "application/x-www-form-urlencoded",
    body: new URLSearchParams([[name, text]]).toString(),
  }),
  "a gzipped body": (text, name) => ({
    headers: { "content-encoding": "gzip" },
    type: "application/json",
    body: gzipSync(JSON.stringify({ [name]: text })),
  }),
  "a body in UTF-16": (text) => ({
    status: 400,
    type: "text/plain; charset=utf-16le",
    body: Buffer.from(text, "utf16le"),
  }),
  "an event stream": (text, name) => ({
    type: "text/event-stream",
    body: `event: ${name}\ndata: ${text}\n\n`,
  }),
  "a reason": (text) => ({
    status: 401,
    type: "application/json",
    body: JSON.stringify({ detail: { message: text } }),
  }),
};

function each(text: string, write: (code: number) => string): string {
  return [...Buffer.from(text)].map(write).join("");
}
const ascii = (text: string) => text.replace(/[^\w-]/g, "u");
const line = (text: string) => text.replace(/[^\x21-\x7e]/g, "");
/** A header's name holds letters, digits and a few marks. */
const token = (text: string) => text.replace(/[^\w!#$%&'*+.^`|~-]/g, "") || "x";

const drawn = fc.sample(
  fc.record({
    spelling: fc.constantFrom(...Object.keys(spellings)),
    layer: fc.constantFrom(...layers),
    name: fc.constantFrom(...names),
    place: fc.constantFrom(...Object.keys(places)),
  }),
  { numRuns: count, seed },
);

/** Every way in which the key could be found in a text, spellings undone. */
function found(text: string, secret: string): readonly string[] {
  const folded = text.toLowerCase();
  return Object.entries(spellings)
    .flatMap(([name, write]) => [[name, inner(name, write(secret))] as const])
    .filter(([, spelt]) => spelt.length >= 8 && folded.includes(spelt.toLowerCase()))
    .map(([name]) => name);
}

/** Base64 without what its neighbours have a part in. */
function inner(name: string, text: string): string {
  return name.startsWith("base64") ? text.slice(4, -6) : text;
}

function answerOf(index: number, secret: string): Answer {
  const { spelling, layer, name, place } = drawn[index % count] ?? drawn[0] ?? never();
  const text = (spellings[layer] ?? never())((spellings[spelling] ?? never())(secret));
  return (places[place] ?? never())(text, name);
}

function never(): never {
  throw new Error("nothing was drawn");
}

let server: Server;
let address = "";
let served = 0;
let key = "";
let next: number | undefined;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    const {
      status = 200,
      headers = {},
      type = "application/json",
      body = "{}",
    } = answerOf(next ?? served++, key);
    response.writeHead(status, { "content-type": type, ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has one
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it("500 spellings were drawn, and every place and spelling among them", () => {
  expect(drawn).toHaveLength(count);
  expect(new Set(drawn.map(({ place }) => place)).size).toBe(Object.keys(places).length);
  expect(new Set(drawn.map(({ spelling }) => spelling)).size).toBe(Object.keys(spellings).length);
});

describe("the harness", () => {
  const secret = "canary-Key/7f+3a.91c";

  it("writes none of them to a report, a recording or the terminal", async () => {
    key = secret;
    served = 0;
    next = undefined;
    const folder = mkdtempSync(join(tmpdir(), "secrets-"));
    try {
      const spec = join(folder, "contract.json");
      const operations = Array.from({ length: 60 }, (_, index) => [
        `/p${index}`,
        {
          get: {
            parameters: [{ name: "n", in: "query", schema: { type: "integer", minimum: 1, maximum: 9 } }],
            responses: {
              200: {
                description: "ok",
                content: { "application/json": { schema: { type: "object", required: ["missing"] } } },
              },
            },
          },
        },
      ]);
      writeFileSync(
        spec,
        JSON.stringify({
          openapi: "3.1.0",
          info: { title: "S", version: "1" },
          paths: Object.fromEntries(operations),
        }),
      );
      const terminal: string[] = [];
      const reports = ["html", "json", "xml", "sarif", "md"].flatMap((ending) => [
        "--report",
        join(folder, `run.${ending}`),
      ]);
      await conformance(
        [
          "--spec",
          spec,
          "--target",
          address,
          "--header",
          `x-key: ${secret}`,
          "--max-requests",
          "700",
          "--record",
          join(folder, "run.har"),
          ...reports,
        ],
        {
          stdout: { write: (text) => void terminal.push(text) },
          env: { GITHUB_STEP_SUMMARY: join(folder, "summary.md") },
        },
      );
      expect(served).toBeGreaterThanOrEqual(count);
      expect(terminal.join("")).toContain("does not conform");
      const files = readdirSync(folder).filter((name) => name !== "contract.json");
      expect(files).toHaveLength(7);
      const leaks = [
        ["terminal", terminal.join("")] as const,
        ...files.map((name) => [name, readFileSync(join(folder, name), "utf8")] as const),
      ].flatMap(([name, text]) =>
        unpacked(text).flatMap((layer) => found(layer, secret).map((how) => `${name}: ${how}`)),
      );
      expect(leaks).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** The text, and every Base64 in it, unzipped where it is zipped. */
function unpacked(text: string): readonly string[] {
  const hidden = [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].map(([run]) => {
    const bytes = Buffer.from(run, "base64");
    return bytes[0] === 0x1f && bytes[1] === 0x8b
      ? gunzipSync(bytes).toString("utf8")
      : bytes.toString("utf8");
  });
  return [text, hidden.join("\n")];
}

describe("the client", () => {
  const secret = "sk_canary7f3a91c55d0e";

  it("tells none of them, in an error, a raw answer or a log line", async () => {
    key = secret;
    const told: string[] = [];
    const log = (...words: unknown[]) => void told.push(words.map(shown).join(" "));
    const client = new ElevenLabsClient({
      apiKey: secret,
      baseUrl: address,
      maxRetries: 0,
      logging: { level: "debug", logger: { debug: log, info: log, warn: log, error: log } },
    });
    const leaks: unknown[] = [];
    for (let index = 0; index < count; index++) {
      next = index;
      told.length = 0;
      try {
        const { rawResponse } = await client.tokens.singleUse.create("realtime_scribe").withRawResponse();
        told.push(shown(rawResponse), shown([...rawResponse.headers]));
      } catch (error) {
        told.push(
          shown(error),
          shown((error as { rawResponse?: { headers?: Headers } }).rawResponse?.headers),
        );
      }
      const how = found(told.join("\n"), secret);
      if (how.length > 0) leaks.push({ ...drawn[index], how });
    }
    next = undefined;
    expect(leaks).toEqual([]);
  });
});

/** Everything that can be read of a value, however deep. */
function shown(value: unknown): string {
  const seen = new Set<unknown>();
  const walk = (one: unknown): string => {
    if (typeof one !== "object" || one === null) return String(one);
    if (seen.has(one)) return "";
    seen.add(one);
    const pairs: readonly (readonly [unknown, unknown])[] =
      one instanceof Headers || one instanceof Map
        ? [...one.entries()]
        : Reflect.ownKeys(one).map((name) => [name, Reflect.get(one, name)]);
    return pairs.map(([name, member]) => `${String(name)}: ${walk(member)}`).join("\n");
  };
  return walk(value);
}

vi.setConfig({ testTimeout: 120_000 });
