import { onSuccess, withJson } from "../alter.ts";
import type { Fault, ReceivedRequest } from "../handler.ts";
import { keyOf, requestedType } from "../token-contract.ts";

/** A server whose token is what `mint` says; `count` is the number of creates before this one. */
function minted(
  id: string,
  breach: string,
  mint: (count: number, request: ReceivedRequest) => string,
): Fault {
  return {
    id,
    caughtBy: ["fresh-token"],
    breach,
    wrap: (next) => {
      let count = 0;
      return onSuccess(withJson((_, request) => ({ token: mint(count++, request) })))(next);
    },
  };
}

/** Two creates give the same token: each is documented to be single-use. */
export const tokenFreshnessFaults: readonly Fault[] = [
  minted("same-token-always", "Every create returns the same token.", () => "sutkn_1234567890"),
  minted(
    "same-token-per-type",
    "Every create of a type returns the same token.",
    (_, request) => `sutkn_${requestedType(request)}`,
  ),
  minted(
    "same-token-per-key",
    "Every create with a key returns the same token.",
    (_, request) => `sutkn_${(keyOf(request) ?? "").length}`,
  ),
  minted(
    "token-shared-by-neighbours",
    "Each token is returned to two creates in a row.",
    (count) => `sutkn_${Math.floor(count / 2)}_pair`,
  ),
  minted("token-from-ring-of-three", "Three tokens take turns.", (count) => `sutkn_ring_${count % 3}`),
  minted(
    "token-shared-by-types",
    "A create of the other type returns the previous token.",
    (count) => `sutkn_${count - (count % 2)}_shared`,
  ),
  minted(
    "token-from-clock-of-minutes",
    "The token is the time in minutes.",
    () => `sutkn_${Math.floor(Date.now() / 60_000)}`,
  ),
];
