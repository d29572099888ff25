import type { RunSummary, SuccessCount } from "../run/events.ts";

/** Operations that were judged and never seen to succeed, in the order of the run. */
export function withoutSuccess({ successes = [] }: Pick<RunSummary, "successes">): readonly SuccessCount[] {
  return successes.filter(({ succeeded }) => succeeded === 0);
}

/** Operations of which no valid request was sent or seen, so that they weren't judged, or by refusals alone; of how many. */
export function withoutRequest({
  counts,
  successes,
  notJudged,
}: Pick<RunSummary, "counts" | "successes" | "notJudged">): { readonly none: number; readonly all: number } {
  // What a program sends is counted in rows of its own.
  const plain = (row: string) => row.replace(/^client › /, "");
  const tried = new Set((successes ?? []).filter((row) => row.tried > 0).map((row) => plain(row.operation)));
  // What is told of a check alone may be about a path that isn't documented.
  const told = notJudged.flatMap(({ operation, check }) =>
    operation === undefined || check !== undefined ? [] : [operation],
  );
  const all = new Set([...counts.map(({ operation }) => operation), ...told].map(plain));
  const none = successes === undefined ? 0 : [...all].filter((operation) => !tried.has(operation)).length;
  return { none, all: all.size };
}

/**
 * A result that fails where an operation wasn't seen to succeed (`--require-success`).
 *
 * @param operations ids of those that were to be judged; one of which nothing is known has no success either. Default:
 * those of which something is known
 */
export function requireSuccess(summary: RunSummary, operations: Iterable<string> = []): RunSummary {
  const { successes = [] } = summary;
  const known = new Set(successes.map(({ operation }) => operation));
  const unknown = [...operations].filter((operation) => !known.has(operation));
  const all = [
    ...successes,
    ...unknown.map((operation) => ({ operation, tried: 0, succeeded: 0, instead: {} })),
  ];
  const fails = withoutSuccess({ successes: all }).length > 0;
  return {
    ...summary,
    successes: all,
    ...(fails ? { successRequired: true, verdict: "does-not-conform" } : {}),
  };
}

/**
 * `no request succeeded (404 × 12, 401 × 2): give --param item_id=…`: what came instead, most often first, and what may help.
 *
 * @param known what else the run tells: of the POST that makes what the path names, above all
 */
export function noSuccessWords(
  row: SuccessCount,
  known: Partial<Pick<RunSummary, "successes" | "notJudged">> = {},
): string {
  const statuses = Object.entries(row.instead).sort(([, a], [, b]) => b - a);
  const shown = statuses.map(([status, count]) => `${status === "none" ? "no answer" : status} × ${count}`);
  const advice = adviceFor(row.operation, statuses[0]?.[0], known);
  return `no request succeeded (${shown.join(", ") || "no valid request was tried"})${advice === undefined ? "" : `: ${advice}`}`;
}

/** What the caller can give; what the server does wrong by itself, nobody can. */
function adviceFor(
  operation: string,
  status: string | undefined,
  { successes = [], notJudged = [] }: Partial<Pick<RunSummary, "successes" | "notJudged">>,
): string | undefined {
  if (status === "401" || status === "403") return "give a credential with --auth or --header";
  if (status === undefined || !/^4/.test(status) || status === "405" || status === "429") return undefined;
  const names = [...operation.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => `--param ${name}=…`);
  const last = operation.lastIndexOf("/{");
  const maker = `POST ${last === -1 ? "" : operation.slice(operation.indexOf(" ") + 1, last)}`;
  const made = successes.find((row) => row.operation === maker && row.tried > 0);
  const [refusal] = Object.entries(made?.instead ?? {}).sort(([, a], [, b]) => b - a);
  if (made?.succeeded === 0 && refusal) return `nothing could be created (${maker}: ${refusal[0]})`;
  const leftOut = notJudged.find((item) => item.operation === maker && item.reason.startsWith("left out by"));
  const orMake = leftOut ? ` (${maker}, which creates what it needs, is ${leftOut.reason})` : "";
  return names.length > 0
    ? `give ${names.join(" ")}${orMake}`
    : "give values that it accepts with --param NAME=…";
}
