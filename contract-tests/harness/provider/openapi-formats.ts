import { addFormat, setFormatHandler } from "@hyperjump/json-schema/experimental";

/** How many bits an integer of the format has; those of `u…` have no sign. */
const integers = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const;

const texts: Readonly<Record<string, RegExp>> = {
  byte: /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i,
  base64url: /^[\w-]*={0,2}$/,
  char: /^.$/su,
};

/** Teaches the validator the formats of the OpenAPI Format Registry that forbid something, for JSON Schema 2020-12. */
export function addOpenApiFormats(): void {
  for (const name of integers) {
    const bits = Number(name.replace(/\D/g, ""));
    const [least, end] = name.startsWith("u") ? [0, 2 ** bits] : [-(2 ** (bits - 1)), 2 ** (bits - 1)];
    add(
      name,
      (value) => typeof value !== "number" || (Number.isInteger(value) && value >= least && value < end),
    );
  }
  for (const [name, pattern] of Object.entries(texts))
    add(name, (value) => typeof value !== "string" || pattern.test(value));
}

function add(name: string, handler: (value: unknown) => boolean): void {
  const id = `https://spec.openapis.org/registry/format/${name}`;
  addFormat({ id, handler });
  for (const keyword of ["format", "format-assertion"])
    setFormatHandler(`https://json-schema.org/keyword/draft-2020-12/${keyword}`, name, id);
}
