import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";
import { currentVersion, withVersion } from "./release/manifests.ts";
import { planRelease } from "./release/plan-release.ts";

const help = `usage: npm run release [-- --dry-run]

Raises the version of both packages as CHANGELOG.md says under "Unreleased", and prints the commands that commit and tag
the release. The tag starts .github/workflows/release.yml, which publishes both packages after the whole CI has passed.

  --dry-run  print what would be released, and write nothing

exit codes: 0 written (or printed), 2 can't be released
`;

/** `npm run release`: exit 0 written, 2 can't be released; see docs/versioning.md. */
await runScript(async () => {
  const { values } = parseArgs({
    options: {
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const old = currentVersion(projectRoot);
  const plan = planRelease(
    readFileSync(join(projectRoot, "CHANGELOG.md"), "utf8"),
    old,
    git("tag", "--list", `v${old}`) !== "",
    new Date().toISOString().slice(0, 10),
  );
  console.log(`${old} → ${plan.version} (${plan.bump})\n\n${plan.notes}\n`);
  const files = withVersion(projectRoot, plan.version).set("CHANGELOG.md", plan.changelog);
  if (values["dry-run"]) return 0;
  if (git("status", "--porcelain") !== "")
    throw new InputError(
      "the working tree has changes: commit or stash them, so that a release is one commit.",
    );
  for (const [file, text] of files) writeFileSync(join(projectRoot, file), text);
  console.log(`Look at "git diff", then:
  git commit --all --message "Release ${plan.version}"
  git tag --annotate v${plan.version} --message "Release ${plan.version}"
  git push --follow-tags`);
  return 0;
});

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: projectRoot, encoding: "utf8" }).trim();
}
