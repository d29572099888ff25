import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, type Outcome, type Seen, TestServers } from "../harness/command.ts";
import type { Answer, Revisions } from "./revisions.ts";

/** A row of the report. */
export interface Row {
  readonly behaviour: string;
  readonly isAgainstRevision: boolean;
  readonly kind: string;
  readonly message: string;
  readonly why: string;
  readonly operations: readonly string[];
  readonly places: object;
  readonly requests: readonly { readonly says: string; readonly curl: string }[];
}

/** Asks a server between two documents: what the command printed, the rows of its report, and what the server saw. */
export async function ask(
  { base, revision }: Pick<Revisions, "base" | "revision">,
  answer: Answer,
  ...more: readonly string[]
): Promise<Outcome & { readonly rows: readonly Row[]; readonly seen: readonly Seen[] }> {
  const folder = mkdtempSync(join(tmpdir(), "between-"));
  const servers = new TestServers();
  let turn = 0;
  const target = await servers.serve(({ method, url, headers, body }, response) => {
    const { pathname, searchParams } = new URL(url, "http://server");
    const asked = { method, path: pathname, query: searchParams, headers, body: parsed(body) };
    const { status, json } = answer(asked, turn++);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(json === undefined ? "" : JSON.stringify(json));
  });
  try {
    const [before, after] = [join(folder, "base.json"), join(folder, "revision.json")] as const;
    const report = join(folder, "report.json");
    writeFileSync(before, JSON.stringify(base));
    writeFileSync(after, JSON.stringify(revision));
    const args = ["between", before, after, "--target", target, "--report", report, ...more];
    const outcome = await command(args);
    const { changes }: { changes: readonly Row[] } = JSON.parse(readFileSync(report, "utf8"));
    return { ...outcome, rows: changes, seen: [...servers.seen] };
  } finally {
    await servers.close();
    rmSync(folder, { recursive: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The behaviours by the kinds of change. */
export function byKind(rows: readonly Row[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.map(({ kind, behaviour }) => [kind, behaviour]));
}
