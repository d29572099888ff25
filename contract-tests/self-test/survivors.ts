/**
 * Why the harness misses what it misses, by the id of the fault or the beginning of a mutant's. A survivor that isn't
 * here is published as unexplained.
 */
const explained: Readonly<Record<string, string>> = {
  "POST /books ›":
    "The operation has more cases than the 300 that a run sends by default; the case that shows it is among those left out, which the report tells. Raise it with --max-cases.",
};

export function reasonFor(id: string): string | undefined {
  return explained[id] ?? Object.entries(explained).find(([prefix]) => id.startsWith(prefix))?.[1];
}
