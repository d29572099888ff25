import type { Finding } from "../../contract-tests/harness/checks/finding.ts";

/** Somebody's program, and what was found in it. */
export interface JudgedRow {
  readonly name: string;
  /** That it has sent in all. */
  readonly requests: number;
  readonly findings: readonly Finding[];
}

/** docs/judged-clients.md: what `client` finds in programs that others have written. */
export function judgedClientsPage(rows: readonly JudgedRow[]): string {
  return `# What \`client\` finds in other people's programs

\`npm run check:clients -- --write\` writes this page. Each program asks for one token from a mock of the contract: once as it is, and
once under each clean variation of the answers (slow, chunked, an unknown property, gzip, an upper-case media type, closed connections,
429 with \`Retry-After: 1\`, a redirect to another host). It succeeds when it prints a token. The key and the host are replaced; all else
is as its authors wrote it.

| program | requests | findings |
|---|--:|---|
${rows.map(lineOf).join("\n")}

A sample on a page is meant to be short: that it gives up when it is told to wait is no fault of its own, and something to add before it
is used. That a credential goes along to another host is for everybody to know who runs it: HTTP clients take \`Authorization\`
off a redirected request, and not a header of the API's own.
`;
}

function lineOf({ name, requests, findings }: JudgedRow): string {
  const told = findings.map(({ check, message }) => `\`${check}\`: ${message}`).join("<br>");
  return `| ${name} | ${requests} | ${told || "none"} |`;
}

/** The lines of the table by the programs' names. */
export function rowsOfPage(page: string): ReadonlyMap<string, string> {
  const lines = page
    .split("\n")
    .filter((line) => /^\| (?!program |---)/.test(line) && !line.startsWith("|---"));
  return new Map(lines.map((line) => [line.split(" | ")[0]?.slice(2) ?? "", line]));
}
