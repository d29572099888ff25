import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { isObject } from "../contract/json-object.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The settings of a configuration file as arguments of the command: a YAML or JSON object whose keys are the options'
 * names without their dashes, a list for one that may be repeated, true for a switch. Before the arguments of the command
 * line, which win where an option may be given once.
 *
 * @throws {UsageError} when the file can't be read or isn't such an object
 */
export function configArguments(file: string): readonly string[] {
  const settings = read(file);
  return Object.entries(settings).flatMap(([name, value]) => {
    if (name === "config" || name === "help")
      throw new UsageError(`${file}: "${name}" has no meaning in a configuration file: take it out.`);
    return [value].flat().flatMap((one) => {
      if (typeof one === "boolean") return one ? [`--${name}`] : [];
      if (typeof one === "string" || typeof one === "number") return [`--${name}=${one}`];
      throw new UsageError(`${file}: "${name}" needs a text, a number, true or a list of those.`);
    });
  });
}

function read(file: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(`--config ${file} can't be read (${code}): name a file that is there.`);
  }
  let value: unknown;
  try {
    value = parse(text, { prettyErrors: false, logLevel: "error" });
  } catch (error) {
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [String(error)];
    throw new UsageError(`--config ${file} isn't valid YAML or JSON: ${reason}`);
  }
  if (!isObject(value))
    throw new UsageError(`--config ${file} needs an object of options, such as "spec: openapi.yaml".`);
  return value;
}
