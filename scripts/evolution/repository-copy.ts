import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { filesUnder } from "../import/testing/project-copy.ts";
import { projectRoot } from "../project-root.ts";

/** What a command did. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The whole repository in a folder of its own, as a user would have it after a clone. */
export interface RepositoryCopy {
  readonly root: string;
  /** Runs one of its npm scripts. */
  readonly npm: (script: string, ...args: readonly string[]) => Promise<Outcome>;
  /** Every file but those of node_modules and git. */
  readonly snapshot: () => Record<string, string>;
  readonly remove: () => void;
}

export function repositoryCopy(): RepositoryCopy {
  const root = mkdtempSync(join(tmpdir(), "repository-"));
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", list, { cwd: projectRoot, encoding: "utf8" }).split("\0").filter(Boolean);
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(projectRoot, file), join(root, file));
  }
  linkModules(root);
  const git = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  execFileSync("git", ["add", "--all"], { cwd: root });
  execFileSync("git", [...git, "commit", "--quiet", "--no-verify", "-m", "base"], { cwd: root });
  return {
    root,
    npm: (script, ...args) => run(root, "npm", ["run", "--silent", script, "--", ...args]),
    snapshot: () => filesUnder(root),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A node_modules folder of its own, so that nothing is written to the project's. */
function linkModules(root: string): void {
  const modules = join(root, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(projectRoot, "node_modules")))
    if (name !== ".cache") symlinkSync(join(projectRoot, "node_modules", name), join(modules, name));
  // Where the harness needs another version of a package than something else does, npm puts it there.
  const nested = "contract-tests/harness/node_modules";
  if (existsSync(join(projectRoot, nested))) symlinkSync(join(projectRoot, nested), join(root, nested));
}

export function run(cwd: string, command: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1", VITEST: undefined, GITHUB_STEP_SUMMARY: undefined };
    execFile(command, args, { cwd, env, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 128;
      resolve({ code, stdout, stderr });
    });
  });
}
