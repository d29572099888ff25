import type { Component } from "../contract-model.ts";
import { jsDoc } from "../names.ts";
import { notice } from "./notice.ts";

/** A constant and a type of the same name for every component that is a list of strings. */
export function emitEnums(components: readonly Component[]): string {
  const enums = components.flatMap(({ name, description, constants }) => {
    if (constants === undefined) return [];
    const members = [...constants].map(([key, value]) => `  ${key}: ${JSON.stringify(value)},\n`).join("");
    return `${jsDoc([description])}export const ${name} = {\n${members}} as const;\n${jsDoc([description])}export type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
  });
  return `// ${notice}\n\n${enums.join("\n") || "export {};\n"}`;
}
