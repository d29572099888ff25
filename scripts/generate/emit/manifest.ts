import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Inputs, sha256 } from "../inputs.ts";
import type { AppliedAction } from "../overlays.ts";
import type { AppliedChange } from "../repair-page.ts";

export interface ManifestContent {
  readonly inputs: Inputs;
  readonly outputs: ReadonlyMap<string, string>;
  readonly repairs: readonly {
    readonly id: string;
    readonly why: string;
    readonly changes: readonly AppliedChange[];
  }[];
  readonly overlays: readonly AppliedAction[];
}

/** The packages whose version can change the output. */
const tools = [
  "@hyperjump/json-schema-formats",
  "@redocly/cli",
  "ajv",
  "esbuild",
  "openapi-format",
  "openapi-typescript",
  "typescript",
  "yaml",
];

/** Hashes of all inputs and outputs, the tools' versions, and every correction that was made, with its place. */
export function emitManifest(root: string, { inputs, outputs, repairs, overlays }: ManifestContent): string {
  const hashed = [...outputs].map(([name, content]) => [`generated/${name}`, sha256(content)] as const);
  const manifest = {
    inputs: sorted(Object.entries(inputs.hashes)),
    outputs: sorted(hashed),
    tools: Object.fromEntries(tools.map((name) => [name, installedVersion(root, name)])),
    repairs: repairs.filter(({ changes }) => changes.length > 0),
    overlays,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function sorted(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function installedVersion(root: string, name: string): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(root, "node_modules", name, "package.json"), "utf8"),
  );
  return manifest.version;
}
