import { afterEach, expect, test, vi } from "vitest";
import { type ClientOptions, ElevenLabsClient } from "./index.ts";

type Fetch = NonNullable<ClientOptions["fetch"]>;

const create = (fetch: Fetch, apiKey: ClientOptions["apiKey"] = "key") =>
  new ElevenLabsClient({ apiKey, fetch }).tokens.singleUse.create("realtime_scribe");

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The `cache` member of the request's options, and whether there is one. */
async function cacheSent(): Promise<readonly [unknown, boolean]> {
  let sent: object = {};
  await create(async (_, init = {}) => {
    sent = init;
    return Response.json({ token: "sutkn_1" });
  });
  return [Reflect.get(sent, "cache"), "cache" in sent];
}

test("asks caches to keep no token", async () => {
  expect(await cacheSent()).toEqual(["no-store", true]);
});

test("leaves the member out where the runtime doesn't know it, as it would throw", async () => {
  vi.stubGlobal("Request", class {});
  expect(await cacheSent()).toEqual([undefined, false]);
});

test.each(["NEXT_REDIRECT;replace;/login", "NEXT_NOT_FOUND", "DYNAMIC_SERVER_USAGE"])(
  "hands a framework's control flow (%s) on as it is, at once",
  async (digest) => {
    const thrown = Object.assign(new Error("control flow"), { digest });
    const fetch = vi.fn<Fetch>(() => Promise.reject(thrown));
    await expect(create(fetch)).rejects.toBe(thrown);
    expect(fetch).toHaveBeenCalledTimes(1);
    await expect(create(fetch, () => Promise.reject(thrown))).rejects.toBe(thrown);
  },
);

test("takes an error with any other digest for a failure", async () => {
  const fetch: Fetch = () => Promise.reject(Object.assign(new Error("lost"), { digest: "123" }));
  const client = new ElevenLabsClient({ apiKey: "key", fetch, maxRetries: 0 });
  await expect(client.tokens.singleUse.create("realtime_scribe")).rejects.toMatchObject({
    code: "network_error",
  });
});
