import type { JsonObject } from "./json-object.ts";
import type { NotJudged } from "./not-judged.ts";

/** An OpenAPI 3.0, 3.1 or 3.2 document, read for judging. Schemas stay in place and are named by JSON pointer. */
export interface Contract {
  /** Its name in messages and reports. */
  readonly file: string;
  /** The path or URL that it was read from; unlike `file`, a URL may have a token in its query. */
  readonly location: string;
  readonly title: string;
  /** Of the bytes of the file and of those that it refers to, hexadecimal. */
  readonly sha256: string;
  /** The version it was written in; `document` is always 3.1. */
  readonly version: OpenApiVersion;
  readonly document: JsonObject;
  /** Pointers to what the caller's overlays have added; undefined without overlays. */
  readonly overlaid?: ReadonlySet<string>;
  readonly operations: readonly Operation[];
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  /** What this harness can't judge in this document. */
  readonly notJudged: readonly NotJudged[];
  /** The position of the nearest existing place on the way to `pointer`. */
  place(pointer: string): PlaceInFile;
  /** Follows local `$ref`s from the object at `pointer` (OpenAPI Reference Objects). */
  resolve(pointer: string): Place;
}

export type OpenApiVersion = "3.0" | "3.1" | "3.2";

export interface PlaceInFile {
  /** If it isn't the contract's own file. */
  readonly file?: string;
  /** One-based; 0 when unknown. */
  readonly line: number;
}

/** A value of the document and the pointer to its actual place. */
export interface Place {
  readonly value: unknown;
  readonly pointer: string;
}

export interface Operation {
  /** `POST /v1/things/{id}`. */
  readonly id: string;
  /** As documented; may be absent. */
  readonly operationId?: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** Upper case. */
  readonly method: string;
  /** The path template as documented. */
  readonly path: string;
  readonly pointer: string;
  readonly parameters: readonly Parameter[];
  /** A required header parameter called Authorization, which OpenAPI ignores but many servers require. */
  readonly asksForAuthorization?: boolean;
  readonly requestBody?: RequestBody;
  readonly responses: readonly ResponseRule[];
  /** Alternatives; each is a list of scheme names that go together. Empty: no security declared. */
  readonly security: readonly (readonly string[])[];
  readonly securityPointer: string;
  /** Its own, those of its path, or those of the document; at least one. */
  readonly servers: readonly Server[];
}

/** The address of a server (OpenAPI 3.1, sections 4.8.5 and 4.8.6). */
export interface Server {
  /** As documented: perhaps relative, perhaps with `{variables}`. */
  readonly url: string;
  readonly variables: ReadonlyMap<
    string,
    {
      readonly default?: string;
      /** Its allowed values; undefined: anything. */
      readonly values?: readonly string[];
    }
  >;
  readonly pointer: string;
}

export type ParameterLocation = "path" | "query" | "header" | "cookie";
export type ParameterStyle =
  | "simple"
  | "label"
  | "matrix"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject";

export interface Parameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** A query parameter that may be sent without a value. */
  readonly allowEmptyValue: boolean;
  /** Where the parameter stands. */
  readonly pointer: string;
  /** Pointer to its schema; undefined if any value is allowed. */
  readonly schema?: string;
  /** Media type when the parameter is described by `content`. */
  readonly mediaType?: string;
  readonly examples: readonly Example[];
  /** Carries a credential (an API key): never varied, replaced by the caller's own. */
  readonly credential: boolean;
}

export interface Example {
  /** Its name under `examples`, or "example". */
  readonly name: string;
  readonly value: unknown;
  readonly pointer: string;
}

export interface MediaType {
  /** As documented, parameters included. */
  readonly name: string;
  readonly pointer: string;
  readonly schema?: string;
  /** Pointer to the schema of each item of a stream (OpenAPI 3.2). */
  readonly itemSchema?: string;
  readonly examples: readonly Example[];
  /** `encoding` of form and multipart parts: the content type of each. */
  readonly encoding: ReadonlyMap<
    string,
    { readonly contentType?: string; readonly style?: string; readonly explode?: boolean }
  >;
}

export interface RequestBody {
  readonly required: boolean;
  readonly pointer: string;
  readonly contents: readonly MediaType[];
}

export interface ResponseRule {
  /** "200", "4XX" or "default". */
  readonly status: string;
  readonly pointer: string;
  readonly contents: readonly MediaType[];
  readonly headers: readonly HeaderRule[];
}

export interface HeaderRule {
  readonly name: string;
  readonly required: boolean;
  readonly explode: boolean;
  readonly pointer: string;
  readonly schema?: string;
  readonly mediaType?: string;
}

export type SecurityScheme =
  | {
      readonly kind: "apiKey";
      readonly in: "query" | "header" | "cookie";
      readonly name: string;
      readonly pointer: string;
    }
  | { readonly kind: "basic"; readonly pointer: string }
  | { readonly kind: "bearer"; readonly pointer: string }
  | { readonly kind: "unsupported"; readonly what: string; readonly pointer: string };
