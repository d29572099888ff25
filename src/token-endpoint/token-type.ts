import type { CallSurface } from "../../generated/call-surface.ts";

/** The types of token that the contract lists; any text where it documents no such operation. */
export type TokenType = CallSurface extends {
  readonly tokens: { readonly singleUse: { create(type: infer Type): unknown } };
}
  ? Type
  : string;
