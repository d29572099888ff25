import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../check-package/run.ts";

export interface Timed {
  readonly exitCode: number;
  readonly seconds: number;
  readonly peakMiB: number;
  /** The JSON report. */
  readonly report: JsonReport;
}

/** What is read of a JSON report. */
export interface JsonReport {
  readonly summary: {
    readonly requestsSent: number;
    readonly findings: readonly { readonly id: string }[];
  };
}

/** Runs the conformance command from the start of its process to its end. */
export async function timedCommand(root: string, args: readonly string[]): Promise<Timed> {
  const folder = mkdtempSync(join(tmpdir(), "bench-harness-"));
  const [reportFile, peakFile] = [join(folder, "report.json"), join(folder, "peak")];
  try {
    const start = performance.now();
    const { exitCode, output } = await run(
      process.execPath,
      command(root, [...args, "--report", reportFile]),
      root,
      {
        PEAK_FILE: peakFile,
      },
    );
    const seconds = (performance.now() - start) / 1000;
    if (exitCode > 1) throw new Error(`the command failed: ${output}`);
    return {
      exitCode,
      seconds,
      peakMiB: Number(readFileSync(peakFile, "utf8")) / 1024,
      report: JSON.parse(readFileSync(reportFile, "utf8")),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds from the start of the command to the first request that its target sees. */
export async function secondsToFirstRequest(root: string): Promise<number> {
  let firstAt: number | undefined;
  const server = createServer((_, response) => {
    firstAt ??= performance.now();
    response.setHeader("content-type", "application/json").end('{"token":"sutkn_1"}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  try {
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("the server has no port");
    const start = performance.now();
    await run(process.execPath, command(root, ["--target", `http://127.0.0.1:${address.port}`]), root, {
      PEAK_FILE: devNull,
    });
    if (firstAt === undefined) throw new Error("the command sent nothing");
    return (firstAt - start) / 1000;
  } finally {
    server.close();
  }
}

/** As package.json's `conformance` starts it. */
function command(root: string, args: readonly string[]): string[] {
  return [
    "--import",
    "tsx",
    "--import",
    join(root, "scripts/bench-harness/report-peak.mjs"),
    join(root, "scripts/conformance.ts"),
    ...args,
  ];
}
