import { describe, expect, it } from "vitest";
import { FreshTokens, type Token } from "./fresh-tokens.ts";

const planned = (value: string) => ({
  method: "GET",
  path: "/",
  headers: [["authorization", `Bearer ${value}`]] as const,
});
const answer = (status: number) => ({ status, headers: [], body: new Uint8Array(), durationMs: 0 });

/** Gives out the tokens of a list, and the last one again and again. */
function tokensOf(...values: readonly (string | Token)[]) {
  const learnt: string[] = [];
  let fetched = 0;
  const supply = async () => {
    const value = values[Math.min(fetched++, values.length - 1)] ?? "";
    await new Promise((resolve) => setTimeout(resolve, 1));
    return typeof value === "string" ? { value } : value;
  };
  const tokens = new FreshTokens(new Map([["scheme", supply]]), (token) => learnt.push(token));
  const request = planned(tokens.standIns.get("scheme") ?? "");
  return { tokens, request, learnt, fetched: () => fetched };
}

describe("tokens that are fetched", () => {
  it("take the place of stand-ins and of earlier tokens, also of one that they begin with", async () => {
    const { tokens, request, learnt } = tokensOf("token-1", "token-12");
    await tokens.begin();
    const first = await tokens.filled(request);
    expect(first).toEqual(planned("token-1"));
    expect(await tokens.afterRefusal(first, answer(401))).toEqual(planned("token-12"));
    expect(await tokens.filled(first)).toEqual(planned("token-12"));
    expect(await tokens.filled(planned("token-12"))).toEqual(planned("token-12"));
    expect(learnt).toEqual(["token-1", "token-12"]);
  });

  it("are renewed once for all requests that are refused together", async () => {
    const { tokens, request, fetched } = tokensOf("a-token", "b-token");
    await tokens.begin();
    const sent = await tokens.filled(request);
    const again = await Promise.all([1, 2, 3].map(() => tokens.afterRefusal(sent, answer(401))));
    expect(again).toEqual([1, 2, 3].map(() => planned("b-token")));
    expect(fetched()).toBe(2);
  });

  it("aren't renewed again and again where that is of no use", async () => {
    const { tokens, request, fetched } = tokensOf("a-token", "b-token", "c-token");
    await tokens.begin();
    const again = await tokens.afterRefusal(await tokens.filled(request), answer(401));
    expect(again && (await tokens.afterRefusal(again, answer(401)))).toBeUndefined();
    expect(fetched()).toBe(2);
    // Once they were of use, they may be worth renewing again.
    expect(again && (await tokens.afterRefusal(again, answer(200)))).toBeUndefined();
    expect(again && (await tokens.afterRefusal(again, answer(401)))).toEqual(planned("c-token"));
  });

  it("are renewed before they expire", async () => {
    const { tokens, request } = tokensOf(
      { value: "short", lifetimeMs: 8 },
      { value: "long", lifetimeMs: 3_600_000 },
    );
    await tokens.begin();
    await new Promise((resolve) => setTimeout(resolve, 8));
    expect(await tokens.filled(request)).toEqual(planned("long"));
  });

  it("leave requests alone that carry none", async () => {
    const { tokens, fetched } = tokensOf("a-token");
    await tokens.begin();
    expect(await tokens.filled(planned("somebody-else"))).toEqual(planned("somebody-else"));
    expect(await tokens.afterRefusal(planned("somebody-else"), answer(401))).toBeUndefined();
    expect(fetched()).toBe(1);
  });
});
