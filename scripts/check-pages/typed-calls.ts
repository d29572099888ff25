/** One call of each operation as a user writes it, for the compiler. */
export function typedCalls(
  calls: readonly { readonly id: string; readonly args: readonly unknown[] }[],
): string {
  const lines = calls.map(({ id, args }) => {
    const path = id
      .split(".")
      .map((name) => `[${JSON.stringify(name)}]`)
      .join("");
    return `void client${path}(${args.map(literal).join(", ")});\n`;
  });
  return `import { ApiClient } from "./src/api-client.ts";\n\nconst client = new ApiClient();\n${lines.join("")}`;
}

function literal(value: unknown): string {
  if (value instanceof Blob) return 'new Blob(["a"])';
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${literal(member)}`,
  );
  return `{ ${members.join(", ")} }`;
}
