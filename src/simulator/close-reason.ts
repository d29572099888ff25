import type { TokenUse } from "./token-ledger.ts";

/** Policy violation, RFC 6455 section 7.4.1: the code with which a token is refused. */
export const refusedCode = 1008;

const reasons = {
  missing: "token_missing: the address names no token",
  unknown: "token_unknown: this token was never handed out, or so long ago that it is forgotten",
  used: "token_used: this token was used before",
  expired: "token_expired: this token is older than 15 minutes",
  "other-type": "token_of_other_type: this token opens another service",
} as const satisfies Record<Exclude<TokenUse, "accepted"> | "missing", string>;

/**
 * Why a connection is closed, in the close frame: a word for programs, a colon, a sentence for people. At most 123
 * bytes, RFC 6455 section 5.5.1. The token itself is never in it.
 */
export function closeReason(why: keyof typeof reasons): string {
  return reasons[why];
}
