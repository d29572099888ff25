import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { compile } from "./compile.ts";
import { readDocumentedPage } from "./documented-page.ts";
import { readInputs } from "./inputs.ts";
import { parseProvider } from "./provider.ts";
import { kindPages } from "./testing/kind-pages.ts";

/** What a caller of every kind writes, and what it gets: compiled against the generated client. */
const calls = `
import { type ByteStream, type Kinds, KindsClient, type ValueStream } from "./src/index.ts";
declare const client: KindsClient;
export const bytes: Promise<ArrayBuffer> = client.sounds.get("a");
export const asStream: Promise<ByteStream> = client.sounds.get("a", { asStream: true });
export const speech: Promise<ByteStream> = client.speech.stream("en-US", "mp3_44100_128", { body: { text: "t" } });
export const news: Promise<ValueStream<Kinds.News>> = client.news.follow();
export const lines: Promise<ValueStream<Kinds.LogLine>> = client.logs.tail();
export const list: Promise<Kinds.Reading[]> = client.readings.list({ query: { fields: ["a"], where: { a: "b" } }, cookie: { trace: "t" } });
export const upload: Promise<{ ok: boolean }> = client.samples.upload({ body: { name: "n", files: [new Blob(["a"]), new Uint8Array(2)] } });
export const nothing: Promise<void> = client.readings.remove(5);
export const weather: Promise<{ degrees: number }> = client.weather.get({ query: { town: "t" } });
export const account: Promise<Kinds.Logger> = client.account.get();
export const job: Promise<{ id: string } | string> = client.jobs.start();
export const withBody: Promise<{ id: string } | string> = client.jobs.start({ body: { priority: 1 } });
export const sequence: Promise<ValueStream<number>> = client.listAll.operations({ body: new Blob(["raw"]) });
// @ts-expect-error: not a documented voice
client.speech.stream("other", "mp3_44100_128", { body: { text: "t" } });
// @ts-expect-error: the body is required
client.speech.stream("en-US", "mp3_44100_128");
// @ts-expect-error: the key is the client's to send
client.weather.get({ query: { town: "t", api_key: "k" } });
`;

/** The client of the kind pages, typed as its calls are used here: each is compiled above. */
type Calls = { readonly [name: string]: Calls } & ((...args: unknown[]) => Promise<unknown>);

mkdirSync(join(projectRoot, ".cache"), { recursive: true });
const root = mkdtempSync(join(projectRoot, ".cache/kinds-"));
let makeClient: (options: object) => Calls;

beforeAll(async () => {
  const inputs = readInputs(join(projectRoot, "scripts/generate/fixtures"));
  const outputs = await compile(projectRoot, {
    ...inputs,
    samples: [],
    overlays: [],
    hashes: {},
    provider: parseProvider(
      "name: Kinds\nkeyVariable: KINDS_KEY\nenvironments:\n  Main: https://api.kinds.test\nrepairs: [nested-tags, qualified-operation-id, info-version, server-from-heading]\n",
    ),
    pages: kindPages.map(({ file, text }) => ({
      record: { address: "", imported: "2026-01-02", document: { file, sha256: "" } },
      page: readDocumentedPage(file, text),
    })),
  });
  for (const [file, content] of outputs) {
    mkdirSync(dirname(join(root, "generated", file)), { recursive: true });
    writeFileSync(join(root, "generated", file), content);
  }
  cpSync(join(projectRoot, "src"), join(root, "src"), {
    recursive: true,
    filter: (source) => !/\.test\.ts$|\/(testing|simulator|token-endpoint)$/.test(source),
  });
  symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"));
  const { KindsClient } = await import(join(root, "src/index.ts"));
  makeClient = (options) => new KindsClient(options);
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A client of every kind, on a real server that answers as told. */
async function served(listener: RequestListener, options: object = {}) {
  const requests: (IncomingMessage & { text?: Buffer })[] = [];
  const sockets = new Set<Socket>();
  let dropped = 0;
  const server = createServer((request: IncomingMessage & { text?: Buffer }, response) => {
    requests.push(request);
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      request.text = Buffer.concat(chunks);
      listener(request, response);
    });
    response.on("close", () => {
      if (!response.writableFinished) dropped += 1;
    });
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const client = makeClient({ apiKey: "user:secret", baseUrl: `http://127.0.0.1:${port}`, ...options });
  return { client, requests, dropped: () => dropped };
}

const answering =
  (type: string, ...parts: (string | Buffer)[]): RequestListener =>
  (_, response) => {
    response.setHeader("content-type", type);
    for (const part of parts) response.write(part);
    response.end();
  };

/** Sends the parts and then nothing more, the connection open. */
const stalling =
  (type: string, ...parts: string[]): RequestListener =>
  (_, response) => {
    response.setHeader("content-type", type);
    for (const part of parts) response.write(part);
  };

/** Sends the parts and breaks the connection off. */
const breaking =
  (type: string, part: string): RequestListener =>
  (_, response) => {
    response.setHeader("content-type", type).write(part, () => response.destroy());
  };

async function all(values: unknown): Promise<unknown[]> {
  const read: unknown[] = [];
  // Each kind that is read here is an async iterable, as its call is typed above.
  for await (const value of values as AsyncIterable<unknown>) read.push(value);
  return read;
}

test("compiles with every kind's arguments and answers", async () => {
  const { compilerOptions } = JSON.parse(readFileSync(join(projectRoot, "tsconfig.json"), "utf8"));
  const { paths: _, ...options } = compilerOptions;
  writeFileSync(join(root, "calls.ts"), calls);
  writeFileSync(
    join(root, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["generated", "src/index.ts", "calls.ts"] }),
  );
  const tsc = join(projectRoot, "node_modules/typescript/bin/tsc");
  const run = promisify(execFile)(process.execPath, [tsc, "-p", root, "--noEmit"]);
  expect((await run.catch((error) => error)).stdout).toBe("");
}, 60_000);

test("gives 300 KB of bytes as they came, or as a stream", async () => {
  const bytes = Buffer.alloc(300_000, 7);
  const { client, requests } = await served(answering("application/octet-stream", bytes));
  const data = await client["sounds"]?.["get"]?.("a b/c");
  expect(Buffer.from(data as ArrayBuffer)).toEqual(bytes);
  expect(requests[0]).toMatchObject({
    url: "/v1/sounds/a%20b%2Fc",
    headers: { accept: "application/octet-stream", "xi-api-key": "user:secret" },
  });
  const parts = await all(await client["sounds"]?.["get"]?.("a", { asStream: true }));
  expect(Buffer.concat(parts as Uint8Array[])).toEqual(bytes);
});

test("streams audio chunk by chunk, its path arguments as they are documented", async () => {
  const { client, requests } = await served(stalling("text/event-stream", "one"));
  const controller = new AbortController();
  const stream = (await client["speech"]?.["stream"]?.(
    "en-US",
    "2024",
    { body: { text: "t" } },
    { abortSignal: controller.signal },
  )) as ReadableStream<Uint8Array>;
  const reader = stream.getReader();
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("one");
  expect(requests[0]?.url).toBe("/v1/speech/en-US/2024/stream");
  const pending = reader.read();
  controller.abort();
  await expect(pending).rejects.toMatchObject({ name: "KindsError", code: "aborted" });
});

test.each([
  ["cancelled", (stream: ReadableStream<Uint8Array>) => stream.cancel()],
  [
    "disposed of",
    (stream: ReadableStream<Uint8Array>) =>
      (stream as ReadableStream<Uint8Array> & AsyncDisposable)[Symbol.asyncDispose](),
  ],
])("a stream that is %s gives its connection back", async (_, leave) => {
  const { client, dropped } = await served(stalling("application/octet-stream", "one"));
  await leave((await client["sounds"]?.["get"]?.("a", { asStream: true })) as ReadableStream<Uint8Array>);
  await expect.poll(dropped).toBe(1);
});

test("a stream that is aborted while nobody reads closes its connection at once", async () => {
  const { client, dropped } = await served(stalling("text/event-stream", "data: {}\n\n"));
  const controller = new AbortController();
  await client["news"]?.["follow"]?.({ abortSignal: controller.signal });
  controller.abort();
  await expect.poll(dropped).toBe(1);
});

test("a stream's deadline is from byte to byte, not for all of it", async () => {
  const { client } = await served((_, response) => {
    response.setHeader("content-type", "application/x-ndjson");
    let sent = 0;
    const timer = setInterval(() => {
      response.write(`{"level":${sent}}\n`);
      sent += 1;
      if (sent === 6) clearInterval(timer);
    }, 100);
    response.on("close", () => clearInterval(timer));
  });
  const values = (await client["logs"]?.["tail"]?.({ timeoutInSeconds: 0.4 })) as AsyncIterator<unknown>;
  for (let level = 0; level < 6; level++) expect((await values.next()).value).toEqual({ level });
  await expect(values.next()).rejects.toMatchObject({ code: "timeout" });
});

test("a stream whose first byte is late is a timeout of the call", async () => {
  const { client } = await served((_, response) => {
    response.setHeader("content-type", "application/x-ndjson").flushHeaders();
  });
  await expect(client["logs"]?.["tail"]?.({ timeoutInSeconds: 0.2 })).rejects.toMatchObject({
    code: "timeout",
  });
});

test("gives the data of events as they come, whatever their line ends and wherever they are cut", async () => {
  const text =
    '\ufeff: comment\r\ndata: {"title":\r\ndata: "a\u20ac"}\r\n\r\nevent: x\rid: 1\rdata:{"title":"b"}\r\rretry: 5\n\ndata: {"title":"c"}\n\ndata: {"title":"never ended"}';
  const bytes = Buffer.from(text);
  const { client } = await served((_, response) => {
    response.setHeader("content-type", "text/event-stream");
    for (const byte of bytes) response.write(Buffer.of(byte));
    response.end();
  });
  expect(await all(await client["news"]?.["follow"]?.())).toEqual([
    { title: "a\u20ac" },
    { title: "b" },
    { title: "c" },
  ]);
});

test("ends events at the word that stands for their end, and gives the connection back", async () => {
  const { client, dropped } = await served(
    stalling("text/event-stream", 'data: {"title":"a"}\n\n', "data: [DONE]\n\n"),
  );
  expect(await all(await client["news"]?.["follow"]?.())).toEqual([{ title: "a" }]);
  await expect.poll(dropped).toBe(1);
});

test.each([
  ["a value that doesn't match", answering("text/event-stream", 'data: {"title":5}\n\n'), "invalid_answer"],
  ["a value that is no JSON", answering("text/event-stream", "data: {\n\n"), "invalid_answer"],
  ["what isn't UTF-8", answering("text/event-stream", Buffer.of(0xff, 0x0a)), "invalid_answer"],
  ["a connection that breaks off", breaking("text/event-stream", 'data: {"ti'), "network_error"],
])("a stream with %s throws an error of the family", async (_, listener, code) => {
  const { client } = await served(listener);
  const reading = (async () => all(await client["news"]?.["follow"]?.()))();
  await expect(reading).rejects.toMatchObject({ name: "KindsError", code });
});

test("return() ends a stream at once, though a value is waited for", async () => {
  const { client, dropped } = await served(stalling("application/x-ndjson", '{"level":1}\n'));
  const values = (await client["logs"]?.["tail"]?.()) as AsyncGenerator<unknown>;
  expect(await values.next()).toEqual({ value: { level: 1 }, done: false });
  const pending = values.next();
  await values.return(undefined);
  expect(await pending).toEqual({ value: undefined, done: true });
  await expect.poll(dropped).toBe(1);
});

test("gives JSON lines without a last line end, and a JSON sequence", async () => {
  const lines = await served(answering("application/x-ndjson", '{"level":1}\r\n\n{"lev', 'el":2}'));
  expect(await all(await lines.client["logs"]?.["tail"]?.())).toEqual([{ level: 1 }, { level: 2 }]);
  const sequence = await served(answering("application/json-seq", "\x1e1\n\x1e2", "3\n"));
  const body = new Blob(["raw"]);
  expect(await all(await sequence.client["listAll"]?.["operations"]?.({ body }))).toEqual([1, 23]);
  expect(sequence.requests[0]?.headers["content-type"]).toBe("application/octet-stream");
  expect(`${sequence.requests[0]?.text}`).toBe("raw");
});

test("a stream over the limit that the caller set is response_too_large", async () => {
  const { client } = await served(answering("application/x-ndjson", '{"level":1}\n', '{"level":2}\n'));
  const reading = (async () => all(await client["logs"]?.["tail"]?.({ maxResponseBytes: 15 })))();
  await expect(reading).rejects.toMatchObject({ code: "response_too_large" });
});

test("gives a list over 64 KiB, its prices as people write them and its members called as they like", async () => {
  const list = Array.from({ length: 5000 }, () => ({ price: 19.99 }));
  const { client, requests } = await served(answering("application/json", JSON.stringify(list)));
  const query = { fields: ["a,b", "c"], where: { town: "x y" } };
  expect(await client["readings"]?.["list"]?.({ query, cookie: { trace: "t 1" } })).toEqual(list);
  expect(requests[0]).toMatchObject({
    url: "/v1/readings?fields=a%2Cb,c&where[town]=x%20y",
    headers: { cookie: "trace=t%201" },
  });
  for (const wrong of [[{ price: 19.991 }], [{ price: 1, constructor: 5 }]]) {
    const { client: other } = await served(answering("application/json", JSON.stringify(wrong)));
    await expect(other["readings"]?.["list"]?.()).rejects.toMatchObject({ code: "invalid_answer" });
    const { client: lenient } = await served(answering("application/json", JSON.stringify(wrong)), {
      validation: "off",
    });
    expect(await lenient["readings"]?.["list"]?.()).toEqual(wrong);
  }
});

test("JSON over the operation's limit is response_too_large, and one that breaks off a network error", async () => {
  const { client } = await served(answering("application/json", "[]".padEnd(200)));
  await expect(client["readings"]?.["list"]?.(undefined, { maxResponseBytes: 100 })).rejects.toMatchObject({
    code: "response_too_large",
    statusCode: 200,
  });
  const broken = await served(breaking("application/json", "["));
  await expect(broken.client["readings"]?.["list"]?.()).rejects.toMatchObject({ code: "network_error" });
});

/** A call of each kind that has a body to read, and what its answer says it is. */
const readCalls: readonly (readonly [string, string, (client: Calls, options: object) => unknown])[] = [
  ["bytes", "application/octet-stream", (client, options) => client["sounds"]?.["get"]?.("a", options)],
  [
    "chunked audio",
    "text/event-stream",
    (client, options) => client["speech"]?.["stream"]?.("en-US", "2024", { body: { text: "t" } }, options),
  ],
  ["events", "text/event-stream", (client, options) => client["news"]?.["follow"]?.(options)],
  ["JSON lines", "application/x-ndjson", (client, options) => client["logs"]?.["tail"]?.(options)],
  [
    "a JSON sequence",
    "application/json-seq",
    (client, options) => client["listAll"]?.["operations"]?.({ body: new Blob(["raw"]) }, options),
  ],
  ["a list", "application/json", (client, options) => client["readings"]?.["list"]?.(undefined, options)],
  [
    "an upload",
    "application/json",
    (client, options) => client["samples"]?.["upload"]?.({ body: { name: "n", files: [] } }, options),
  ],
  [
    "an answer to a key in the query",
    "application/json",
    (client, options) => client["weather"]?.["get"]?.({ query: { town: "t" } }, options),
  ],
  [
    "a recursive answer to a bearer",
    "application/json",
    (client, options) => client["account"]?.["get"]?.(options),
  ],
  ["text among JSON", "text/plain", (client, options) => client["jobs"]?.["start"]?.(undefined, options)],
];

describe.each(readCalls)("%s", (_, type, call) => {
  const read = async (client: Calls, options: object): Promise<unknown> => {
    const answer = await call(client, options);
    const isStream = typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
    return isStream ? all(answer) : answer;
  };

  test("that is aborted on the way ends at once, and its connection with it", async () => {
    const { client, dropped } = await served(stalling(type, "[1,"));
    const controller = new AbortController();
    const reading = read(client, { abortSignal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(reading).rejects.toMatchObject({ name: "KindsError", code: "aborted" });
    await expect.poll(dropped).toBe(1);
  });

  test("that is too large says so", async () => {
    const { client } = await served(answering(type, `[1,${" ".repeat(500)}`));
    await expect(read(client, { maxResponseBytes: 100 })).rejects.toMatchObject({
      name: "KindsError",
      code: "response_too_large",
    });
  });

  test("that is cut off is a network error", async () => {
    const { client } = await served(breaking(type, "[1,"));
    await expect(read(client, { maxRetries: 0 })).rejects.toMatchObject({
      name: "KindsError",
      code: "network_error",
    });
  });
});

test("uploads files in every form, lists as parts of one name and objects as JSON", async () => {
  const { client, requests } = await served(answering("application/json", '{"ok":true}'));
  const stream = new Blob(["streamed"]).stream();
  const files = [
    new File(["one"], "one.txt", { type: "text/plain" }),
    new Uint8Array([116, 119, 111]),
    { data: stream, filename: "three.bin", contentType: "audio/wav" },
  ];
  const body = { name: "n\u20ac", files, labels: { a: "b" } };
  expect(await client["samples"]?.["upload"]?.({ body })).toEqual({ ok: true });
  const [request] = requests;
  const form = await new Response(request?.text && new Uint8Array(request.text), {
    headers: { "content-type": `${request?.headers["content-type"]}` },
  }).formData();
  const received = await Promise.all(
    form
      .getAll("files")
      .map(async (file) => (typeof file === "string" ? file : [file.name, file.type, await file.text()])),
  );
  expect([form.get("name"), form.get("labels"), received]).toEqual([
    "n\u20ac",
    '{"a":"b"}',
    [
      ["one.txt", "text/plain", "one"],
      ["file", "application/octet-stream", "two"],
      ["three.bin", "audio/wav", "streamed"],
    ],
  ]);
});

test("nothing that is never answered can be aborted", async () => {
  const { client, dropped } = await served(() => undefined);
  const controller = new AbortController();
  const call = client["readings"]?.["remove"]?.(5, { abortSignal: controller.signal });
  setTimeout(() => controller.abort(), 100);
  await expect(call).rejects.toMatchObject({ name: "KindsError", code: "aborted" });
  await expect.poll(dropped).toBe(1);
});

test("gives nothing for 204", async () => {
  const { client, requests } = await served((_, response) => {
    response.writeHead(204).end();
  });
  expect(await client["readings"]?.["remove"]?.(5)).toBeUndefined();
  expect(requests[0]).toMatchObject({ url: "/v1/readings/5", headers: { accept: "*/*" } });
});

test("puts the key where the page has it: in the query or behind Bearer", async () => {
  const weather = await served(answering("application/json", '{"degrees":1}'));
  expect(await weather.client["weather"]?.["get"]?.({ query: { town: "T" } })).toEqual({ degrees: 1 });
  expect(weather.requests[0]?.url).toBe("/v1/weather?town=T&api_key=user%3Asecret");
  expect(weather.requests[0]?.headers["xi-api-key"]).toBeUndefined();
  const account = await served(answering("application/json", '{"child":{"member_7":"x"}}'));
  expect(await account.client["account"]?.["get"]?.()).toEqual({ child: { member_7: "x" } });
  expect(account.requests[0]?.headers.authorization).toBe("Bearer user:secret");
  const wrong = await served(answering("application/json", '{"child":{"member_7":5}}'));
  await expect(wrong.client["account"]?.["get"]?.()).rejects.toMatchObject({ code: "invalid_answer" });
});

test("leaves an optional body out, and reads several successes by what came", async () => {
  const { client, requests } = await served((request, response) => {
    if (request.headers["content-type"])
      response.writeHead(202, { "content-type": "text/plain" }).end("later");
    else response.setHeader("content-type", "application/json").end('{"id":"1"}');
  });
  expect(await client["jobs"]?.["start"]?.()).toEqual({ id: "1" });
  expect(await client["jobs"]?.["start"]?.({ body: { priority: 1 } })).toBe("later");
  expect(requests.map(({ headers }) => headers.accept)).toEqual(
    Array(2).fill("application/json, text/plain"),
  );
});

test("never sends a POST twice that isn't declared harmless, unless it carries an idempotency key", async () => {
  const { client, requests } = await served((_, response) => {
    response.writeHead(503, { "retry-after": "0" }).end();
  });
  await expect(client["jobs"]?.["start"]?.()).rejects.toMatchObject({ statusCode: 503 });
  expect(requests).toHaveLength(1);
  await expect(
    client["jobs"]?.["start"]?.(undefined, { headers: { "Idempotency-Key": "k" } }),
  ).rejects.toMatchObject({ statusCode: 503 });
  expect(requests).toHaveLength(4);
  await expect(client["readings"]?.["list"]?.()).rejects.toMatchObject({ statusCode: 503 });
  expect(requests).toHaveLength(7);
});

test("refuses the flat object of another SDK, and says what the operation takes", async () => {
  const { client, requests } = await served(answering("application/json", "{}"));
  await expect(client["weather"]?.["get"]?.({ town: "T" })).rejects.toMatchObject({
    code: "invalid_argument",
    message: 'The request has no member "town"; use: query.',
  });
  expect(requests).toHaveLength(0);
});
