import type { Parameter } from "../contract/contract.ts";
import type { Member } from "./flat-value.ts";

/** What a style has to know of a parameter, a response header or a field of a form. */
export type Styled = Pick<Parameter, "name" | "in" | "explode">;

/** A name, decoded, and its value as it stands on the wire. */
export interface RawPair {
  readonly name: string;
  readonly raw: string;
}

/** A parameter as it stands in a message, still encoded: a delimiter that is encoded belongs to an item. */
export interface RawParameter {
  /** The values under the parameter's own name, in order; of a path or a header, the one text. */
  readonly own: readonly string[];
  /** All pairs that may be the parameter's, for styles that spread it over names. */
  readonly pairs: readonly RawPair[];
  readonly decode: (text: string) => string;
}

/** A value as nested texts: what the names of a deep object lead to. */
export type Tree = string | { readonly [name: string]: Tree };

/** All that a text may be once its style has taken it apart; names and items are decoded. */
export interface Shapes {
  readonly text?: string;
  readonly items?: readonly string[];
  readonly members?: readonly Member[];
  readonly tree?: Tree;
}

export type Encode = (text: string) => string | undefined;

/** One style of OpenAPI (3.1, section 4.8.12.3), in both directions. */
export interface Style {
  /** The pieces that go into the message, names included where the style has them; undefined: no form for the value. */
  write(styled: Styled, value: unknown, encode: Encode): readonly string[] | undefined;
  /** Undefined: the parameter isn't there. */
  read(styled: Styled, raw: RawParameter): Shapes | undefined;
}

/** Each item encoded, or undefined when one can't be. */
export function encodeAll(texts: readonly string[], encode: Encode): readonly string[] | undefined {
  const encoded = texts.map(encode);
  return encoded.every((text) => text !== undefined) ? encoded : undefined;
}

/** `R,100,G,200` as members; undefined when a value is missing. */
export function alternating(parts: readonly string[]): readonly Member[] | undefined {
  if (parts.length % 2 !== 0) return undefined;
  return parts.flatMap((name, index): Member[] => (index % 2 === 0 ? [[name, parts[index + 1] ?? ""]] : []));
}

/** `R=100` parts as members; undefined when one has no `=`. */
export function assignments(
  parts: readonly string[],
  decode: (text: string) => string,
): readonly Member[] | undefined {
  if (!parts.every((part) => part.includes("="))) return undefined;
  return parts.map((part) => {
    const at = part.indexOf("=");
    return [decode(part.slice(0, at)), decode(part.slice(at + 1))];
  });
}

/** Leaves out what isn't there. */
export function shapes(
  text: string | undefined,
  items: readonly string[] | undefined,
  members: readonly Member[] | undefined,
): Shapes {
  return {
    ...(text === undefined ? {} : { text }),
    ...(items === undefined ? {} : { items }),
    ...(members === undefined ? {} : { members }),
  };
}
