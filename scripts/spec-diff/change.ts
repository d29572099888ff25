import type { JsonObject, Path } from "../generate/json.ts";

/** The version part that a release with a change must raise (https://semver.org §6–8), from light to heavy. */
export const bumps = ["patch", "minor", "major"] as const;
export type Bump = (typeof bumps)[number];

/** Which way the data goes: a request is written by the client, a response is read by it. */
export type Direction = "request" | "response";

/** A contract to compare: its repaired document, and where each value of it stands in what was given. */
export interface ContractSide {
  /** How the user named it: a file or a git revision. */
  readonly label: string;
  readonly document: JsonObject;
  /** `file:line` of a place, or of its nearest ancestor that stands in the file. */
  readonly placeOf: (path: Path) => string;
}

/** A change as a rule or Redocly sees it, before it is placed and explained. */
export interface RatedChange {
  /** Kebab-case id of the rule that rated it; `changed` when no rule speaks of it. */
  readonly rule: string;
  readonly bump: Bump;
  /** One sentence: what is different. */
  readonly message: string;
  /** Where it was in the base and is in the revision; one of them is missing for what was added or removed. */
  readonly base?: Path;
  readonly revision?: Path;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A line of our own code that names something a change takes away or alters. */
export interface Mention {
  readonly file: string;
  readonly line: number;
  /** The name that was found there. */
  readonly name: string;
}

/** A change as reports show it. */
export interface Change extends RatedChange {
  /** JSON Pointer (RFC 6901) into the revision's document, or into the base's for what was removed. */
  readonly pointer: string;
  /** `file:line` of that pointer. */
  readonly place: string;
  /** `METHOD /path` of each operation that it touches; empty for what belongs to none. */
  readonly operations: readonly string[];
  /** What it means for a client, in one sentence. */
  readonly meaning: string;
  /** Names that were searched for in our code; empty for what is new and so can't be in use. */
  readonly searched: readonly string[];
  readonly mentions: readonly Mention[];
}

/** Everything that differs between two contracts. */
export interface ContractDiff {
  readonly base: string;
  readonly revision: string;
  /** The heaviest rating, or "none" when nothing differs. */
  readonly bump: Bump | "none";
  readonly counts: Readonly<Record<Bump, number>>;
  /** Heaviest first, then by place. */
  readonly changes: readonly Change[];
}
