import { createHash, type Hash } from "node:crypto";
import type { Contract, OpenApiVersion, Operation, Place, PlaceInFile, SecurityScheme } from "./contract.ts";
import { ContractError } from "./contract-error.ts";
import { type ExternalDocument, mountExternalDocuments, mountOf } from "./external-documents.ts";
import { fetchDocument, maxDocumentBytes, shownLocation } from "./fetch-document.ts";
import { takeOutHarmlessBreaches } from "./harmless-breaches.ts";
import { isObject, type JsonObject, objectOr, textOr } from "./json-object.ts";
import { joinPointer } from "./json-pointer.ts";
import type { NotJudged } from "./not-judged.ts";
import { asOpenApi31 } from "./openapi-31.ts";
import type { OverlaidDocument, OverlaySource } from "./overlay.ts";
import { documentedMethods, readOperation } from "./read-operation.ts";
import { isToken, type Resolve } from "./read-parameter.ts";
import { checkReferences, resolveReference } from "./references.ts";
import { parseSource, type SourceText } from "./source-text.ts";
import { unreadParts } from "./unread-parts.ts";
import { visitObjects } from "./visit-objects.ts";

/**
 * Reads an OpenAPI 3.0, 3.1 or 3.2 document (YAML or JSON) from a path or an http(s) URL, with the documents that it
 * refers to; those that can't be read are reported as not judged.
 *
 * @param overlays paths or URLs of OpenAPI Overlays, applied to the document in order before it is read
 * @throws {ContractError} if there is nothing to judge by: it can't be read, isn't YAML or JSON, or isn't OpenAPI 3.x; a
 * reference points nowhere; there are no operations; an action of an overlay does nothing
 */
export async function loadContract(spec: string, overlays: readonly string[] = []): Promise<Contract> {
  const file = shownLocation(spec);
  const bytes = await fetchDocument(spec);
  if (typeof bytes === "string") throw new ContractError(`The contract ${file} can't be read: ${bytes}.`);
  const hash = createHash("sha256").update(bytes);
  const written = readSource(bytes, file);
  const put: OverlaySource[] = [];
  for (const overlay of overlays) put.push(await readOverlay(overlay, hash));
  const { document, changed } = await overlaid(written.value, put);
  const source: RootSource = { ...written, value: document, version: readVersion(document, file) };
  let size = bytes.byteLength;
  const { mounted, notJudged } = await mountExternalDocuments(source.value, spec, async (location, name) => {
    const more = await fetchDocument(location);
    if (typeof more === "string") return more;
    size += more.byteLength;
    if (size > maxDocumentBytes) return `the contract is larger than ${maxDocumentBytes / 1024 / 1024} MiB`;
    hash.update(more);
    return parseSource(new TextDecoder().decode(more), name);
  });
  return {
    ...contractFrom(source, { file, location: spec, sha256: hash.digest("hex"), mounted, notJudged }),
    ...(overlays.length > 0 ? { overlaid: changed } : {}),
  };
}

/** The code for overlays is loaded only if there are some. */
async function overlaid(document: JsonObject, put: readonly OverlaySource[]): Promise<OverlaidDocument> {
  if (put.length === 0) return { document, changed: new Set() };
  const { applyOverlays } = await import("./overlay.ts");
  return applyOverlays(document, put);
}

async function readOverlay(location: string, hash: Hash): Promise<OverlaySource> {
  const file = shownLocation(location);
  const bytes = await fetchDocument(location);
  if (typeof bytes === "string") throw new ContractError(`The overlay ${file} can't be read: ${bytes}.`);
  hash.update(bytes);
  return { ...parseSource(new TextDecoder().decode(bytes), file), file };
}

/** `loadContract` for the bytes of one document at hand; `file` is the name used in messages and reports. */
export function readContract(bytes: Uint8Array, file: string): Contract {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const source = readSource(bytes, file);
  return contractFrom(source, { file, location: file, sha256, mounted: new Map(), notJudged: [] });
}

interface Origin {
  readonly file: string;
  readonly location: string;
  readonly sha256: string;
  readonly mounted: ReadonlyMap<string, ExternalDocument>;
  readonly notJudged: readonly NotJudged[];
}

interface RootSource extends SourceText {
  readonly value: JsonObject;
  readonly version: OpenApiVersion;
}

function readSource(bytes: Uint8Array, file: string): RootSource {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") throw new ContractError(`The contract ${file} is empty.`);
  const { value, line } = parseSource(text, file);
  if (!isObject(value))
    throw new ContractError(`The contract ${file} isn't an OpenAPI document: it must be an object.`);
  return { value, line, version: readVersion(value, file) };
}

function contractFrom({ value, version, line }: RootSource, origin: Origin): Contract {
  const { file, mounted } = origin;
  const document = version === "3.0" ? asOpenApi31(value) : value;
  const objects = [...visitObjects(document)];
  const breaches = takeOutHarmlessBreaches(document, objects);
  const place = (pointer: string): PlaceInFile => {
    const mount = mountOf(pointer);
    const external = mounted.get(mount);
    return external
      ? { file: external.file, line: external.line(pointer.slice(mount.length)) }
      : { line: line(pointer) };
  };
  const told = new Set(origin.notJudged.map(({ pointer }) => pointer));
  const left = checkReferences(document, objects, file, place).filter(({ pointer }) => !told.has(pointer));
  const notJudged: NotJudged[] = [...origin.notJudged, ...left, ...breaches, ...unreadParts(objects)];
  const resolve: Resolve = (pointer) => resolveReference(document, file, pointer);
  const operations = readOperations(document, resolve, notJudged);
  if (operations.length === 0)
    throw new ContractError(`The contract ${file} has no operations, so there is nothing to judge.`);
  if (isObject(document["webhooks"])) {
    notJudged.push({
      pointer: "/webhooks",
      reason: "webhooks aren't judged: the provider sends these requests, and only its responses are judged",
    });
  }
  return {
    file,
    location: origin.location,
    title: textOr(objectOr(document["info"])["title"]) ?? file,
    sha256: origin.sha256,
    version,
    document,
    operations,
    securitySchemes: readSecuritySchemes(document, resolve),
    notJudged,
    place,
    resolve,
  };
}

function readVersion(document: JsonObject, file: string): OpenApiVersion {
  const version = document["openapi"];
  const match = /^(3\.[012])(\.|$)/.exec(String(version ?? ""));
  if (match) return match[1] as OpenApiVersion; // the pattern allows nothing else
  const swagger = document["swagger"];
  if (swagger !== undefined)
    throw new ContractError(
      `The contract ${file} is Swagger ${String(swagger)}, which isn't supported: convert it to OpenAPI 3 with \`npx swagger2openapi ${file} -o openapi.yaml\` or on https://converter.swagger.io.`,
    );
  const found = version === undefined ? `it has no "openapi" field` : `it says ${String(version)}`;
  throw new ContractError(`The contract ${file} isn't an OpenAPI 3.0, 3.1 or 3.2 document: ${found}.`);
}

function readOperations(document: JsonObject, resolve: Resolve, notJudged: NotJudged[]): Operation[] {
  const operations: Operation[] = [];
  for (const path of Object.keys(objectOr(document["paths"]))) {
    if (path.startsWith("x-")) continue;
    const pathItem = resolve(joinPointer("/paths", path));
    for (const [method, pointer] of methodsOf(pathItem, notJudged))
      operations.push(readOperation(document, path, method, pointer, pathItem.pointer, resolve, notJudged));
  }
  return operations;
}

/** The methods of a path with their pointers: those that have a field, and further ones (OpenAPI 3.2, section 4.9). */
function* methodsOf({ value, pointer }: Place, notJudged: NotJudged[]): Generator<[string, string]> {
  const pathItem = objectOr(value);
  for (const method of documentedMethods)
    if (isObject(pathItem[method])) yield [method, joinPointer(pointer, method)];
  for (const [method, operation] of Object.entries(objectOr(pathItem["additionalOperations"]))) {
    const at = joinPointer(pointer, "additionalOperations", method);
    const hasField = (documentedMethods as readonly string[]).includes(method.toLowerCase());
    if (hasField || !isToken(method) || !isObject(operation))
      notJudged.push({
        pointer: at,
        reason: `${JSON.stringify(method)} isn't the name of an additional method, so the operation is ignored`,
      });
    else yield [method, at];
  }
}

function readSecuritySchemes(document: JsonObject, resolve: Resolve): Map<string, SecurityScheme> {
  const names = Object.keys(objectOr(objectOr(document["components"])["securitySchemes"]));
  return new Map(
    names.map((name) => {
      const { value, pointer } = resolve(joinPointer("/components/securitySchemes", name));
      return [name, readSecurityScheme(objectOr(value), pointer)] as const;
    }),
  );
}

function readSecurityScheme(scheme: JsonObject, pointer: string): SecurityScheme {
  const { type, name } = scheme;
  const place = scheme["in"];
  if (
    type === "apiKey" &&
    typeof name === "string" &&
    (place === "query" || place === "header" || place === "cookie")
  ) {
    if (place !== "query" && !isToken(name))
      return { kind: "unsupported", what: `a ${place} can't be called ${JSON.stringify(name)}`, pointer };
    return { kind: "apiKey", in: place, name, pointer };
  }
  const http = type === "http" ? String(scheme["scheme"]).toLowerCase() : undefined;
  if (http === "basic") return { kind: "basic", pointer };
  if (http === "bearer" || type === "oauth2" || type === "openIdConnect") return { kind: "bearer", pointer };
  return { kind: "unsupported", what: http === undefined ? String(type) : `http ${http}`, pointer };
}
