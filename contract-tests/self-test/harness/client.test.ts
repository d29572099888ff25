import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { document, programText } from "./client-programs.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "client-"));
const spec = join(folder, "things.json");
const program = join(folder, "program.mjs");
writeFileSync(spec, JSON.stringify(document));
afterAll(() => rmSync(folder, { recursive: true }));

// Every flaw and every variation: client.check.ts.
test("a program is judged by what it sends, and finds the mock by the environment", async () => {
  writeFileSync(program, programText({ size: "XXL" }));
  const args = ["client", "--spec", spec, "--variation", "gzip", "--", process.execPath, program];
  const { code, output } = await command(args);
  expect(code, output).toBe(1);
  expect(output).toMatch(/client-request-conformance \| client › POST \/things \|\s[^|]*size\/enum/);
  expect(output).toContain("client › GET /things");
});

test.each([
  [["client", "--", "node"], "client needs --spec FILE"],
  [["client", "--spec", spec], "client needs a program after --"],
  [["client", "--spec", spec, "node", "x.mjs"], 'Unexpected argument "node"'],
  [
    ["client", "--spec", spec, "--", "no-such-program-9f2c"],
    "no-such-program-9f2c isn't a program that can be started",
  ],
  [
    ["client", "--spec", spec, "--variation", "fast", "--", "node"],
    "--variation fast is unknown: use one of slow",
  ],
  [["client", "--target", "http://127.0.0.1:1", "--", "node"], "client doesn't take --target"],
])("%j is refused in one sentence", async (args, message) => {
  const { code, error } = await command(args);
  expect(code).toBe(2);
  expect(error).toContain(message);
  expect(error.trim()).not.toContain("\n");
});

test.each(["replay", "proxy", "client", "between"])(
  "%s --help tells its own settings and exit codes alone",
  async (name) => {
    const { code, output } = await command([name, "--help"]);
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`^Usage: openapi-conformance ${name} `));
    expect(output).toMatch(/Exit codes\n {2}0 /);
    expect(output).not.toContain("--fuzz-runs");
    expect((await command(["--help"])).output).toContain(`openapi-conformance ${name} `);
  },
);
