import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { afterEach, expect, test } from "vitest";
import { ElevenLabs, ElevenLabsClient, ElevenLabsError, SingleUseTokenType } from "./index.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const address = server.address();
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : "";
}

test("sends the documented request and resolves to the documented body", async () => {
  const seen: unknown[] = [];
  const baseUrl = await serve((request, response) => {
    seen.push([request.method, request.url, request.headers["xi-api-key"]]);
    response.setHeader("content-type", "application/json").end('{"token":"sutkn_1"}');
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  await expect(client.tokens.singleUse.create(SingleUseTokenType.TtsWebsocket)).resolves.toEqual({
    token: "sutkn_1",
  });
  const { data, rawResponse } = await client.tokens.singleUse.create("realtime_scribe").withRawResponse();
  expect([data.token, rawResponse.status]).toEqual(["sutkn_1", 200]);
  expect(seen).toEqual([
    ["POST", "/v1/single-use-token/tts_websocket", "key"],
    ["POST", "/v1/single-use-token/realtime_scribe", "key"],
  ]);
});

test("maps 422 to UnprocessableEntityError and any other failure to ElevenLabsError", async () => {
  const baseUrl = await serve((_, response) => {
    response.writeHead(422).end('{"detail":[{"msg":"no"}]}');
  });
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  const error = await client.tokens.singleUse.create("realtime_scribe").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ElevenLabs.UnprocessableEntityError);
  expect(error).toBeInstanceOf(ElevenLabsError);
  expect(error).toMatchObject({ statusCode: 422, body: { detail: [{ msg: "no" }] } });
});
