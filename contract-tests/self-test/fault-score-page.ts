import type { ContractScore, Survivor, Tally } from "./score.ts";

const command = "npm run fault-score";

/** The page that publishes the figures: the same text for the same figures, whenever and wherever it is made. */
export function faultScorePage(scores: readonly ContractScore[], seed: number): string {
  return `${[
    "# How many faults the harness catches",
    `<!-- Written by \`${command}\`: do not edit. -->`,
    introduction(seed),
    "## Figures",
    table(
      ["contract", "catalogue", "response mutants", "request mutants", "false alarms"],
      scores.map((score) => [
        score.name,
        ratio(score.catalogue),
        ratio(score.responseMutants),
        ratio(score.requestMutants),
        `${score.clean.falseAlarms.length} over ${score.clean.exchanges} valid exchanges with ${score.clean.variations} clean variations`,
      ]),
    ),
    "## What isn't caught",
    ...scores.flatMap((score) => survivors(score)),
    "## False alarms",
    ...alarms(scores),
    "## Left out",
    leftOut(scores),
    "## What these figures don't say",
    limits,
  ].join("\n\n")}\n`;
}

function introduction(seed: number): string {
  return `The harness is run against servers that each violate one rule. A fault counts as caught only if a check that is named
for it reports an error. \`${command}\` runs all of them over HTTP on
loopback with seed ${seed}, writes this page, and fails if a figure falls below
[the floor](../contract-tests/self-test/fault-floor.json) or a conforming server is blamed.

- **Catalogue**: faults written by hand, one declaration each, for the
  [token contract](../src/simulator/faults/) and for a
  [library's contract](../contract-tests/self-test/contracts/library.openapi.yaml) that contains one of everything
  ([its faults](../contract-tests/self-test/library-faults/)).
- **Response mutants**, derived from the contract: a conforming response, changed in one place to violate one rule
  (a property dropped, retyped, null or extra; an enum, bound, length, pattern or format missed by the smallest step; a
  header, media type or status changed; a writeOnly property leaked; a body cut). Each rule of a schema is violated once
  in each way, in the first response that it applies to.
- **Request mutants**, derived from the contract: a server that enforces one rule too few (dropped, or its bound off by
  the smallest step) or one too many.
- **Clean variations**: what HTTP, JSON and the contract leave to the server.

[real-servers.md](real-servers.md) shows how it fares on whole applications with typical bugs and on servers made by others,
with the reason for each bug that it misses.`;
}

function ratio({ caught, total }: Tally): string {
  return total === 0 ? "–" : `${caught} / ${total} (${percent(caught, total)})`;
}

/** Rounded down, so that only all is 100 %. */
export function percent(caught: number, total: number): string {
  return `${(Math.floor((caught * 1000) / total) / 10).toFixed(1)} %`;
}

function survivors({ name, catalogue, responseMutants, requestMutants }: ContractScore): readonly string[] {
  const all = [catalogue, responseMutants, requestMutants].flatMap((tally) => tally.survivors);
  if (all.length === 0) return [`Nothing of the ${name} contract.`];
  return [`Of the ${name} contract:`, all.map(survivorLine).join("\n")];
}

function survivorLine({ id, breach, reason }: Survivor): string {
  return `- \`${id}\`: ${breach} *${reason ?? "Not explained yet."}*`;
}

function alarms(scores: readonly ContractScore[]): readonly string[] {
  const lines = scores.flatMap(({ name, clean }) =>
    clean.falseAlarms.map(
      ({ variation, finding, message }) => `- ${name} › ${variation}: \`${finding}\`: ${message}`,
    ),
  );
  return [lines.length === 0 ? "None." : lines.join("\n")];
}

function leftOut(scores: readonly ContractScore[]): string {
  const lines = scores.flatMap(({ name, equivalent, notReached }) => [
    ...[...equivalent].map(
      ([reason, count]) => `- ${name}: ${count} mutants that conform to the contract: ${reason}.`,
    ),
    ...notReached.map(
      (answer) => `- ${name}: nothing was derived from \`${answer}\`, which no request triggers.`,
    ),
  ]);
  return lines.length === 0 ? "Nothing." : lines.join("\n");
}

const limits = `The faults are ours: another author would think of others. That the derived mutants violate the contract is judged by a
second reading of it ([value-judge.ts](../contract-tests/harness/provider/value-judge.ts)), which shares no code with
the oracle. An undocumented value that a server accepts, and that resembles no documented
one, can't be found from outside; nor can a fault that shows only after more requests than a run sends.`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
