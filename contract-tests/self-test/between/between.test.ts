import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { command, TestServers } from "../harness/command.ts";
import { type Answer, goodKey, type Revisions, sixRevisions } from "./revisions.ts";

const folder = mkdtempSync(join(tmpdir(), "between-"));
const servers = new TestServers();
afterEach(() => servers.close());
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly behaviour: string;
  readonly kind: string;
  readonly why: string;
  readonly message: string;
  readonly operations: readonly string[];
}

/** Asks a server between two documents: what the command printed, and the rows of its report. */
async function asked(
  { base, revision }: Pick<Revisions, "base" | "revision">,
  answer: Answer,
  ...more: readonly string[]
) {
  let turn = 0;
  const target = await servers.serve(({ method, url, headers, body }, response) => {
    const { pathname, searchParams } = new URL(url, "http://server");
    const sent: unknown = body.startsWith("{") ? safely(body) : undefined;
    const { status, json } = answer(
      { method, path: pathname, query: searchParams, headers, body: sent },
      turn++,
    );
    response.writeHead(status, { "content-type": "application/json" });
    response.end(json === undefined ? "" : JSON.stringify(json));
  });
  const [before, after, report] = [
    join(folder, "base.json"),
    join(folder, "revision.json"),
    join(folder, "report.json"),
  ] as const;
  writeFileSync(before, JSON.stringify(base));
  writeFileSync(after, JSON.stringify(revision));
  const outcome = await command(["between", before, after, "--target", target, "--report", report, ...more]);
  const { changes }: { changes: readonly Row[] } = JSON.parse(readFileSync(report, "utf8"));
  rmSync(report);
  return { ...outcome, rows: changes, seen: [...servers.seen] };
}

function safely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const cases = sixRevisions.flatMap((revisions) =>
  (["old", "new", "both", "neither"] as const).map(
    (behaviour) => [revisions.name, behaviour, revisions] as const,
  ),
);

test.each(cases)("%s: a server that goes by %s is told as such", async (_, behaviour, revisions) => {
  const key = revisions.kind === "security-added" ? ["--auth", `key=${goodKey}`] : [];
  const { rows, code, output } = await asked(revisions, revisions.servers[behaviour], ...key);
  const row = rows.find(({ kind }) => kind === revisions.kind);
  expect(row?.behaviour, output).toBe(behaviour);
  expect(code, output).toBe(behaviour === "new" ? 0 : 1);
  expect(output).not.toContain(goodKey);
});
