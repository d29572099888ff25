import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** A script whose main function has that body. */
function start(main: string) {
  const program = `import { runScript } from ${JSON.stringify(new URL("./run-script.ts", import.meta.url).href)};
    import { InputError } from ${JSON.stringify(new URL("./input-error.ts", import.meta.url).href)};
    await runScript(async (output) => { ${main} });`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    env: { ...process.env, SOME_API_KEY: "canary-of-scripts/7f" },
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

const token = "canary token 91c";
test.each([
  'console.log("a canary-of-scripts/7f b"); console.error(encodeURIComponent("canary-of-scripts/7f")); return 0;',
  'throw new Error("it said canary-of-scripts/7f");',
  'throw new InputError("it said " + Buffer.from("canary-of-scripts/7f").toString("base64"));',
  `output.learn([${JSON.stringify(token)}]); console.log("closed with ${token}"); return 0;`,
  `output.learn([${JSON.stringify(token)}]); throw new InputError("closed with canary%20token+91c");`,
  'console.log("  ::error::obeyed\\nx ##[command]obeyed"); throw new Error("\\u001b[2Jno\\n::add-mask::x");',
])("writes no secret and no command, wherever it comes from: %s", async (main) => {
  const child = start(main);
  const said = (await Promise.all([text(child.stdout), text(child.stderr)])).join("");
  expect(said).toMatch(/REDACTED|obeyed/);
  expect(said).not.toMatch(/canary|Y2FuYXJ5|^\s*::|##\[/m);
  expect(said).not.toContain("\u001b");
});
