import type { TokenDoor } from "../../../src/simulator/token-door.ts";

/** What became of knocking at a socket with a token. */
export type Opening =
  /** Seen to work: `how` is what was seen. */
  | { readonly kind: "opened"; readonly how: string }
  /** The provider said no: `how` is the error's kind, or the handshake's status. */
  | { readonly kind: "refused"; readonly how: string }
  /** There is no such socket, or no answer in time: nothing can be said of the token. */
  | { readonly kind: "no-verdict"; readonly why: string };

/** A provider as the lifecycle contract sees it: tokens can be had and shown, and perhaps time can be moved. */
export interface LifecycleProvider {
  /** Base URL, shown in reports. */
  readonly address: string;
  /** @throws {Error} when no token can be had. */
  mint(type: string): Promise<string>;
  /** Shows a token, or none when it is empty. */
  open(door: TokenDoor, token: string): Promise<Opening>;
  /** Makes this many milliseconds pass for the provider; missing where nobody can. */
  readonly passTime?: (ms: number) => Promise<void>;
  /** Replays documented examples instead of minting, so that equal tokens mean nothing. */
  readonly replaysExamples?: boolean;
}
