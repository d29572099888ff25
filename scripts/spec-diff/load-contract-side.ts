import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { promisify } from "node:util";
import { InputError } from "../cli/input-error.ts";
import { asOpenApi31 } from "../generate/as-openapi-31.ts";
import { checkReferences } from "../generate/check-references.ts";
import { readDocumentedPage } from "../generate/documented-page.ts";
import type { JsonObject, Path } from "../generate/json.ts";
import { applyOverlays, type Overlay } from "../generate/overlays.ts";
import { parseDocument } from "../generate/parse-document.ts";
import { repairPage } from "../generate/repair-page.ts";
import { repairs } from "../generate/repairs/registry.ts";
import type { ContractSide } from "./change.ts";

const execute = promisify(execFile);

/** What a revision of this repository holds as its contract. */
const committedContract = "generated/openapi.yaml";

/**
 * Reads one side of a comparison: a documented page (markdown), an OpenAPI document (YAML or JSON), or a git
 * revision, whose generated/openapi.yaml is meant. A page gets the repairs and, as far as they still apply, the
 * overlays, so that it compares with what is generated.
 *
 * @param root the repository
 * @param overlays those of the working tree
 * @throws InputError when the argument is none of the three, or its contract can't be read
 */
export async function loadContractSide(
  root: string,
  argument: string,
  overlays: readonly Overlay[],
): Promise<ContractSide> {
  if (existsSync(argument) && statSync(argument).isFile()) {
    const text = readFileSync(argument, "utf8");
    return isMarkdown(argument, text) ? pageSide(argument, text, overlays) : loadDocument(argument, text);
  }
  return loadDocument(`${argument}:${committedContract}`, await committedText(root, argument));
}

function isMarkdown(file: string, text: string): boolean {
  return /\.(md|markdown|html?)$/i.test(file) || /^```ya?ml\s*$/m.test(text) || /^\s*</.test(text);
}

/** A documented page as `generate` would compile it alone. */
export async function pageSide(
  file: string,
  text: string,
  overlays: readonly Overlay[],
): Promise<ContractSide> {
  const page = readDocumentedPage(file, text);
  // The date stands in for a version that the page doesn't have; diffs leave such dates out.
  const { document, place } = repairPage(page, "1970-01-01", repairs);
  checkReferences(document, place, "data");
  const overlaid = await applyOverlays(document, overlays);
  return { label: file, document: overlaid.document, placeOf: place };
}

/** An OpenAPI document (YAML or JSON) as one side. */
export function loadDocument(file: string, text: string): ContractSide {
  const parsed = parseDocument(file, text);
  const placeOf = (path: Path): string => `${file}:${parsed.lineOf(path)}`;
  refuseOtherVersions(parsed.data, placeOf);
  checkReferences(parsed.data, placeOf, "data");
  const document = isOlder(parsed.data) ? asOpenApi31(parsed.data) : parsed.data;
  return { label: file, document, placeOf };
}

function refuseOtherVersions(document: JsonObject, placeOf: (path: Path) => string): void {
  const version = document["openapi"];
  if (typeof version !== "string" || !/^3\.[01]\.\d+$/.test(version))
    throw new InputError(
      `${placeOf(["openapi"])}: the document says "openapi: ${String(version)}"; OpenAPI 3.0 and 3.1 documents are compared.`,
    );
}

function isOlder(document: JsonObject): boolean {
  return String(document["openapi"]).startsWith("3.0.");
}

async function committedText(root: string, revision: string): Promise<string> {
  const git = async (...args: string[]): Promise<string | undefined> =>
    execute("git", args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }).then(
      ({ stdout }) => stdout,
      () => undefined,
    );
  const commit = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  if (commit === undefined)
    throw new InputError(
      `${revision}: neither a file nor a git revision; give a documented page, an OpenAPI document, or a revision such as HEAD~1.`,
    );
  const text = await git("show", `${commit.trim()}:${committedContract}`);
  if (text === undefined)
    throw new InputError(
      `${revision}: this revision has no ${committedContract}; name a later one, or give a file.`,
    );
  return text;
}
