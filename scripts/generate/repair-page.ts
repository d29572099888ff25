import { InputError } from "../cli/input-error.ts";
import { asOpenApi31 } from "./as-openapi-31.ts";
import type { DocumentedPage } from "./documented-page.ts";
import { type JsonObject, toPointer } from "./json.ts";
import { type ParsedDocument, parseDocument } from "./parse-document.ts";
import { type PlaceInPage, placeInPage } from "./place-in-page.ts";
import type { Repair } from "./repairs/repair.ts";

/** A repair as it was applied, for the manifest. */
export interface AppliedRepair {
  readonly id: string;
  readonly changes: readonly AppliedChange[];
}

export interface AppliedChange {
  /** `file:line` in the documented page. */
  readonly place: string;
  /** JSON Pointer into the document as published. */
  readonly pointer: string;
  readonly from: string;
  readonly to: string;
}

export interface RepairedPage {
  readonly document: JsonObject;
  readonly applied: readonly AppliedRepair[];
  readonly place: PlaceInPage;
}

/**
 * Parses a page's OpenAPI block and applies the repairs in their order.
 *
 * @param imported date of the import, YYYY-MM-DD
 * @throws InputError when the block isn't OpenAPI 3.0 or 3.1 in readable YAML
 */
export function repairPage(page: DocumentedPage, imported: string, repairs: readonly Repair[]): RepairedPage {
  const published = parseDocument(page.file, page.yaml, page.yamlLine);
  const document = asCompiled(page.file, published);
  const applied = repairs
    .map(({ id, apply }) => ({ id, changes: apply(document, { page, imported }) }))
    .filter(({ changes }) => changes.length > 0);
  return {
    document,
    applied: applied.map(({ id, changes }) => ({
      id,
      changes: changes.map(({ path, from, to }) => ({
        place: `${page.file}:${published.lineOf(path)}`,
        pointer: toPointer(path),
        from,
        to,
      })),
    })),
    place: placeInPage(
      page,
      published,
      applied.flatMap(({ changes }) => changes),
    ),
  };
}

/** The document as OpenAPI 3.1. */
function asCompiled(file: string, { data, lineOf }: ParsedDocument): JsonObject {
  if (data["swagger"] !== undefined)
    throw new InputError(
      `${file}:${lineOf(["swagger"])}: Swagger ${String(data["swagger"])} isn't supported; convert it to OpenAPI 3 first, for example with "npx swagger2openapi".`,
    );
  const version = data["openapi"];
  if (typeof version === "string" && /^3\.1\.\d+$/.test(version)) return structuredClone(data);
  if (typeof version === "string" && /^3\.0\.\d+$/.test(version)) return asOpenApi31(data);
  throw new InputError(
    `${file}:${lineOf(["openapi"])}: the document says "openapi: ${String(version)}"; OpenAPI 3.0 and 3.1 are supported.`,
  );
}

/**
 * A repair that finds nothing to repair in any page and in any sample is dead, and is to be deleted.
 *
 * @throws InputError that names the first dead repair
 */
export function refuseDeadRepairs(repairs: readonly Repair[], applied: readonly AppliedRepair[]): void {
  const alive = new Set(applied.map(({ id }) => id));
  const dead = repairs.find(({ id }) => !alive.has(id));
  if (dead !== undefined)
    throw new InputError(
      `scripts/generate/repairs/${dead.id}.ts: the repair matches nothing in any page under spec/; delete it, or add the page that needs it.`,
    );
}
