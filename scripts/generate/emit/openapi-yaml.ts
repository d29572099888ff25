import { stringify } from "yaml";
import type { JsonObject } from "../json.ts";
import { notice } from "./notice.ts";

/** The repaired contract as YAML 1.2, members in the page's order. */
export function emitOpenApiYaml(document: JsonObject): string {
  return `# ${notice}\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
