import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseJsonReport } from "../../harness/reports/read-json-report.ts";
import { type LendingFault, lendingDocument, lendingServer, lendingToken } from "../lending-server.ts";
import { command, TestServers } from "./command.ts";

export const rightCredential = ["--auth", `bearer=${lendingToken}`];

/** The command on servers of `lendingDocument`, as somebody judges an API of their own; `end` leaves nothing behind. */
export class OwnApi {
  readonly servers = new TestServers();
  readonly #folder = mkdtempSync(join(tmpdir(), "own-api-"));
  readonly spec = join(this.#folder, "lending.json");
  readonly file = join(this.#folder, "report.json");

  constructor() {
    writeFileSync(this.spec, JSON.stringify(lendingDocument));
  }

  async judged(fault: LendingFault | undefined, args: readonly string[]) {
    const target = await lendingServer(this.servers, fault);
    const outcome = await command(["--spec", this.spec, "--target", target, "--report", this.file, ...args]);
    const { summary } = parseJsonReport(readFileSync(this.file, "utf8"), this.file);
    const ids = summary.findings.map(({ id }) => id);
    const success = new Map((summary.successes ?? []).map((row) => [row.operation, row] as const));
    return { ...outcome, target, summary, ids, success };
  }

  async end(): Promise<void> {
    await this.servers.close();
    rmSync(this.#folder, { recursive: true });
  }
}
