import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { parseJsonReport } from "../../harness/reports/read-json-report.ts";
import { type LendingFault, lendingDocument, lendingServer, lendingToken } from "../lending-server.ts";
import { command, TestServers } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "own-api-"));
const spec = join(folder, "lending.json");
const file = join(folder, "report.json");
writeFileSync(spec, JSON.stringify(lendingDocument));
const servers = new TestServers();
afterEach(() => servers.close());
afterAll(() => rmSync(folder, { recursive: true }));

const right = ["--phases", "coverage", "--auth", `bearer=${lendingToken}`];

/** The command's verdict on a server, as somebody judges an API of their own. */
async function judged(fault?: LendingFault, args: readonly string[] = right) {
  const target = await lendingServer(servers, fault);
  const outcome = await command(["--spec", spec, "--target", target, "--report", file, ...args]);
  const { summary } = parseJsonReport(readFileSync(file, "utf8"), file);
  const ids = summary.findings.map(({ id }) => id);
  const success = new Map((summary.successes ?? []).map((row) => [row.operation, row] as const));
  return { ...outcome, target, summary, ids, success };
}

describe("a credential that every operation refuses", () => {
  it.each([
    [
      "missing",
      ["--max-cases", "8"],
      "no credential was given for `bearer`, and every operation that requires it refused (401): pass --auth bearer=TOKEN",
    ],
    [
      "wrong",
      ["--max-cases", "8", "--auth", "bearer=wrong"],
      "the credential given for `bearer` was refused by every operation that requires it (401)",
    ],
  ])("is told once when it is %s, and nothing that follows from it", async (_, args, reason) => {
    const { code, output, ids, summary } = await judged(undefined, args);
    expect(code, output).toBe(2);
    expect(ids).toEqual([]);
    expect(summary.stopped).toEqual({ by: "target", reason });
    expect(output).toContain(`✗ conforms as far as judged, incomplete because ${reason}: `);
    expect(summary.notJudged).toContainEqual({
      operation: "POST /books",
      check: "positive-data-acceptance",
      reason,
    });
  });
});
