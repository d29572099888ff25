import type { JsonObject } from "./json.ts";

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string | undefined;
  readonly schema: JsonObject | undefined;
  /** How it is written, where that isn't its place's default. */
  readonly style: Style | undefined;
}

/** OpenAPI 3.1 §4.8.12 and §4.8.15. */
export interface Style {
  readonly style?: string;
  readonly explode?: boolean;
}
