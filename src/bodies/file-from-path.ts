import { refusal } from "../errors/refusal.ts";

/**
 * A local file for a form, read while it is sent (Node, Bun, Deno).
 *
 * @param path relative to the current folder
 * @param options its name in the form (default: the last part of the path) and its media type
 * @throws ApiError with code `invalid_argument` when it can't be read
 */
export async function fileFromPath(
  path: string,
  options: { readonly filename?: string; readonly contentType?: string } = {},
): Promise<File> {
  const type = options.contentType ?? "application/octet-stream";
  try {
    // Asked for at run time, so that no bundle for a browser has to find it.
    const { openAsBlob } = process.getBuiltinModule("node:fs");
    const blob = await openAsBlob(path, { type });
    return new File([blob], options.filename ?? path.split(/[\\/]/).at(-1) ?? "file", { type });
  } catch {
    throw refusal("argument", `The file ${JSON.stringify(path)} can't be read.`);
  }
}
