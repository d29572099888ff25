import type { Rule } from "./rule.ts";

/** An answer's named enum lost a value: on the wire that is harmless, but the generated constant goes with it. */
export const enumConstantRemoved: Rule = {
  id: "enum-constant-removed",
  meaning: "Code that names the value's generated constant no longer compiles.",
  changes: ({ schemas }) =>
    schemas.flatMap(({ direction, base, revision }) => {
      const before = base.value["enum"];
      const after = revision.value["enum"];
      if (
        direction !== "response" ||
        base.path.length !== 3 ||
        !Array.isArray(before) ||
        !Array.isArray(after)
      )
        return [];
      const gone = before.filter((value) => !after.includes(value));
      if (gone.length === 0) return [];
      return [
        {
          bump: "major" as const,
          message: `Enum \`${base.path.at(-1)}\` lost ${gone.map((value) => JSON.stringify(value)).join(", ")}.`,
          base: [...base.path, "enum"],
          revision: [...revision.path, "enum"],
          before,
          after,
        },
      ];
    }),
};
