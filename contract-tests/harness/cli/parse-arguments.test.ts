import { expect, test } from "vitest";
import { parseArguments } from "./parse-arguments.ts";

test.each([
  [["http://127.0.0.1:3000"], "give the server's address with --target http://127.0.0.1:3000."],
  [["api.yaml"], "give the contract with --spec api.yaml."],
  [["replai", "report.json"], "did you mean the command replay?"],
  [["nonsense"], "options begin with --."],
  [["--spec", "a.yaml", "--reason", "known"], "--reason is for --update-baseline"],
  [["--accept-status", "400"], "--accept-status 400 names no check"],
  [["--auth", "s3cret"], "SCHEME=VALUE"],
  [["-x"], "There is no option -x"],
])("%j: what is wrong, and the way out", (args, sentence) => {
  expect(() => parseArguments(args, {})).toThrow(sentence);
});

test("no secret that was given wrongly is in the sentence", () => {
  expect(() => parseArguments(["--auth", "s3cret"], {})).not.toThrow(/s3cret/);
});

test.each([
  ["-h", "help"],
  ["-v", "version"],
] as const)("%s is --%s", (letter, name) => {
  expect(parseArguments([letter], {}).settings[name]).toBe(true);
});
