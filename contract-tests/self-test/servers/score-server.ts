import type { Finding } from "../../harness/checks/finding.ts";
import { judgeServer, KnownContracts } from "./judge-server.ts";
import type { PlantedBug, RealServer } from "./real-server.ts";

/** How the harness fared on one server: as it is, and with each bug. */
export interface ServerScore {
  readonly server: RealServer;
  readonly operations: readonly string[];
  /** Operations of the clean server without a success, and what was answered: `404 × 12`. */
  readonly withoutSuccess: ReadonlyMap<string, string>;
  readonly requests: number;
  /** Findings of the clean server that nobody has explained as true. */
  readonly unexplained: readonly Finding[];
  /** Explained findings that the harness no longer makes. */
  readonly gone: readonly string[];
  readonly bugs: readonly BugOutcome[];
}

export interface BugOutcome {
  readonly bug: PlantedBug;
  /** What gave it away; undefined: nothing did. */
  readonly caught?: Pick<Finding, "check" | "severity" | "operation">;
}

/**
 * Judges a server as it is and with each of these bugs, by default all of its own. A bug is caught when a check that is named for it has a finding
 * that the clean server doesn't have, be it a warning: what rests on a guess says so.
 */
export async function scoreServer(
  server: RealServer,
  planted: readonly PlantedBug[] = server.bugs,
  onProgress: (what: string, done: number, total: number) => void = () => {},
): Promise<ServerScore> {
  const total = planted.length + 1;
  const contracts = new KnownContracts();
  const clean = await judgeServer(server, { contracts });
  onProgress("as it is", 1, total);
  const known = new Set(clean.findings.map(({ id }) => id));
  const explained = new Set(server.trueFindings.flatMap(({ ids }) => ids));
  const bugs: BugOutcome[] = [];
  for (const bug of planted) {
    const isItsOwn = ({ id, check }: Finding) => bug.caughtBy.includes(check) && !known.has(id);
    const { findings } = await judgeServer(server, { planted: bug.id, until: isItsOwn, contracts });
    const [found] = findings.filter(isItsOwn);
    bugs.push({ bug, ...(found ? { caught: found } : {}) });
    onProgress(bug.id, bugs.length + 1, total);
  }
  return {
    server,
    operations: clean.operations,
    withoutSuccess: new Map(
      clean.operations
        .filter((operation) => !clean.succeeded.has(operation))
        .map((operation) => [operation, answersOf(operation, clean.answered)]),
    ),
    requests: clean.requests,
    unexplained: clean.findings.filter(({ id }) => !explained.has(id)),
    gone: [...explained].filter((id) => !known.has(id)),
    bugs,
  };
}

function answersOf(operation: string, answered: ReadonlyMap<string, number>): string {
  const own = [...answered].filter(([key]) => key.startsWith(`${operation} `));
  return (
    own.map(([key, count]) => `${key.slice(operation.length + 1)} × ${count}`).join(", ") || "nothing sent"
  );
}

/**
 * One sentence for everything that isn't as the catalogue says: a bug missed without a reason, one caught that is said
 * to be missed, a finding nobody explained, an explanation of one that is no more, an operation without a success.
 */
export function complaintsAbout(score: ServerScore): readonly string[] {
  const { name, withoutSuccess: expected = [] } = score.server;
  return [
    ...score.bugs.flatMap(({ bug, caught }) => {
      if (!caught && bug.missed === undefined) return [`${name}: nothing caught ${bug.id} (${bug.breach})`];
      return caught && bug.missed !== undefined
        ? [`${name}: ${bug.id} is caught now: take its reason out of the catalogue.`]
        : [];
    }),
    ...score.unexplained.map(({ id, message }) => `${name}: the clean server is blamed: ${id}: ${message}`),
    ...score.gone.map((id) => `${name}: the clean server is no longer blamed: ${id}`),
    ...[...score.withoutSuccess]
      .filter(([operation]) => !expected.some((known) => known.operation === operation))
      .map(([operation, answers]) => `${name}: no success of ${operation} (${answers})`),
    ...expected
      .filter(({ operation }) => !score.withoutSuccess.has(operation))
      .map(
        ({ operation }) => `${name}: ${operation} has a success now: take its reason out of the catalogue.`,
      ),
  ];
}
