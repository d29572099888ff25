import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Finding } from "../../../harness/checks/finding.ts";
import { conformance } from "../../../harness/cli/conformance.ts";
import type { SuccessCount } from "../../../harness/run/events.ts";
import { freePort, startProcess } from "../start-process.ts";
import type { InstalledServer } from "./installed-server.ts";

/** What the command made of a server. */
export interface InstalledVerdict {
  readonly server: InstalledServer;
  readonly operations: number;
  readonly withoutSuccess: readonly string[];
  readonly requests: number;
  readonly found: readonly Pick<Finding, "id" | "message" | "curl" | "actual" | "severity">[];
}

/**
 * Starts an installed server in an empty folder and judges it by the command, as its users would.
 *
 * @throws ServersUnavailableError when it isn't here.
 */
export async function judgeInstalled(server: InstalledServer): Promise<InstalledVerdict> {
  server.prepare();
  const folder = mkdtempSync(join(tmpdir(), `${server.name}-`));
  try {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const { command, env, readyPath } = server.start(folder, port);
    const { name } = server;
    const started = await startProcess({
      name,
      command,
      cwd: folder,
      env,
      readyAt: `${address}${readyPath}`,
    });
    try {
      const report = join(folder, "report.json");
      const spec = await server.document(folder, address);
      let printed = "";
      const write = (text: string) => {
        printed += text;
        return true;
      };
      const config = fileURLToPath(new URL(server.config, import.meta.url));
      const target = `${address}${server.basePath}`;
      const args = ["--config", config, "--spec", spec, "--target", target, "--report", report];
      const code = await conformance(args, { stdout: { write, columns: 100, isTTY: false }, env: {} });
      if (code > 1) throw new Error(`The server ${name} wasn't judged: ${printed}`);
      return { server, ...verdictIn(report) };
    } finally {
      await started.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function verdictIn(report: string): Omit<InstalledVerdict, "server"> {
  const { summary }: { summary: Summary } = JSON.parse(readFileSync(report, "utf8"));
  const { successes, findings, requestsSent } = summary;
  return {
    operations: successes.length,
    withoutSuccess: successes.filter(({ succeeded }) => succeeded === 0).map(({ operation }) => operation),
    requests: requestsSent,
    found: findings,
  };
}

/** Of `report.schema.json`. */
interface Summary {
  readonly successes: readonly SuccessCount[];
  readonly findings: readonly Finding[];
  readonly requestsSent: number;
}

/** One sentence for everything that isn't as the catalogue says. */
export function complaintsAboutInstalled({
  server: { name, trueFindings },
  found,
  withoutSuccess,
}: InstalledVerdict): readonly string[] {
  const explained = new Set(trueFindings.flatMap(({ ids }) => ids));
  const ids = new Set(found.map(({ id }) => id));
  return [
    ...found
      .filter(({ id }) => !explained.has(id))
      .map(({ id, message, curl }) => `${name}: nobody has explained ${id}: ${message}\n  ${curl}`),
    ...[...explained].filter((id) => !ids.has(id)).map((id) => `${name}: no longer found: ${id}`),
    ...withoutSuccess.map((operation) => `${name}: no success of ${operation}`),
  ];
}
