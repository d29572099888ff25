import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ElevenLabsClient } from "./index.ts";
import { caught } from "./testing/caught.ts";
import { answerToken, serve } from "./testing/serve.ts";

const statuses = [300, 301, 302, 303, 307, 308];
const key = "canary-key-0123456789";

test.each(
  statuses.flatMap((status) =>
    ["another origin", "the same origin", "http:"].map((to) => [status, to] as const),
  ),
)("refuses %i to %s: nobody else sees the key", async (status, to) => {
  const elsewhere = await serve(answerToken);
  const { baseUrl, requests } = await serve((request, response) => {
    if (request.url === "/elsewhere") return answerToken(request, response);
    const locations = {
      "another origin": `${elsewhere.baseUrl}/elsewhere`,
      "the same origin": "/elsewhere",
      "http:": `http://localhost:${new URL(elsewhere.baseUrl).port}/?key=${request.headers["xi-api-key"]}`,
    };
    response.writeHead(status, { location: locations[to as keyof typeof locations] }).end("moved");
  });
  const error = await caught(
    new ElevenLabsClient({ apiKey: key, baseUrl }).tokens.singleUse.create("realtime_scribe"),
  );
  expect(error).toMatchObject({
    name: "ElevenLabsError",
    code: "redirect_refused",
    statusCode: status,
    message: `The server answered ${status}; redirects are not followed.`,
  });
  expect(inspect(error, { depth: 9 })).not.toContain(key);
  expect(requests).toHaveLength(1);
  expect(elsewhere.requests).toHaveLength(0);
});

test("asks custom fetches not to follow redirects either, and refuses the blank one of browsers", async () => {
  let redirect: string | undefined;
  const fetch: typeof globalThis.fetch = async (_, init) => {
    redirect = init?.redirect;
    return Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" });
  };
  const error = await caught(
    new ElevenLabsClient({ apiKey: key, fetch }).tokens.singleUse.create("realtime_scribe"),
  );
  expect([error.code, redirect]).toEqual(["redirect_refused", "manual"]);
});
