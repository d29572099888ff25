import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PageServer, pageServer } from "../import/testing/page-server.ts";
import { laterRevision } from "../import/testing/project-copy.ts";
import { projectRoot } from "../project-root.ts";
import { type RepositoryCopy, repositoryCopy, run } from "./repository-copy.ts";

const page = readFileSync(
  join(projectRoot, "scripts/generate/fixtures/spec/documented/single-use-create.md"),
  "utf8",
);

/** A user's code that asks for the type of token that is new. */
const newCall = `import { ElevenLabsClient } from "elevenlabs-single-use-token";
await new ElevenLabsClient({ apiKey: "k" }).tokens.singleUse.create("voice_changer");
`;

describe("a later revision of the page, imported from its address", () => {
  let copy: RepositoryCopy;
  let server: PageServer;
  let sources: Record<string, string>;

  beforeAll(async () => {
    copy = repositoryCopy();
    sources = onlySources(copy.snapshot());
    server = await pageServer((_, response) => response.end(laterRevision(page)));
  });

  afterAll(async () => {
    await server.close();
    copy.remove();
  });

  test('`create("voice_changer")` doesn\'t compile before', async () => {
    const { code, stdout } = await typeCheckWith(copy, newCall);
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/new-call\.ts.*"voice_changer"/);
  });

  test("spec:check reports it, and what it means", async () => {
    const { code, stdout } = await copy.npm("spec:check", "--origin", server.origin);
    expect(code).toBe(1);
    expect(stdout).toContain('A request may also say "voice_changer".');
  });

  test("spec:import says that it is minor, and imports it", async () => {
    const { code, stdout } = await copy.npm("spec:import", `${server.origin}/create.md`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/0 breaking, \d+ minor/);
    expect(readFileSync(join(copy.root, "CHANGELOG.md"), "utf8")).toMatch(
      /The contract as documented on .*\(minor; proposed version/,
    );
  });

  test("generate takes it over; a second run writes nothing", async () => {
    expect(await copy.npm("generate")).toMatchObject({ code: 0 });
    const file = join(copy.root, "generated/schema.ts");
    const written = statSync(file).mtimeMs;
    const { stdout } = await copy.npm("generate");
    expect(stdout).toContain("generated/ is current");
    expect(statSync(file).mtimeMs).toBe(written);
  });

  test("spec:check finds nothing new now", async () => {
    expect(await copy.npm("spec:check", "--origin", server.origin)).toMatchObject({ code: 0 });
  });

  test("no exported name changed", () => {
    const names = (text: string): string[] => text.match(/export (?:const|type) \w+/g) ?? [];
    for (const file of ["generated/enums.ts", "generated/models.ts"])
      expect(names(readFileSync(join(copy.root, file), "utf8"))).toEqual(
        names(readFileSync(join(projectRoot, file), "utf8")),
      );
  });

  test('`create("voice_changer")` compiles, with no edit in src/', async () => {
    expect(await typeCheckWith(copy, newCall)).toMatchObject({ code: 0, stdout: "" });
    expect(onlySources(copy.snapshot())).toEqual(sources);
  });

  test("the mock answers it", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/mock.ts", "--port", "0"], {
      cwd: copy.root,
    });
    try {
      const address = await firstAddress(child.stdout);
      const answer = await fetch(`${address}/v1/single-use-token/voice_changer`, {
        method: "POST",
        headers: { "xi-api-key": "k" },
      });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ token: "sutkn_1234567890" });
    } finally {
      const exited = once(child, "exit");
      child.kill("SIGINT");
      await exited;
    }
  });

  test("conformance passes, and the consumer suite covers it by itself", async () => {
    const { code, stdout, stderr } = await copy.npm("conformance");
    expect({ code, output: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, output: "" });
    const patient = ["--hookTimeout", "120000", "--testTimeout", "120000"];
    const suite = [
      "vitest",
      "run",
      "contract-tests/suites/conformance.test.ts",
      "--reporter=verbose",
      ...patient,
    ];
    const consumer = await run(copy.root, "npx", suite);
    expect(consumer.code).toBe(0);
    expect(consumer.stdout).toMatch(/✓ .*token_type "voice_changer", answered 200/);
  });

  test("npm test is green", async () => {
    const { code, stdout, stderr } = await run(copy.root, "npm", ["test"]);
    expect({ code, output: code === 0 ? "" : (stdout + stderr).slice(-8000) }).toEqual({
      code: 0,
      output: "",
    });
  });
});

test("generate takes under 4 s, or twelve bare starts of its runtime where the machine is busy with other work", async () => {
  const bareStart = await quickestOf(5, ["--import", "tsx", "--eval", "0"]);
  const generate = await quickestOf(5, ["--import", "tsx", "scripts/generate.ts"]);
  expect(generate).toBeLessThan(Math.max(4, 12 * bareStart));
});

/** Seconds of the quickest run. */
async function quickestOf(runs: number, args: readonly string[]): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < runs; attempt += 1) {
    const started = performance.now();
    expect(await run(projectRoot, process.execPath, args)).toMatchObject({ code: 0 });
    quickest = Math.min(quickest, (performance.now() - started) / 1000);
  }
  return quickest;
}

function onlySources(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([file]) => file.startsWith("src/")));
}

async function typeCheckWith(copy: RepositoryCopy, code: string) {
  // In a folder that tsconfig.json includes and the package's name is resolved in, but not in src/.
  const file = join(copy.root, "contract-tests/new-call.ts");
  writeFileSync(file, code);
  try {
    return await copy.npm("typecheck");
  } finally {
    rmSync(file);
  }
}

async function firstAddress(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /https?:\/\/[\w.:[\]]+/.exec(line)?.[0];
    if (address !== undefined) return address.replace(/\/$/, "");
  }
  throw new Error("the mock told no address");
}
