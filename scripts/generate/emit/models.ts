import type { Component } from "../contract-model.ts";
import { jsDoc } from "../names.ts";
import { notice } from "./notice.ts";

/** A named type for every component that isn't an enum. */
export function emitModels(components: readonly Component[]): string {
  const models = components
    .filter(({ constants }) => constants === undefined)
    .map(
      ({ key, name, description }) =>
        `${jsDoc([description])}export type ${name} = components["schemas"][${JSON.stringify(key)}];\n`,
    );
  if (models.length === 0) return `// ${notice}\n\nexport {};\n`;
  return `// ${notice}\n\nimport type { components } from "./schema.ts";\n\n${models.join("\n")}`;
}
