import { isObject, type JsonObject, type Path, valueAt } from "../generate/json.ts";

/** A sentence about something in a parameter, with the parameter's name: Redocly's tell only what changed in it. */
export function nameParameter(message: string, document: JsonObject, path: Path): string {
  const index = path.indexOf("parameters");
  const parameter = index < 0 ? undefined : valueAt(document, path.slice(0, index + 2));
  if (!isObject(parameter)) return message;
  const { name, in: place } = parameter;
  if (typeof name !== "string" || message.includes(`\`${name}\``)) return message;
  return message.replace(/\.?$/, ` (${place} parameter \`${name}\`).`);
}
