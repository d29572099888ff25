import type { MediaType } from "../contract/contract.ts";
import type { ParsedMediaType } from "../http/media-type.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { Direction } from "../schema/translate-schema.ts";

/** What kept a body from being read: `kind` is stable, `message` is one sentence. */
export interface BodyFault {
  readonly kind:
    | "content-encoding"
    | "charset"
    | "utf-8"
    | "byte-order-mark"
    | "json-syntax"
    | "json-trailing"
    | "yaml-syntax"
    | "form-syntax";
  readonly message: string;
}

/** A value of a body, and the schema that judges it: undefined when none does. */
export interface BodyValue {
  readonly value: unknown;
  readonly schema?: string;
  /** Which of several: `line 2`. */
  readonly name?: string;
}

export type BodyReading =
  | { readonly values: readonly BodyValue[] }
  | { readonly fault: BodyFault }
  /** Why no schema judges it. */
  | { readonly notJudged: string };

/** Who reads or writes a body: the documented media type that covers it, and the schemas' judge. */
export interface BodyContext {
  readonly oracle: Oracle;
  readonly mediaType: MediaType;
}

/** The media types that write and read values in one way. */
export interface BodyFamily {
  readonly name:
    | "json"
    | "json-lines"
    | "yaml"
    | "form"
    | "multipart"
    | "text"
    | "event-stream"
    | "binary"
    | "xml";
  /** Why values can't be made or judged by the documented schema; undefined when they can. */
  notJudged(context: BodyContext): string | undefined;
  /** A body of the concrete media type `contentType`; undefined when there is none for the value. */
  write(context: BodyContext, value: unknown, contentType: string): WrittenBody | undefined;
  /** `bytes` without content coding; `media` as the message says. */
  read(context: BodyContext, bytes: Uint8Array, media: ParsedMediaType, direction: Direction): BodyReading;
}

export interface WrittenBody {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A text as a body in UTF-8. */
export function textAsBody(contentType: string, content: string): WrittenBody {
  return { contentType, body: new TextEncoder().encode(content) };
}

/** One value, judged by the media type's schema. */
export function whole({ mediaType: { schema } }: BodyContext, value: unknown): BodyReading {
  return { values: [schema === undefined ? { value } : { value, schema }] };
}
