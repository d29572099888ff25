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
  return /^\d/.test(name) || reserved.has(name) ? `_${name}` : name;
}

const reserved = new Set(
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static implements interface package private protected public await".split(
    " ",
  ),
);

/** Names that no type of ours may have: TypeScript's own, and the one from which all the others are taken. */
const taken = new Set(
  "any bigint boolean never null number object string symbol undefined unknown components".split(" "),
);

/** JSDoc lines; a text can't close the comment. */
export function jsDoc(lines: readonly (string | undefined)[], indent = ""): string {
  const kept = lines
    .filter((line) => line !== undefined)
    .flatMap((line) => line.replaceAll("*/", "*\\/").split("\n"));
  if (kept.length === 0) return "";
  if (kept.length === 1) return `${indent}/** ${kept[0]} */\n`;
  return `${indent}/**\n${kept.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
