import { randomBytes } from "node:crypto";

/** Fifteen minutes, as the contract's description of `token` promises. */
export const tokenLifetimeMs = 15 * 60_000;

/** The simulator's clock; pass your own to move it. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  now(): number;
}

/** Why a token isn't accepted; "missing" means that there is none. */
export const tokenRefusals = ["missing", "unknown", "used", "expired", "other-type"] as const;

export type TokenRefusal = (typeof tokenRefusals)[number];

/** What became of an attempt to use a token. */
export type TokenUse = "accepted" | TokenRefusal;

/** What a provider knows of its tokens. */
export interface Ledger {
  /** A fresh token for one service, never issued before. */
  mint(type: string): string;
  /** Tries to use a token at the service of that type. */
  use(token: string, type: string): TokenUse;
}

interface TokenLife {
  readonly type: string;
  readonly expiresAt: number;
  used: boolean;
}

/**
 * Every token handed out, and what became of it. All tokens live equally long, so the map's insertion order is the
 * order of expiry, and forgetting means dropping entries from its front: no timer, and no memory that outlives the
 * tokens by more than {@link TokenLedger.rememberMs}.
 */
export class TokenLedger implements Ledger {
  readonly #lives = new Map<string, TokenLife>();
  readonly #clock: Clock;

  /** How long an expired token is still distinguished from one that never existed, in milliseconds. */
  readonly rememberMs = tokenLifetimeMs;

  constructor(clock: Clock = { now: Date.now }) {
    this.#clock = clock;
  }

  /** A fresh token for one service, never issued before. */
  mint(type: string): string {
    this.#forget();
    const token = `sutkn_${randomBytes(20).toString("hex")}`;
    this.#lives.set(token, { type, expiresAt: this.#clock.now() + tokenLifetimeMs, used: false });
    return token;
  }

  /**
   * Uses a token up. Synchronous, so of several uses at once exactly one is "accepted". Only an accepted use consumes:
   * a token that was held to the other service's door still opens its own.
   */
  use(token: string, type: string): TokenUse {
    this.#forget();
    if (token === "") return "missing";
    const life = this.#lives.get(token);
    if (!life) return "unknown";
    if (life.used) return "used";
    if (this.#clock.now() >= life.expiresAt) return "expired";
    if (life.type !== type) return "other-type";
    life.used = true;
    return "accepted";
  }

  /** How many tokens are remembered now: alive, used, or expired not long ago. */
  get size(): number {
    this.#forget();
    return this.#lives.size;
  }

  #forget(): void {
    const before = this.#clock.now() - this.rememberMs;
    for (const [token, life] of this.#lives) {
      if (life.expiresAt > before) return;
      this.#lives.delete(token);
    }
  }
}
