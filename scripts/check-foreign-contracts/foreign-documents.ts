import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { toolCache } from "../check-package/tool-cache.ts";

/** Exact; installed for this check alone. */
export const examplesPackage = { name: "@readme/oas-examples", version: "8.2.2" };
export const largePackage = { name: "@octokit/openapi", version: "23.0.2" };
/** Packages that hold one document each. */
export const singlePackages = [{ name: "@scalar/galaxy", version: "0.6.12", path: "dist/3.1.json" }] as const;

export interface ForeignDocument {
  /** Path within its package: `3.0/json/petstore.json`. */
  readonly name: string;
  readonly file: string;
}

export interface ForeignDocuments {
  /** OpenAPI 3.0 and 3.1, each once: the YAML twin of a JSON document is left out. */
  readonly judged: readonly ForeignDocument[];
  /** Every other OpenAPI or Swagger document, and why it isn't judged. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly twins: number;
}

/** What `@readme/oas-examples` holds, installed on demand. Throws InputError when the registry doesn't give it. */
export async function exampleDocuments(root: string): Promise<ForeignDocuments> {
  const folder = packageFolder(await installed(root, examplesPackage), examplesPackage.name);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /^\d.*\.(json|ya?ml)$/.test(name))
    .sort();
  const kept = names.filter((name) => !isTwin(name, names));
  const judged: ForeignDocument[] = [];
  const skipped: { name: string; reason: string }[] = [];
  for (const name of kept) {
    const file = join(folder, name);
    const version = versionOf(readFileSync(file, "utf8"));
    if (/^3\.[01](\.|$)/.test(version)) judged.push({ name, file });
    else skipped.push({ name, reason: `its version is ${version}` });
  }
  return { judged, skipped, twins: names.length - kept.length };
}

/** The documents of those packages, installed on demand. */
export function singleDocuments(root: string): Promise<readonly ForeignDocument[]> {
  return Promise.all(
    singlePackages.map(async (one) => ({
      name: one.name,
      file: join(packageFolder(await installed(root, one), one.name), one.path),
    })),
  );
}

/** The document of the GitHub API in `@octokit/openapi`, installed on demand. */
export async function largeDocument(root: string): Promise<unknown> {
  const folder = packageFolder(await installed(root, largePackage), largePackage.name);
  return JSON.parse(readFileSync(join(folder, "generated/api.github.com.json"), "utf8"));
}

function installed(root: string, { name, version }: { name: string; version: string }): Promise<string> {
  return toolCache(root, [`${name}@${version}`]);
}

function packageFolder(folder: string, name: string): string {
  return join(folder, "node_modules", name);
}

function isTwin(name: string, names: readonly string[]): boolean {
  return (
    /\.ya?ml$/.test(name) && names.includes(name.replace("/yaml/", "/json/").replace(/\.ya?ml$/, ".json"))
  );
}

function versionOf(text: string): string {
  const document: unknown = parse(text, { logLevel: "error" });
  if (typeof document !== "object" || document === null) return "missing";
  if ("openapi" in document) return `OpenAPI ${String(document.openapi)}`.replace(/^OpenAPI (3\.[01])/, "$1");
  return "swagger" in document ? `Swagger ${String(document.swagger)}` : "missing";
}
