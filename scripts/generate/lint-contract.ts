import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InputError } from "../cli/input-error.ts";

/** One complaint of Redocly's linter, with the place in the document that it was given. */
export interface LintProblem {
  readonly rule: string;
  readonly severity: "error" | "warn";
  readonly message: string;
  /** JSON Pointer into the document. */
  readonly pointer: string;
  readonly line: number;
}

const requireFrom = createRequire(import.meta.url);

/**
 * Lints an OpenAPI file with Redocly's rules as configured in redocly.yaml. The linter runs as its own process: it
 * publishes no library that supports Node 20.
 */
export async function lintContract(file: string, config: string): Promise<LintProblem[]> {
  const cli = join(dirname(requireFrom.resolve("@redocly/cli/package.json")), "bin", "cli.js");
  const output = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      [cli, "lint", file, "--config", config, "--format", "json", "--max-problems", "1000"],
      {
        env: {
          ...process.env,
          REDOCLY_TELEMETRY: "off",
          REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
          NO_COLOR: "1",
        },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (stdout.trimStart().startsWith("{")) resolve(stdout);
        else reject(new InputError(`Redocly could not lint ${file}: ${firstLine(stderr) || error?.message}`));
      },
    );
  });
  const report: RedoclyReport = JSON.parse(output);
  return report.problems.map(({ ruleId, severity, message, location: [place] }) => ({
    rule: ruleId,
    severity,
    message: message.replace(/\s+/g, " ").trim(),
    pointer: place?.pointer ?? "#/",
    line: place?.start?.line ?? 0,
  }));
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "" && !/[╔║╚]/.test(line)) ?? "";
}

/** The part of `redocly lint --format json` that is read here. */
interface RedoclyReport {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly severity: "error" | "warn";
    readonly message: string;
    readonly location: readonly { readonly pointer?: string; readonly start?: { readonly line: number } }[];
  }[];
}
