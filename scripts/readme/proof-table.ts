import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The harness README's table of what the harness was tried on, read off the pages that the scripts write.
 *
 * @param docs the folder of these pages
 * @throws Error naming the page, when it doesn't hold the figure in the form that is read here
 */
export function proofTable(docs: string): string {
  const page = (name: string) => readFileSync(join(docs, name), "utf8");
  const score = figures(page("fault-score.md"), "fault-score.md", scoreRow);
  const [written = 0, caught = 0, mutants = 0, noticed = 0, alarms = 0, exchanges = 0] = sums(score);
  const [servers] = figures(page("real-servers.md"), "real-servers.md", serversRow);
  const [reached = 0, operations = 0, found = 0, bugs = 0] = servers ?? [];
  const vectors = figures(page("vectors.md"), "vectors.md", vectorRow);
  const [right = 0, of = 0] = sums(vectors);
  const [foreign = 0, unexplained = 0] = sums(
    figures(page("foreign-contracts.md"), "foreign-contracts.md", foreignRow),
  );
  const rows: [string, string][] = [
    ["servers with one fault each, written by hand", `${caught} of ${written} caught`],
    [
      "servers with one fault each, derived from the contract",
      `${grouped(noticed)} of ${grouped(mutants)} caught`,
    ],
    ["valid exchanges with servers that conform", `${alarms} blamed, of ${grouped(exchanges)}`],
    [
      "five applications on FastAPI, Fastify, NestJS, Hono and Express, with bugs that teams ship",
      `${found} of ${bugs} caught; ${reached} of ${operations} operations seen to succeed`,
    ],
    [
      "the JSON Schema Test Suite and the URI template tests, as far as OpenAPI has them",
      `${grouped(right)} of ${grouped(of)} right`,
    ],
    [
      `other people's contracts, on their mocks (${grouped(foreign)} operations judged)`,
      `${unexplained} findings without a cause`,
    ],
  ];
  return [
    "| tried on | result |",
    "| --- | --- |",
    ...rows.map(([what, result]) => `| ${what} | ${result} |`),
  ].join("\n");
}

/** `| token | 158 / 158 (…) | 20 / 20 (…) | 6 / 6 (…) | 0 over 1944 valid …`: written, caught, mutants, noticed, alarms, exchanges. */
function scoreRow(line: string): number[] | undefined {
  const row =
    /^\| \S+ \| (\d+) \/ (\d+) \(.*?\) \| (\d+) \/ (\d+) \(.*?\) \| (\d+) \/ (\d+) \(.*?\) \| (\d+) over (\d+) /.exec(
      line,
    );
  if (row === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = row.slice(1).map(Number);
  return [b, a, d + f, c + e, g, h];
}

/** `| **all** |  | 48 / 48 (…) | 122 / 122 (…) | …`. */
function serversRow(line: string): number[] | undefined {
  return /^\| \*\*all\*\* \|[^|]*\| (\d+) \/ (\d+) [^|]*\| (\d+) \/ (\d+) /.exec(line)?.slice(1).map(Number);
}

/** `| required | 1074 of 1074 | …`. */
function vectorRow(line: string): number[] | undefined {
  return /^\| [\w-]+ \| (\d+) of (\d+) \|/.exec(line)?.slice(1).map(Number);
}

/** `| a document | operations | requests | not judged | findings | unexplained |`. */
function foreignRow(line: string): number[] | undefined {
  const row = /^\| [^|]+ \| (\d+) \| \d+ \| \d+ \| \d+ \| (\d+) \|$/.exec(line);
  return row?.slice(1).map(Number);
}

function figures(
  text: string,
  name: string,
  read: (line: string) => number[] | undefined,
): readonly number[][] {
  const rows = text.split("\n").flatMap((line) => {
    const row = read(line);
    return row === undefined ? [] : [row];
  });
  if (rows.length === 0)
    throw new Error(`docs/${name} holds no row of figures in the form that the README quotes`);
  return rows;
}

function sums(rows: readonly number[][]): number[] {
  return rows.reduce((total, row) => row.map((each, index) => each + (total[index] ?? 0)), []);
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
