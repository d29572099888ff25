export type BodyFormat = "json" | "form";

const formats: Readonly<Record<string, BodyFormat>> = {
  "application/json": "json",
  "application/x-www-form-urlencoded": "form",
};

/** The media types that are understood, for the Accept header of a 415 (RFC 9110 section 15.5.16). */
export const acceptedMediaTypes = Object.keys(formats).join(", ");

/**
 * How a body is to be read, from its headers; undefined when it isn't understood. Media types and charset names are
 * case-insensitive (RFC 9110 section 8.3), and a charset other than UTF-8 or any content coding isn't understood.
 */
export function bodyFormat(
  contentType: string | null,
  contentEncoding: string | null,
): BodyFormat | undefined {
  if (contentEncoding !== null && contentEncoding.trim().toLowerCase() !== "identity") return undefined;
  const [type = "", ...parameters] = (contentType ?? "").split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  if (charset !== undefined && charset.replaceAll('"', "") !== "utf-8") return undefined;
  return Object.hasOwn(formats, type) ? formats[type] : undefined;
}
