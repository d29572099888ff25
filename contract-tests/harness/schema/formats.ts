import {
  isDate,
  isDateTime,
  isDuration,
  isEmail,
  isHostname,
  isIdnEmail,
  isIPv4,
  isIPv6,
  isIri,
  isIriReference,
  isJsonPointer,
  isRegex,
  isRelativeJsonPointer,
  isTime,
  isUri,
  isUriReference,
  isUriTemplate,
  isUuid,
} from "@hyperjump/json-schema-formats";
import type { Ajv, Format } from "ajv";
import { isIdnHostname } from "idn-hostname";

/** Longer texts are no address, date or identifier that anybody means: they aren't looked through. */
const longestText = 8_192;

/** A format of texts. */
const text = (isValid: (text: string) => boolean): Format => ({
  type: "string",
  validate: (value: string) => value.length <= longestText && holds(isValid, value),
});

/** Some of the checks throw what is wrong with a text. */
function holds(isValid: (text: string) => boolean, value: string): boolean {
  try {
    return isValid(value);
  } catch (error) {
    // A host of a later IP version is well-formed, if unknown (RFC 3986, section 3.2.2).
    return error instanceof Error && error.message.startsWith("Unsupported IP version");
  }
}

/** A format of whole numbers within bounds, both included. */
const integer = (min: number | bigint, max: number | bigint): Format => ({
  type: "number",
  validate: (value: number) => isWithin(value, min, max),
});

/** Comparisons of numbers with big integers are exact in the language. */
function isWithin(value: number | bigint, min: number | bigint, max: number | bigint): boolean {
  return (typeof value === "bigint" || Number.isInteger(value)) && value >= min && value <= max;
}

const anyNumber: Format = { type: "number", validate: (value: number) => Number.isFinite(value) };

/** Says what a value is for, and nothing of which values are valid. */
const annotation: Format = true;

/**
 * The formats of JSON Schema 2020-12 (Validation, section 7.3) and of the OpenAPI Format Registry. Every other format is
 * told as not judged.
 */
const formats: Readonly<Record<string, Format>> = {
  "date-time": text(isDateTime),
  date: text(isDate),
  time: text((value) => isTime(value) || isLeapSecond(value)),
  duration: text(isDuration),
  email: text(isEmail),
  "idn-email": text(isIdnEmail),
  hostname: text((value) => isHostname(value) && isInternational(value)),
  "idn-hostname": text(isInternational),
  ipv4: text(isIPv4),
  ipv6: text(isIPv6),
  uri: text(isUri),
  url: text(isUri),
  "uri-reference": text(isUriReference),
  "uri-template": text(isUriTemplate),
  iri: text(isIri),
  "iri-reference": text(isIriReference),
  uuid: text(isUuid),
  "json-pointer": text(isJsonPointer),
  "relative-json-pointer": text(isRelativeJsonPointer),
  regex: text(isRegex),
  byte: { type: "string", validate: isBase64 },
  base64url: { type: "string", validate: (value: string) => /^[\w-]*={0,2}$/.test(value) },
  char: text((value) => [...value].length === 1),
  int8: integer(-128, 127),
  int16: integer(-32_768, 32_767),
  int32: integer(-(2 ** 31), 2 ** 31 - 1),
  int64: integer(-(2n ** 63n), 2n ** 63n - 1n),
  "double-int": integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  uint8: integer(0, 255),
  uint16: integer(0, 65_535),
  uint32: integer(0, 2 ** 32 - 1),
  uint64: integer(0, 2n ** 64n - 1n),
  float: anyNumber,
  double: anyNumber,
  decimal: annotation,
  decimal128: annotation,
  binary: annotation,
  password: annotation,
  html: annotation,
  commonmark: annotation,
};

/** A time that only a day with a leap second has (RFC 3339, section 5.7), here or in the time zone that it is given in. */
function isLeapSecond(value: string): boolean {
  return ["1998-12-31", "1999-01-01"].some((day) => isDateTime(`${day}T${value}`));
}

/** RFC 5890, section 2.3.2.3, without the dot that may end a name in the DNS alone. */
function isInternational(value: string): boolean {
  return !/[.\uff0e\u3002\uff61]$/.test(value) && isIdnHostname(value);
}

/** RFC 4648, section 4: its alphabet, in groups of four, the last filled up. */
function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}

/** Whether a whole number that no double holds is of a format; true where the format says nothing of numbers. */
export function isInFormat(name: string, value: bigint): boolean {
  if (name === "double-int" || /^u?int(8|16|32)$/.test(name)) return false;
  if (name === "int64") return BigInt.asIntN(64, value) === value;
  if (name === "uint64") return BigInt.asUintN(64, value) === value;
  return true;
}

/** Teaches Ajv every format that is judged. */
export function addFormats(ajv: Ajv): void {
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
}
