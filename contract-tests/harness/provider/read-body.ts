import type { MediaType } from "../contract/contract.ts";
import type { JsonObject } from "../contract/json-object.ts";
import { valueAt } from "../contract/json-pointer.ts";
import type { ReceivedRequest } from "./handler.ts";
import { itemsOf, propertiesOf, typed } from "./read-parameter.ts";
import { typesOf } from "./value-judge.ts";

/** The request's body could not be read as what it says it is. */
export class UnreadableBodyError extends Error {
  override readonly name = "UnreadableBodyError";
}

/** The documented content that the request's Content-Type names; ranges such as `image/*` count. */
export function contentFor(
  contents: readonly MediaType[],
  contentType: string | undefined,
): MediaType | undefined {
  const sent = essence(contentType ?? "");
  return (
    contents.find(({ name }) => essence(name) === sent) ??
    contents.find(({ name }) => {
      const documented = essence(name);
      return documented === "*/*" || (documented.endsWith("/*") && sent.startsWith(documented.slice(0, -1)));
    })
  );
}

/**
 * The value that the content's schema judges.
 *
 * @throws {UnreadableBodyError}
 */
export async function readBody(
  document: JsonObject,
  content: MediaType,
  request: ReceivedRequest,
): Promise<unknown> {
  const type = essence(content.name);
  if (isJsonMediaType(type)) return parsed(utf8(request.body));
  const schema = content.schema === undefined ? {} : valueAt(document, content.schema);
  if (type === "application/x-www-form-urlencoded" || type === "multipart/form-data") {
    return fromForm(document, schema, await formData(request));
  }
  return type.startsWith("text/") ? utf8(request.body) : Buffer.from(request.body).toString("latin1");
}

async function formData(request: ReceivedRequest): Promise<FormData> {
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  try {
    return await new Response(Buffer.from(request.body), { headers }).formData();
  } catch {
    throw new UnreadableBodyError("The form can't be read.");
  }
}

async function fromForm(document: JsonObject, schema: unknown, form: FormData): Promise<unknown> {
  const properties = propertiesOf(document, schema);
  const read: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const property = properties[name];
    const types = typesOf(document, property);
    const texts = await Promise.all(form.getAll(name).map(textOf));
    const single = texts[0] ?? "";
    if (types.has("array"))
      read[name] = texts.map((text) => typed(document, itemsOf(document, property), text));
    else if (types.has("object")) read[name] = parsed(single);
    else read[name] = typed(document, property, single);
  }
  return read;
}

async function textOf(entry: FormDataEntryValue): Promise<string> {
  return typeof entry === "string" ? entry : Buffer.from(await entry.arrayBuffer()).toString("latin1");
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableBodyError("The body isn't UTF-8.");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableBodyError("The body isn't JSON.");
  }
}

export function essence(mediaType: string): string {
  return (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
}

export function isJsonMediaType(mediaType: string): boolean {
  return /[/+]json$/.test(essence(mediaType));
}
