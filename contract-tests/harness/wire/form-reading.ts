import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import type { Oracle } from "../schema/oracle.ts";

/** True when some reading of the form's texts keeps the schema: in a form, "5" is the number as well as the text. */
export function formReadingAccepted(oracle: Oracle, schema: string, value: unknown): boolean {
  if (!isObject(value)) return oracle.accepts(schema, "request", value);
  const read = Object.entries(value).map(([name, member]) => {
    const property = joinPointer(oracle.follow(schema).pointer, "properties", name);
    const text = typeof member === "object" ? JSON.stringify(member) : String(member);
    const readings: unknown[] = [member, text];
    if (text.trim() !== "" && Number.isFinite(Number(text))) readings.push(Number(text));
    if (text === "true" || text === "false") readings.push(text === "true");
    const fitting =
      oracle.source(property) === undefined
        ? undefined
        : readings.find((reading) => oracle.accepts(property, "request", reading));
    return [name, fitting ?? member] as const;
  });
  return oracle.accepts(schema, "request", Object.fromEntries(read));
}
