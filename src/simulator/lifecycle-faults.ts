import type { Ledger, TokenRefusal } from "./token-ledger.ts";

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

/** A ledger that lets in whom it should refuse for that reason. */
export function forgiving(ledger: Ledger, refusal: TokenRefusal): Ledger {
  return using(ledger, (token, type) => {
    const use = ledger.use(token, type);
    return use === refusal ? "accepted" : use;
  });
}

export const lifecycleFaults: readonly LifecycleFault[] = [
  {
    id: "token-never-accepted",
    breach: "Refuses every token, even fresh ones.",
    bend: (ledger) => using(ledger, () => "unknown"),
  },
  {
    id: "missing-token-accepted",
    breach: "Lets in clients without a token.",
    bend: (ledger) => forgiving(ledger, "missing"),
  },
  {
    id: "unknown-token-accepted",
    breach: "Lets in clients with any token at all.",
    bend: (ledger) => forgiving(ledger, "unknown"),
  },
  {
    id: "token-reusable",
    breach: "Accepts a token any number of times.",
    bend: (ledger) => forgiving(ledger, "used"),
  },
  {
    id: "token-never-expires",
    breach: "Accepts a token that is older than fifteen minutes.",
    bend: (ledger) => forgiving(ledger, "expired"),
  },
  {
    id: "token-opens-every-service",
    breach: "Accepts a token of one type at the other type's service.",
    bend: (ledger) => forgiving(ledger, "other-type"),
  },
  {
    id: "token-used-up-late",
    breach:
      "Marks a token as used only a moment after letting its bearer in, so two clients at once both get in.",
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
    breach: "Gives the same token to everyone who requests the same type.",
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
