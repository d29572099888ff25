import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPackage } from "../../../scripts/build/build-package.ts";
import { run } from "../../../scripts/check-package/run.ts";
import { projectRoot } from "../../../scripts/project-root.ts";
import { launchChromium } from "../demo/launch-chromium.ts";

/** A folder for pictures; none are taken without it. */
const pictures = process.env["DEMO_SCREENSHOTS"];

/**
 * Follows docs/browser-transcription.md to the letter in an empty folder. Two things differ: the package is the one
 * that would be published, and the ports are free ones.
 */
describe("the guide", () => {
  const folder = mkdtempSync(join(tmpdir(), "guide-"));
  const started: ChildProcess[] = [];
  let browser: Browser;
  let port: number;
  let text: string;
  let commands: string[];

  beforeAll(async () => {
    const [serverPort, simulatorPort] = [await freePort(), await freePort()];
    port = serverPort;
    await buildPackage(projectRoot);
    const packed = await run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], projectRoot);
    expect(packed.exitCode).toBe(0);
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    text = readFileSync(join(projectRoot, "docs/browser-transcription.md"), "utf8")
      .replace("npm install elevenlabs-single-use-token", `npm install ./${tarball}`)
      .replaceAll("3000", String(port))
      .replaceAll("4020", String(simulatorPort));
    const steps = text.slice(text.indexOf("## 1."), text.indexOf("## What a connection's end means"));
    commands = [...steps.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines = ""]) => lines);
    for (const [, name = "", code = ""] of steps.matchAll(
      /Save as `([^`]+)`:\n\n<!-- file: \S+ -->\n\n```\w+\n([\s\S]*?)```/g,
    )) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), code);
    }
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all(started.map(end));
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts what runs until it is stopped, as the guide's line has it. */
  async function start(command: string, says: RegExp): Promise<ChildProcess> {
    const child = spawn("bash", ["-c", `${command.trim().replace("node ", "exec node ")}`], {
      cwd: folder,
      detached: true,
      env: withoutKey(),
    });
    started.push(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (data) => {
        said += data;
      });
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(says);
    return child;
  }

  test("installs what it names", async () => {
    expect(commands).toHaveLength(5);
    for (const command of [commands[0], commands[2]]) {
      const { exitCode, output } = await run("bash", ["-ec", command ?? ""], folder, withoutKey());
      expect([exitCode, exitCode === 0 ? "" : output]).toEqual([0, ""]);
    }
  });

  test("starts with a key", async () => {
    await end(await start(commands[1] ?? "", /^Open http:\/\/localhost:\d+\n$/));
  });

  test.each(["localhost", "127.0.0.1"])(
    "transcribes a microphone at %s, twice, by the simulator",
    async (host) => {
      if (started.length < 3) {
        await start(commands[3] ?? "", /simulated provider is at http/);
        await start(commands[4] ?? "", /Open http/);
      }
      const page = await browser.newPage({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
      page.setDefaultTimeout(20_000);
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      await page.goto(`http://${host}:${port}`);
      await page.getByLabel("Your name").fill("Ada");
      await page.getByRole("button", { name: "Sign in" }).click();
      for (const nth of [0, 1]) {
        await page.getByRole("button", { name: "Start" }).click();
        await page
          .locator("#transcript p:not(.partial)")
          .getByText(/^\[[\d.]+ s of audio\]$/)
          .nth(nth)
          .waitFor();
        await page.getByRole("button", { name: "Stop" }).click();
        await page.locator("#state").getByText("closed").waitFor();
      }
      expect([await page.locator("#problem").textContent(), problems]).toEqual(["", []]);
      if (pictures) await page.screenshot({ path: join(pictures, `guide-${host}.png`), fullPage: true });
      await page.close();
    },
  );
});

function withoutKey(): NodeJS.ProcessEnv {
  const { ELEVENLABS_API_KEY: _, ...env } = process.env;
  return env;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || !address) throw new Error("the system gave no port");
  return address.port;
}
