import { describe, expect, test } from "vitest";
import type { Answer } from "./handler.ts";
import { type TokenProviderOptions, tokenProvider } from "./token-provider.ts";

async function ask(
  path: string,
  {
    method = "POST",
    key = "k" as string | undefined,
    ...options
  }: TokenProviderOptions & { method?: string; key?: string } = {},
): Promise<Answer & { json: unknown }> {
  const headers: Record<string, string> = key === undefined ? {} : { "xi-api-key": key };
  const answer = await tokenProvider(options)({ method, url: path, headers, body: new Uint8Array() });
  return { ...answer, json: JSON.parse(Buffer.from(answer.body).toString()) };
}

const path = "/v1/single-use-token/realtime_scribe";

describe("the conforming provider", () => {
  test.each(["realtime_scribe", "tts_websocket", "realtime%5Fscribe", "tts_websocket?trace=1"])(
    "mints for %s",
    async (type) => {
      const answer = await ask(`/v1/single-use-token/${type}`);
      expect(answer).toMatchObject({ status: 200, json: { token: expect.stringMatching(/^sutkn_\w{40}$/) } });
    },
  );

  test("never gives the same token twice", async () => {
    const provider = tokenProvider();
    const request = { method: "POST", url: path, headers: { "xi-api-key": "k" }, body: new Uint8Array() };
    const bodies = await Promise.all(Array.from({ length: 500 }, async () => (await provider(request)).body));
    expect(new Set(bodies).size).toBe(500);
  });

  test.each(["unknown", "REALTIME_SCRIBE", "realtime_scribe%20", "%ff", "%"])(
    "refuses the type %j",
    async (type) => {
      const answer = await ask(`/v1/single-use-token/${type}`);
      expect(answer).toMatchObject({
        status: 422,
        json: { detail: [{ type: "enum", loc: ["path", "token_type"] }] },
      });
    },
  );

  test("refuses a request without a key, and says everything that is wrong at once", async () => {
    const { status, json } = await ask("/v1/single-use-token/unknown", { key: "", requireKey: true });
    expect(status).toBe(422);
    expect(json).toMatchObject({
      detail: [{ loc: ["path", "token_type"] }, { loc: ["header", "xi-api-key"] }],
    });
  });

  test("asks for no key where the contract leaves it out", async () => {
    expect(await ask(path, { key: "", requireKey: false })).toMatchObject({ status: 200 });
  });

  test("refuses a wrong key once the right ones are listed", async () => {
    expect(await ask(path, { apiKeys: ["right"], key: "wrong" })).toMatchObject({
      status: 401,
      json: { detail: { status: "invalid_api_key" } },
    });
    expect(await ask(path, { apiKeys: ["right"], key: "right" })).toMatchObject({ status: 200 });
  });

  test.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])(
    "answers 405 with Allow to %s",
    async (method) => {
      expect(await ask(path, { method })).toMatchObject({ status: 405, headers: { allow: "POST" } });
    },
  );

  test.each(["/", "/v1/single-use-token", "/v1/single-use-token/", `${path}/x`, "/v2/single-use-token/x"])(
    "answers 404 at %s",
    async (elsewhere) => {
      expect(await ask(elsewhere)).toMatchObject({ status: 404 });
    },
  );
});
