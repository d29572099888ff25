import { describe, expect, it } from "vitest";
import { busyFaults } from "../busy-faults.ts";
import { cleanVariations } from "../clean/any-contract.ts";
import { tokenCleanVariations } from "../clean/token-contract.ts";
import type { Answer, Fault, Handler, ReceivedRequest } from "../handler.ts";
import { keyHeader, tokenTypes, tokenUrl } from "../token-contract.ts";
import { TokenLedger } from "../token-ledger.ts";
import { tokenProvider } from "../token-provider.ts";
import { tokenFaults } from "./catalogue.ts";

/** One request of every kind that a fault may answer differently, each sent twice. */
function probes(): readonly ReceivedRequest[] {
  const types = [
    ...tokenTypes,
    ...["", " ", "7", "other", "REALTIME_SCRIBE", "Realtime_Scribe", "realtime-scribe", "realtime"],
    ...[
      "realtime_scribe ",
      " realtime_scribe",
      "realtime_scribe_x",
      "x_realtime_scribe",
      "x_realtime_scribe_x",
    ],
    tokenTypes.join(","),
  ];
  const withKey = { [keyHeader]: "probe-key" };
  const once = [
    ...types.map((type) => ({ method: "POST", url: tokenUrl(type), headers: withKey })),
    ...tokenTypes.map((type) => ({ method: "POST", url: tokenUrl(type), headers: {} })),
    ...["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"].map((method) => ({
      method,
      url: tokenUrl("realtime_scribe"),
      headers: withKey,
    })),
  ];
  return [...once, ...once].map((request) => ({ ...request, body: new Uint8Array() }));
}

/** A provider of the token contract that counts, so that two of them answer alike. */
function countingProvider(): Handler {
  let count = 0;
  const json = (status: number, body: unknown): Answer => ({
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (request) => {
    if (request.method !== "POST") return json(405, { detail: "Method Not Allowed" });
    const known = tokenTypes.some((type) => request.url === tokenUrl(type));
    if (!known || !request.headers[keyHeader]) return json(422, { type: "enum", detail: "no" });
    return json(200, { token: `sutkn_${count++}` });
  };
}

async function answers(handler: Handler): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const probe of probes()) {
    const { body, ...rest } = await handler(probe);
    seen.push(JSON.stringify([rest, Buffer.from(body).toString("base64")]));
  }
  return seen;
}

describe.each([
  ["faults of the token contract", tokenFaults],
  ["clean variations of any contract", cleanVariations],
  ["clean variations of the token contract", tokenCleanVariations],
])("%s", (_, entries) => {
  it("have ids that are kebab-case and unique", () => {
    const ids = entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))("%s changes an answer", async (_id, entry) => {
    const conforming = await answers(countingProvider());
    expect(await answers(entry.wrap(countingProvider()))).not.toEqual(conforming);
  });
});

it("gives no live token in a failing answer, whichever fault is on", async () => {
  const leaks: string[] = [];
  for (const { id, wrap } of [...tokenFaults, ...busyFaults]) {
    const ledger = new TokenLedger();
    const handler = wrap(tokenProvider({ ledger }));
    for (const probe of probes()) {
      const { status, headers, body } = await handler(probe);
      const told = JSON.stringify(headers) + Buffer.from(body).toString("latin1");
      const isLive = (token: string) => tokenTypes.some((type) => ledger.use(token, type) === "accepted");
      if (status >= 300 && (told.match(/sutkn_\w+/g) ?? []).some(isLive)) leaks.push(`${id}: ${status}`);
    }
  }
  expect(leaks).toEqual([]);
});

it("has the 45 faults of the token contract that are promised, and says of each who must catch it", () => {
  expect(tokenFaults.length).toBeGreaterThanOrEqual(45);
  expect(tokenFaults.filter(({ caughtBy }: Fault) => caughtBy.length === 0)).toEqual([]);
});
