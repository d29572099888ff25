import type { Ledger } from "./token-ledger.ts";

/** A deliberate breach of what the contract says in words about a token's life; no schema states it. */
export interface LifecycleFault {
  /** Kebab-case, names the breach. */
  readonly id: string;
  /** One sentence: what the server does wrong. */
  readonly breach: string;
  readonly bend: (ledger: Ledger) => Ledger;
}

/** A ledger with the outcome of `use` changed. */
function using(ledger: Ledger, use: Ledger["use"]): Ledger {
  return { mint: (type) => ledger.mint(type), use };
}

export const lifecycleFaults: readonly LifecycleFault[] = [
  {
    id: "token-never-accepted",
    breach: "Refuses every token, fresh ones too.",
    bend: (ledger) => using(ledger, () => "unknown"),
  },
  {
    id: "unknown-token-accepted",
    breach: "Lets in whoever names any token at all.",
    bend: (ledger) =>
      using(ledger, (token, type) => {
        const use = ledger.use(token, type);
        return use === "unknown" ? "accepted" : use;
      }),
  },
  {
    id: "token-reusable",
    breach: "Accepts a token as often as it is shown.",
    bend: (ledger) =>
      using(ledger, (token, type) => {
        const use = ledger.use(token, type);
        return use === "used" ? "accepted" : use;
      }),
  },
  {
    id: "token-never-expires",
    breach: "Accepts a token that is older than fifteen minutes.",
    bend: (ledger) =>
      using(ledger, (token, type) => {
        const use = ledger.use(token, type);
        return use === "expired" ? "accepted" : use;
      }),
  },
  {
    id: "token-opens-every-service",
    breach: "Accepts a token of one type at the service of the other.",
    bend: (ledger) =>
      using(ledger, (token, type) => {
        const use = ledger.use(token, type);
        return use === "other-type" ? "accepted" : use;
      }),
  },
  {
    id: "token-used-up-late",
    breach:
      "Marks a token as used only a moment after letting its bearer in, so that two at once both get in.",
    bend(ledger) {
      const lateMs = 500;
      const usedUp = new Map<string, number>();
      return using(ledger, (token, type) => {
        const use = ledger.use(token, type);
        if (use === "accepted") usedUp.set(token, performance.now() + lateMs);
        const until = usedUp.get(token);
        return use === "used" && until !== undefined && performance.now() < until ? "accepted" : use;
      });
    },
  },
  {
    id: "same-token-to-all",
    breach: "Hands the same token to everybody who asks for one type.",
    bend(ledger) {
      const shared = new Map<string, string>();
      return {
        mint(type) {
          const token = shared.get(type) ?? ledger.mint(type);
          shared.set(type, token);
          return token;
        },
        use: (token, type) => ledger.use(token, type),
      };
    },
  },
];
