import type { Held } from "./held.ts";

/** docs/security.md. */
export function securityPage(held: readonly Held[]): string {
  const rows = held.map(
    ({ surface, attacks, problems }) =>
      `| ${surface.name} | ${surface.tried} | ${attacks} of ${attacks + problems.length} |`,
  );
  return `# What was attacked, and held

Written by \`npm run check:hostile -- --write\`. Without \`--write\` it repeats the attacks, and fails if
one gets through, is skipped, or if fewer run than this page says. [SECURITY.md](../SECURITY.md) says how to report what isn't here.

| surface | tried | held |
|---|---|---|
${rows.join("\n")}

What stops them, wherever they come from:

- **A failure is one sentence and exit code 2**, or the affected case or check is reported as not judged. Every function of
  the harness was made to throw, one at a time.
- **Secrets are redacted twice**: in each part as it is reported, and in each whole text before it is written. What can't be
  searched isn't written.
- **No pattern backtracks on received text**: each is tried on texts of 16, 64 and 256 KiB derived from the pattern itself,
  and new ones are tried automatically. Patterns from contracts run on a linear-time engine.
- **Everything has a budget**: an operation's values get 2 seconds and a million parts, lists 1,000 items, texts 100,000
  characters, a schema 5,000 subschemas, a value a million steps through them, and one check 100 findings on one exchange.
  What exceeds it is reported as not judged. An attack that takes 10 seconds of processor time or 1 GiB isn't held.
`;
}
