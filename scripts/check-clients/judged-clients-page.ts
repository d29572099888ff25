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

\`npm run check:clients -- --write\` writes this page. Each program requests one token from a mock of the contract: once with plain
responses, and once with each valid variation of them (slow, chunked, an unknown property, gzip, an upper-case media type, closed
connections, 429 with \`Retry-After: 1\`, a redirect to another host). It succeeds if it prints a token. Only the key and the host are
replaced; everything else is as its authors wrote it.

| program | requests | findings |
|---|--:|---|
${rows.map(lineOf).join("\n")}

A sample on a page is meant to be short: that it doesn't retry isn't a fault, but something to add before using it.
That a credential is forwarded to another host matters to everyone who runs it: HTTP clients drop \`Authorization\`
from a redirected request, but not an API's own header.
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
