import type { Direction, RatedChange } from "./change.ts";
import { rules } from "./rules/registry.ts";

/** What Redocly's rules (https://redocly.com/docs/cli/rules/diff-rules) mean for a client. */
const redoclyRules: Readonly<Record<string, string>> = {
  "operation-removed": "Every call to it fails, and its method vanishes from the generated client.",
  "operation-id-changed": "The generated method has another name, so calls to it no longer compile.",
  "parameter-removed": "A client that still sends it is ignored or refused, and its call no longer compiles.",
  "parameter-became-required": "Calls that leave it out are refused and no longer compile.",
  "parameter-serialization-changed":
    "The server expects the value in a different notation from the one clients write.",
  "request-body-removed": "A client that still sends a body is ignored or refused.",
  "request-body-became-required": "Calls without a body are refused and no longer compile.",
  "response-removed":
    "The response is no longer documented; code that handles it may never run, or an unknown one arrives instead.",
  "response-header-removed": "A client that reads the header finds nothing.",
  "media-type-removed":
    "A client that writes or reads this media type is refused or can't read the response.",
  "security-requirement-changed": "Calls with the previous credentials are refused.",
  "security-scheme-changed": "Credentials must be sent in a different way.",
  "server-removed": "Clients that use this address reach no server.",
  "schema-combinator-changed":
    "The alternatives changed: requests may be refused, or responses arrive in an unknown shape.",
  "enum-values-removed":
    "A client that sends the value is refused, and code that names it no longer compiles.",
  "enum-values-added":
    "A client may receive a value that it doesn't know; an exhaustive switch over the values no longer compiles.",
  "required-properties-added": "Requests without the property are refused and no longer compile.",
  "required-properties-removed":
    "The property may be missing from a response, so code that reads it must handle undefined.",
  "property-removed": "Code that reads the property finds undefined and no longer compiles.",
};

const byRule: Readonly<Record<string, string>> = {
  ...redoclyRules,
  ...Object.fromEntries(rules.map(({ id, meaning }) => [id, meaning])),
};

/** One sentence: what a change means for a client that was written against the base. */
export function meaningOf(change: RatedChange, directions: ReadonlySet<Direction>): string {
  const known = byRule[change.rule];
  if (known !== undefined) return known;
  if (change.bump === "major") {
    const received = "A client may receive values that it doesn't expect, and its types no longer match";
    const sent = "A value that was accepted may now be refused, and may no longer compile";
    if (directions.has("request") && directions.has("response")) return `${sent}. ${received}.`;
    return directions.has("response") ? `${received}.` : `${sent}.`;
  }
  return change.bump === "minor"
    ? "There is something new to use; existing code works as before."
    : "Nothing to do: existing code works as before.";
}
