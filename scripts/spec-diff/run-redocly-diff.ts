import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { fromPointer, type JsonObject } from "../generate/json.ts";
import type { Bump, RatedChange } from "./change.ts";

const requireFrom = createRequire(import.meta.url);

/**
 * The changes that `redocly diff` sees, with its ratings. Both documents are written as plain JSON: Redocly loses
 * what stands behind a YAML alias. The command runs in a folder of its own, because a `redocly.yaml` beside it would
 * replace the rules (https://redocly.com/docs/cli/rules/diff-rules).
 *
 * @throws InputError when Redocly can't compare the two
 */
export async function runRedoclyDiff(base: JsonObject, revision: JsonObject): Promise<RatedChange[]> {
  const folder = await mkdtemp(join(tmpdir(), "contract-diff-"));
  try {
    await Promise.all([
      writeFile(join(folder, "base.json"), JSON.stringify(base)),
      writeFile(join(folder, "revision.json"), JSON.stringify(revision)),
      writeFile(join(folder, "redocly.yaml"), "extends:\n  - diff-recommended\n"),
    ]);
    const report: RedoclyReport = JSON.parse(await redocly(folder));
    return report.changes.map(toRatedChange);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function redocly(cwd: string): Promise<string> {
  const cli = join(dirname(requireFrom.resolve("@redocly/cli/package.json")), "bin", "cli.js");
  const args = [cli, "diff", "base.json", "revision.json", "--config", "redocly.yaml", "--format", "json"];
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      REDOCLY_TELEMETRY: "off",
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
      NO_COLOR: "1",
    };
    execFile(process.execPath, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      // Exit code 1 means "breaking changes found"; a report on stdout tells it from a failure.
      if (stdout.trimStart().startsWith("{")) resolve(stdout);
      else
        reject(
          new InputError(`Redocly could not compare the contracts: ${reason(stderr) ?? error?.message}`),
        );
    });
  });
}

function reason(stderr: string): string | undefined {
  return stderr.split("\n").find((line) => line.trim() !== "" && !/[╔║╚]/.test(line));
}

function toRatedChange(change: RedoclyChange): RatedChange {
  const { verdicts, impact, base, revision } = change;
  const [verdict] = verdicts;
  return {
    rule: verdict?.ruleId ?? "changed",
    bump: impact,
    message: verdict?.message ?? describe(change),
    ...(base && { base: plainPath(base.pointer), before: base.value }),
    ...(revision && { revision: plainPath(revision.pointer), after: revision.value }),
  };
}

/** Redocly writes pointers with a "#" in front, but percent-encodes nothing. */
function plainPath(pointer: string): string[] {
  return fromPointer(pointer.replace(/^#/, ""));
}

/** A sentence for a change that no rule of Redocly speaks of. */
function describe({ kind, property, typeName, base, revision }: RedoclyChange): string {
  const path = plainPath((base ?? revision)?.pointer ?? "#/");
  const name = path.at(-1) ?? "";
  if (kind !== "modified") return `${typeName} \`${name}\` was ${kind}.`;
  if (property === "key") return `\`${name}\` was renamed.`;
  // The pointer is the property's own where it has a value on that side, else its owner's.
  const owner = path.at(name === property ? -2 : -1);
  return `\`${property}\`${owner === undefined ? "" : ` of \`${owner}\``} changed.`;
}

/** The part of `redocly diff --format json` that is read here. */
interface RedoclyReport {
  readonly changes: readonly RedoclyChange[];
}

interface RedoclyChange {
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  readonly property?: string;
  readonly impact: Bump;
  readonly verdicts: readonly { readonly ruleId: string; readonly message: string }[];
  readonly base?: RedoclySide;
  readonly revision?: RedoclySide;
}

interface RedoclySide {
  readonly pointer: string;
  readonly value?: unknown;
}
