import { InputError } from "../cli/input-error.ts";

/** Names of the contract as TypeScript names. Pure, and the same for every revision of a page. */

/**
 * A component's exported type: `SingleUseTokenType` stays, `Settings-Input` becomes `Settings_Input`, since the
 * exporter has pages with both `Settings-Input` and `SettingsInput`.
 */
export function typeName(component: string): string {
  const name = component.replace(/[^\w$]/g, "_");
  return /^\d/.test(name) || reserved.has(name) || taken.has(name) ? `_${name}` : name;
}

/** An enum member's constant: `realtime_scribe` becomes `RealtimeScribe`, `mp3_44100` becomes `Mp344100`. */
export function constantName(member: string): string {
  const words = member.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  if (name === "") return "Empty";
  return /^\d/.test(name) ? `_${name}` : name;
}

/** A property key in an object type or literal, quoted only where it has to be. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A parameter's name in a function type: `token_type` stays, `xi-api-key` becomes `xi_api_key`. */
export function argumentName(parameter: string): string {
  const name = parameter.replace(/[^\w$]/g, "_");
  return /^\d/.test(name) || reserved.has(name) || ourArguments.has(name) ? `_${name}` : name;
}

/**
 * A path's parameters are the arguments of the generated method, one after the other.
 *
 * @throws InputError when two of them would have the same name
 */
export function refuseEqualArguments(operation: string, parameters: readonly string[]): void {
  const named = new Map<string, string>();
  for (const name of parameters) {
    const other = named.get(argumentName(name));
    if (other !== undefined)
      throw new InputError(
        `the path parameters "${other}" and "${name}" of ${operation} would both be called ${argumentName(name)} in TypeScript; rename one with an overlay.`,
      );
    named.set(argumentName(name), name);
  }
}

/**
 * An operationId as the names of a call, one inside the other: each a name that can be written after a dot where it is
 * made of words, `list-all` as `listAll`.
 *
 * @throws InputError when a name is one that every object has, or there is none
 */
export function callableId(operationId: string): string {
  const names = operationId
    .split(".")
    .filter((name) => name !== "")
    .map((name) => (/^[\w$]+(-[\w$]+)+$/.test(name) ? camelCase(name) : name));
  const [inherited] = names.filter((name) => name in Object.prototype || name === "prototype");
  if (inherited !== undefined || names.length === 0)
    throw new InputError(
      `the operationId "${operationId}" can't be the name of a call${inherited === undefined ? "" : `: every object has a "${inherited}"`}; rename it with an overlay.`,
    );
  return names.join(".");
}

/** `list-all_pages` → `listAllPages`; a leading or trailing dash of either kind is dropped only where a word follows. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])[_-]+([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());
}

const reserved = new Set(
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static implements interface package private protected public await arguments eval".split(
    " ",
  ),
);

/** Names that no type of the contract may have: TypeScript's own, and those that the generated files use. */
const taken = new Set(
  "any bigint boolean never null number object string symbol undefined unknown components operations paths webhooks CallSurface FileInput Array ArrayBuffer AsyncIterableIterator NonNullable Omit Promise ReadableStream Record Uint8Array".split(
    " ",
  ),
);

/** Arguments that every generated method may have. */
const ourArguments = new Set(["request", "requestOptions"]);

/** JSDoc lines; a text can't close the comment. */
export function jsDoc(lines: readonly (string | undefined)[], indent = ""): string {
  const kept = lines
    .filter((line) => line !== undefined)
    .flatMap((line) => line.replaceAll("*/", "*\\/").split("\n"));
  if (kept.length === 0) return "";
  if (kept.length === 1) return `${indent}/** ${kept[0]} */\n`;
  return `${indent}/**\n${kept.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
