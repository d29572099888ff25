import { isObject, type JsonObject } from "../contract/json-object.ts";
import { UsageError } from "./usage-error.ts";

/**
 * `value` with the variables of the environment in place of `${NAME}` in its texts; `$${` stands for `${` itself.
 *
 * @param written how the file is named in messages
 * @throws {UsageError} when a variable isn't set
 */
export function withVariables(
  value: JsonObject,
  env: Readonly<Record<string, string | undefined>>,
  written: string,
): JsonObject {
  const fill = (node: unknown, place: string): unknown => {
    if (typeof node === "string") return filled(node, place);
    if (Array.isArray(node)) return node.map((item, index) => fill(item, `${place}[${index}]`));
    return isObject(node) ? members(node, place) : node;
  };
  const filled = (text: string, place: string): string =>
    text.replace(/\$?\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) => {
      if (whole.startsWith("$$")) return whole.slice(1);
      const found = env[name];
      if (found === undefined || found === "")
        throw new UsageError(`${written}: ${place} needs the environment variable ${name}, which isn't set.`);
      return found;
    });
  const members = (node: JsonObject, place: string): JsonObject =>
    Object.fromEntries(
      Object.entries(node).map(([name, member]) => [
        name,
        fill(member, place === "" ? name : `${place}.${name}`),
      ]),
    );
  return members(value, "");
}
