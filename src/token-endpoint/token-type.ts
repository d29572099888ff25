import type { CallSurface } from "../../generated/call-surface.ts";

/** The token types that the contract lists; any string if it documents no such operation. */
export type TokenType = CallSurface extends {
  readonly tokens: { readonly singleUse: { create(type: infer Type): unknown } };
}
  ? Type
  : string;
