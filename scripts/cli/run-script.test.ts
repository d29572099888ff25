import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** A script whose main function has that body. */
function start(main: string) {
  const program = `import { runScript } from ${JSON.stringify(new URL("./run-script.ts", import.meta.url).href)};
    import { InputError } from ${JSON.stringify(new URL("./input-error.ts", import.meta.url).href)};
    await runScript(async () => { ${main} });`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
}

test.each([
  ["a number", "return 1;", 1, ""],
  ["what can't be used", 'throw new InputError("a.md:3: no");', 2, "error: a.md:3: no\n"],
])("turns %s into an exit code and one sentence", async (_, main, code, sentence) => {
  const child = start(main);
  const [[exitCode], said] = await Promise.all([once(child, "exit"), text(child.stderr)]);
  expect([exitCode, said]).toEqual([code, sentence]);
});

test("ends without a word when its reader stops early, as head does", async () => {
  const child = start('for (let line = 0; line < 100_000; line += 1) console.log("a line"); return 0;');
  child.stdout.once("data", () => child.stdout.destroy());
  const [[exitCode], said] = await Promise.all([once(child, "exit"), text(child.stderr)]);
  expect([exitCode, said]).toEqual([0, ""]);
});
