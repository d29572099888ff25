import { definedEntries, isComposed } from "../calls/composed.ts";
import { writeValue } from "../calls/write-value.ts";
import { isStreamed, type Streamed, toBytes } from "./to-bytes.ts";

/** A file as a caller may give it; a name and a media type go with it when it is a `File`, or given beside its data. */
export type FileInput =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | Streamed
  | { readonly data: FileData; readonly filename?: string; readonly contentType?: string };

type FileData = Blob | ArrayBuffer | ArrayBufferView | Streamed;

/**
 * A value's members as a form (OpenAPI 3.1 §4.8.14.3): files as files, lists as parts of one name, objects as JSON. What
 * comes as a stream is read first, since a form's length is told before it is sent.
 */
export async function writeForm(members: object): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of definedEntries(members))
    for (const item of Array.isArray(value) ? value : [value]) {
      const file = await toFile(item);
      if (file) form.append(name, file, file.name);
      else form.append(name, isComposed(item) ? JSON.stringify(item) : writeValue(item));
    }
  return form;
}

/** The file that a value stands for; `undefined` when it stands for itself. */
async function toFile(value: unknown): Promise<File | undefined> {
  if (typeof value !== "object" || value === null) return undefined;
  if (isFileData(value)) return named(await toBlob(value), nameOf(value));
  const { data, filename, contentType } = value as Record<string, unknown>;
  if (!isFileData(data)) return undefined;
  return named(await toBlob(data), text(filename) ?? nameOf(data), text(contentType));
}

function isFileData(value: unknown): value is FileData {
  return (
    value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value) || isStreamed(value)
  );
}

async function toBlob(data: FileData): Promise<Blob> {
  if (data instanceof Blob) return data;
  // A view of shared memory, which no Blob takes, is none that a caller has here.
  return isStreamed(data) ? new Response(toBytes(data)).blob() : new Blob([data as BlobPart]);
}

function nameOf(data: object): string | undefined {
  const { name, path } = data as { readonly name?: unknown; readonly path?: unknown };
  return text(name) ?? text(path)?.split(/[\\/]/).at(-1);
}

function named(blob: Blob, name = "file", type = blob.type): File {
  return new File([blob], name, { type: type || "application/octet-stream" });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
