import type { Change } from "./change.ts";

/** More places than this help nobody; the JSON form has them all. */
const shown = 12;

/** Whether our code uses what a change touches, in words: `names "x" in src/a.ts:3,7, src/b.ts:1`. */
export function listMentions({ mentions, searched }: Pick<Change, "mentions" | "searched">): string {
  if (searched.length === 0) return "can't use it yet: it is new";
  const named = searched.slice(0, shown).map((name) => `"${name}"`);
  const names = `${named.join(", ")}${searched.length > shown ? ` and ${searched.length - shown} more` : ""}`;
  if (mentions.length === 0) return `names ${names} nowhere`;
  const lines = new Map<string, number[]>();
  for (const { file, line } of mentions.slice(0, shown)) lines.set(file, [...(lines.get(file) ?? []), line]);
  const places = [...lines].map(([file, numbers]) => `${file}:${numbers.join(",")}`);
  const more = mentions.length > shown ? ` and ${mentions.length - shown} more` : "";
  return `names ${names} in ${places.join(", ")}${more}`;
}
