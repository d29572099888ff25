/**
 * Why the harness misses what it misses, by the id of the fault or the beginning of a mutant's. A survivor that isn't
 * here is published as unexplained.
 */
const explained: Readonly<Record<string, string>> = {};

export function reasonFor(id: string): string | undefined {
  return explained[id] ?? Object.entries(explained).find(([prefix]) => id.startsWith(prefix))?.[1];
}
