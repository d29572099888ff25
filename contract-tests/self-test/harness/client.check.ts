import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { document, type Flaw, programText, secret } from "./client-programs.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "client-check-"));
const spec = join(folder, "things.json");
const report = join(folder, "report.json");
writeFileSync(spec, JSON.stringify(document));
afterAll(() => rmSync(folder, { recursive: true }));

async function judged(flaw: Flaw, ...more: string[]) {
  const program = join(folder, "program.mjs");
  writeFileSync(program, programText(flaw));
  const outcome = await command([
    "client",
    "--spec",
    spec,
    "--report",
    report,
    ...more,
    "--",
    process.execPath,
    program,
    "{url}",
  ]);
  const written = readFileSync(report, "utf8");
  const findings: { check: string; id: string }[] = JSON.parse(written).summary.findings;
  expect(outcome.output + written + outcome.error).not.toContain(secret);
  return {
    ...outcome,
    kinds: findings.map(({ check, id }) => `${check}: ${id.split(" | ").slice(3).join(" ")}`),
  };
}

test("a clean program isn't blamed under any variation", async () => {
  const { code, output, kinds } = await judged({});
  expect(kinds, output).toEqual([]);
  expect(code, output).toBe(0);
  expect(output).not.toContain("could be varied");
});

test.each<[string, Flaw, RegExp, ...string[]]>([
  ["a wrong path", { path: "/v1/thing" }, /request-conformance: undocumented-path/],
  ["a missing key", { key: "" }, /request-conformance: (security|required)/],
  ["a wrong method", { method: "DELETE" }, /request-conformance: undocumented-method/],
  ["a body where none is due", { body: "{}" }, /request-conformance: undocumented-body/],
  ["a parameter outside its enum", { sort: "size" }, /request-conformance: enum/],
  ["a property outside its enum", { size: "XXL" }, /request-conformance: enum/],
  ["a retry without waiting", { waitMs: 10 }, /client-retry: retry-without-waiting/, "wait"],
  ["no retry at all", { givesUp: true }, /client-outcome: fails-wait/, "wait"],
  ["a token sent on", { redirect: "follow" }, /client-redirect: credential-sent-on-header/, "redirect"],
  [
    "a media type compared as a text",
    { comparesType: true },
    /client-outcome: fails-media-type-case/,
    "media-type-case",
  ],
  [
    "strictness about properties",
    { isStrict: true },
    /client-outcome: fails-extra-property/,
    "extra-property",
  ],
])("%s is noticed", async (_, flaw, kind, variation = "slow") => {
  const { code, output, kinds } = await judged(flaw, "--variation", variation);
  expect(kinds.join("\n"), output).toMatch(kind);
  expect(code).toBe(1);
});

test("not to cope with 429 is a warning where the contract doesn't document it and nobody asked", async () => {
  const { code, kinds, output } = await judged({ givesUp: true });
  expect(kinds).toEqual(["client-outcome: fails-wait"]);
  expect(output).toContain("! client-outcome (warning)");
  expect(output).not.toMatch(/curl .*127\.0\.0\.1/); // the mock is gone
  expect(code).toBe(0);
});
