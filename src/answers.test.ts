import type { RequestListener, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ElevenLabsClient, type ElevenLabsErrorCode } from "./index.ts";
import { answerToken, serve } from "./testing/serve.ts";

/** Short where the server makes the client wait; long enough elsewhere for a busy machine. */
const deadlineFor = (wanted: Outcome): number => (wanted[0] === "timeout" ? 0.4 : 10);

const good = '{"token":"sutkn_1"}';

const answer =
  (status: number, body: string | Buffer = "", headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  };

function flood(response: ServerResponse, bytes: number): void {
  const chunk = Buffer.alloc(65_536, 120);
  let left = bytes;
  const pump = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once("drain", pump);
        return;
      }
    }
    response.end();
  };
  pump();
}

/** Starts a bare timer, and tells how many milliseconds ago it fired: 0 when it hasn't yet. */
function startTimer(milliseconds: number): { lateBy(): number } {
  let firedAt: number | undefined;
  const timer = setTimeout(() => {
    firedAt = performance.now();
  }, milliseconds);
  return {
    lateBy() {
      clearTimeout(timer);
      return firedAt === undefined ? 0 : performance.now() - firedAt;
    },
  };
}

const token = "token" as const;
type Outcome = typeof token | readonly [ElevenLabsErrorCode, number | undefined];

const answers: readonly (readonly [string, RequestListener, Outcome])[] = [
  ["200 as documented", answerToken, token],
  ["200 with one more member", answer(200, '{"token":"sutkn_1","more":1}'), token],
  ["200 with a byte order mark", answer(200, `\ufeff${good}`), token],
  ["200 in another media type", answer(200, good, { "content-type": "text/html" }), token],
  ["200 in gzip", answer(200, gzipSync(good), { "content-encoding": "gzip" }), token],
  ["201", answer(201, good), token],
  ["200 with HTML", answer(200, "<html></html>", { "content-type": "text/html" }), ["invalid_answer", 200]],
  ["200, empty", answer(200), ["invalid_answer", 200]],
  ["200, empty and chunked", answer(200, "", { "transfer-encoding": "chunked" }), ["invalid_answer", 200]],
  ["200 with broken JSON", answer(200, '{"token":'), ["invalid_answer", 200]],
  ["200 with trailing garbage", answer(200, `${good}garbage`), ["invalid_answer", 200]],
  ["200 with null", answer(200, "null"), ["invalid_answer", 200]],
  ["200 with []", answer(200, "[]"), ["invalid_answer", 200]],
  ["200 with {}", answer(200, "{}"), ["invalid_answer", 200]],
  ["200 with a text", answer(200, '"sutkn_1"'), ["invalid_answer", 200]],
  ["200 with a numeric token", answer(200, '{"token":5}'), ["invalid_answer", 200]],
  ["200 with an empty token", answer(200, '{"token":""}'), ["invalid_answer", 200]],
  ["200 with a null token", answer(200, '{"token":null}'), ["invalid_answer", 200]],
  ["200 with a renamed token", answer(200, '{"Token":"sutkn_1"}'), ["invalid_answer", 200]],
  ["200, not UTF-8", answer(200, Buffer.from('{"token":"\xff\xfe"}', "latin1")), ["invalid_answer", 200]],
  ["200 in UTF-16", answer(200, Buffer.from(good, "utf16le")), ["invalid_answer", 200]],
  ["200 in gzip that is none", answer(200, good, { "content-encoding": "gzip" }), ["network_error", 200]],
  ["200 with 10 MB", answer(200, Buffer.alloc(1e7, 32)), ["response_too_large", 200]],
  [
    "200 in a gzip bomb",
    answer(200, gzipSync(Buffer.alloc(1e7, 32)), { "content-encoding": "gzip" }),
    ["response_too_large", 200],
  ],
  ["204", answer(204), ["invalid_answer", 204]],
  ["304", answer(304), ["redirect_refused", 304]],
  ["401", answer(401, '{"detail":{"status":"invalid_api_key"}}'), ["error_status", 401]],
  ["401 in Latin-1", answer(401, Buffer.from("\xe9", "latin1")), ["error_status", 401]],
  ["422, empty", answer(422), ["error_status", 422]],
  ["429", answer(429, "{}", { "retry-after": "60" }), ["error_status", 429]],
  ["999", answer(999, "{}"), ["error_status", 999]],
  ["500 with HTML", answer(500, "<h1>oops</h1>"), ["error_status", 500]],
  ["500 with 10 MB", answer(500, Buffer.alloc(1e7, 32)), ["error_status", 500]],
  ["503", answer(503, "", { "retry-after": "Wed, 21 Oct 2099 07:28:00 GMT" }), ["error_status", 503]],
  [
    "a reset",
    (request) => {
      request.socket.resetAndDestroy();
    },
    ["network_error", undefined],
  ],
  [
    "no HTTP",
    (request) => {
      request.socket.end("220 smtp.example ESMTP\r\n");
    },
    ["network_error", undefined],
  ],
  [
    "a truncated body",
    (_, response) => {
      response.writeHead(200, { "content-length": "100" }).write(good, () => response.destroy());
    },
    ["network_error", 200],
  ],
  [
    "a truncated chunk",
    (_, response) => {
      response.write(good, () => response.destroy());
    },
    ["network_error", 200],
  ],
  [
    "a truncated error body",
    (_, response) => {
      response.writeHead(403, { "content-length": "100" }).write("no", () => response.destroy());
    },
    ["error_status", 403],
  ],
  ["silence", () => {}, ["timeout", undefined]],
  [
    "headers and then silence",
    (_, response) => {
      response.writeHead(200).flushHeaders();
    },
    ["timeout", undefined],
  ],
  [
    "a byte every 20 ms",
    (_, response) => {
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    },
    ["timeout", undefined],
  ],
];

test.concurrent.each(answers)(
  "gives a token or one of its errors, in time: %s",
  async (_, listener, wanted) => {
    const { baseUrl } = await serve(listener);
    const timeoutInSeconds = deadlineFor(wanted);
    const client = new ElevenLabsClient({ apiKey: "key", baseUrl, timeoutInSeconds, maxRetries: 0 });
    // A bare timer tells when the deadline passes for this process, however busy the machine is.
    const deadline = startTimer(timeoutInSeconds * 1000);
    const outcome = await client.tokens.singleUse.create("realtime_scribe").then(
      (data) => (data.token.length > 0 ? token : data),
      (error: unknown) => {
        if (error instanceof Error && "code" in error && "statusCode" in error)
          return [error.code, error.statusCode];
        throw error;
      },
    );
    expect(deadline.lateBy()).toBeLessThan(100);
    expect(outcome).toEqual(wanted);
  },
);

test("receives hardly anything of a 200 MiB body, declared or not", async () => {
  const size = 200 * 1024 * 1024;
  const { baseUrl } = await serve((request, response) => {
    const isDeclared = `${request.url}`.includes("declared");
    response.writeHead(200, isDeclared ? { "content-length": `${size}` } : {});
    flood(response, size);
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  await client.tokens.singleUse.create("realtime_scribe").catch(() => {});
  const before = process.memoryUsage().rss;
  for (const queryParams of [{}, { declared: 1 }])
    await expect(client.tokens.singleUse.create("realtime_scribe", { queryParams })).rejects.toMatchObject({
      code: "response_too_large",
    });
  expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(10);
});
