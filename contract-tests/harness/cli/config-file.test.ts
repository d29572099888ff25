import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parseArguments } from "./parse-arguments.ts";

const folder = mkdtempSync(join(tmpdir(), "config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function withConfig(text: string, ...args: string[]) {
  const file = join(folder, "conformance.yaml");
  writeFileSync(file, text);
  return parseArguments(["--config", file, ...args]).settings;
}

it("gives the command what stands in the file, by the names of its options", () => {
  expect(
    withConfig(`
spec: openapi.yaml
target: http://127.0.0.1:3000
header: ["x-a: 1", "x-b: 2"]
seed: 7
allow-writes: true
update-baseline: false
max-time: 1.5
`),
  ).toMatchObject({
    spec: "openapi.yaml",
    target: "http://127.0.0.1:3000",
    headers: [
      ["x-a", "1"],
      ["x-b", "2"],
    ],
    seed: 7,
    allowWrites: true,
    maxTimeMs: 1_500,
  });
});

it("lets the command line win, and add to what may be repeated", () => {
  const { seed, headers } = withConfig("seed: 7\nheader: 'x-a: 1'", "--seed", "8", "--header", "x-b: 2");
  expect(seed).toBe(8);
  expect(headers).toEqual([
    ["x-a", "1"],
    ["x-b", "2"],
  ]);
});

it.each([
  ["an unknown option", "sed: 7", /There is no option --sed: did you mean --seed/],
  ["a value without meaning", "seed: many", /--seed many isn't a whole number/],
  ["an object", "seed: { a: 1 }", /"seed" needs a text, a number, true or a list/],
  ["a file of its own", "config: other.yaml", /"config" has no meaning in a configuration file/],
  ["a list", "- seed", /needs an object of options/],
  ["broken YAML", "a: [1", /isn't valid YAML or JSON/],
])("refuses %s with one sentence", (_, text, message) => {
  expect(() => withConfig(text)).toThrow(message);
});

it("refuses a file that isn't there", () => {
  expect(() => parseArguments(["--config", join(folder, "absent.yaml")])).toThrow(/can't be read \(ENOENT\)/);
});
