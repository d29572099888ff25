import { expect, test } from "vitest";
import { forgiving } from "../../../src/simulator/lifecycle-faults.ts";
import { movableClock } from "../../../src/simulator/movable-clock.ts";
import { serve } from "../../../src/simulator/serve.ts";
import { tokenDoors } from "../../../src/simulator/token-door.ts";
import {
  type Ledger,
  TokenLedger,
  type TokenRefusal,
  tokenRefusals,
} from "../../../src/simulator/token-ledger.ts";
import { tokenProvider } from "../../../src/simulator/token-provider.ts";
import { tokenSockets } from "../../../src/simulator/token-sockets.ts";
import { judgeLifecycle } from "./judge-lifecycle.ts";
import { urlProvider } from "./url-provider.ts";

/** The rules that must be seen to be broken when what is refused for that reason is let in. */
const noticedBy: Readonly<Record<TokenRefusal, readonly string[]>> = {
  missing: ["refused-when-missing"],
  unknown: ["refused-when-unknown"],
  used: ["refused-when-used", "one-winner"],
  expired: ["refused-when-expired"],
  "other-type": ["refused-at-other-service"],
};

const mutations = tokenDoors.flatMap(({ service, tokenType }) =>
  tokenRefusals.map((refusal) => [service, refusal, tokenType] as const),
);

/** The simulator's parts, with one of its refusals turned into an acceptance at one of its sockets. */
async function mutated(refusal: TokenRefusal, tokenType: string) {
  const clock = movableClock();
  const honest = new TokenLedger(clock);
  const mutant = forgiving(honest, refusal);
  const ledger: Ledger = {
    mint: (type) => honest.mint(type),
    use: (token, type) => (type === tokenType ? mutant : honest).use(token, type),
  };
  const onUpgrade = await tokenSockets(ledger, () => undefined);
  const { address, close } = await serve(tokenProvider({ ledger }), { onUpgrade });
  const passTime = async (ms: number) => clock.advance(ms);
  return { close, provider: urlProvider(address, { apiKey: "key", passTime }) };
}

test.each(mutations)(
  "a simulator at whose %s the refusal '%s' is an acceptance is noticed",
  async (_, refusal, tokenType) => {
    const { provider, close } = await mutated(refusal, tokenType);
    const broken = new Set<string>();
    const unjudged: string[] = [];
    for await (const { rule, verdict } of judgeLifecycle(provider)) {
      if (verdict.kind === "broken") broken.add(rule);
      if (verdict.kind === "not-judged") unjudged.push(rule);
    }
    await close();
    expect([...broken].toSorted()).toEqual([...noticedBy[refusal]].toSorted());
    expect(unjudged).toEqual([]);
  },
);
