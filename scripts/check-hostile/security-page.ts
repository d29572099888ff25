import type { Held } from "./held.ts";

/** docs/security.md. */
export function securityPage(held: readonly Held[]): string {
  const rows = held.map(
    ({ surface, attacks, problems }) =>
      `| ${surface.name} | ${surface.tried} | ${attacks} of ${attacks + problems.length} |`,
  );
  return `# What was attacked, and held

Written by \`npm run check:hostile -- --write\`. CI runs the same attacks, and fails when one doesn't hold, is skipped, or
when fewer are run than this page says. [SECURITY.md](../SECURITY.md) says how to report what isn't here.

| surface | tried | held |
|---|---|---|
${rows.join("\n")}

What holds them, wherever they come from:

- **A failure is one sentence and exit code 2**, or the case or check that it befell is told as not judged. Every function of
  the harness was made to throw, one after the other.
- **Secrets are taken out twice**: of each part as it is told, and of each whole text before it is written. What can't be
  looked through isn't written.
- **No pattern goes back over received text**: each is tried with texts of 16, 64 and 256 KiB that are made from itself, and
  one that is added is tried without anybody's doing. Patterns of contracts are judged by an engine that is linear.
- **Everything has a budget**: values of an operation get 2 seconds and a million parts, lists 1,000 items, texts 100,000
  characters, a schema 5,000 subschemas and a value a million looks at them, one check 100 findings on one exchange. What
  exceeds it is told as not judged. No attack here takes 10 seconds of a processor or 1 GiB.
`;
}
