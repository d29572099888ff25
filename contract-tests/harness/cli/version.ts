import { existsSync, readFileSync } from "node:fs";
import { isObject } from "../contract/json-object.ts";

/** The package's version, as its package.json has it: beside the sources, or above `dist`. */
export function version(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    const file = new URL(path, import.meta.url);
    const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    if (isObject(content) && content["name"] === "openapi-conformance") return String(content["version"]);
  }
  throw new Error("package.json is missing");
}
