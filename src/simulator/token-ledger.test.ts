import { describe, expect, test } from "vitest";
import { TokenLedger, tokenLifetimeMs } from "./token-ledger.ts";

function movableClock() {
  let time = 1_000;
  return {
    now: () => time,
    advance(ms: number) {
      time += ms;
    },
  };
}

describe("a token's life", () => {
  test("a fresh token is accepted once", () => {
    const ledger = new TokenLedger();
    const token = ledger.mint("a");
    expect([ledger.use(token, "a"), ledger.use(token, "a")]).toEqual(["accepted", "used"]);
  });

  test("a token lives until just before its fifteen minutes are over", () => {
    const clock = movableClock();
    const ledger = new TokenLedger(clock);
    const [early, late] = [ledger.mint("a"), ledger.mint("a")];
    clock.advance(tokenLifetimeMs - 1);
    expect(ledger.use(early, "a")).toBe("accepted");
    clock.advance(1);
    expect(ledger.use(late, "a")).toBe("expired");
  });

  test("another service refuses it and leaves it whole", () => {
    const ledger = new TokenLedger();
    const token = ledger.mint("a");
    expect([ledger.use(token, "b"), ledger.use(token, "a")]).toEqual(["other-type", "accepted"]);
  });

  test.each(["sutkn_", "__proto__"])("a token that was never minted (%j) is unknown", (token) => {
    expect(new TokenLedger().use(token, "a")).toBe("unknown");
  });

  test("an expired token is remembered for another lifetime, then forgotten", () => {
    const clock = movableClock();
    const ledger = new TokenLedger(clock);
    const token = ledger.mint("a");
    clock.advance(tokenLifetimeMs + ledger.rememberMs - 1);
    expect(ledger.use(token, "a")).toBe("expired");
    clock.advance(1);
    expect([ledger.use(token, "a"), ledger.size]).toEqual(["unknown", 0]);
  });
});
