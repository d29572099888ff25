import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";

/** A background job as scripts start them: `npm run NAME -- --port 0 &`, whose process id is npm's. */
function inBackground(name: string): ChildProcess {
  const args = ["run", "--silent", name, "--", "--port", "0"];
  return spawn("npm", args, { cwd: projectRoot, stdio: ["ignore", "pipe", "inherit"] });
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = "";
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`no address in ${JSON.stringify(output)}`);
}

async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    () => true,
    () => false,
  );
}

describe.each(["mock", "simulate", "demo"])("npm run %s &", (name) => {
  test("is gone within 2 s of kill", async () => {
    const npm = inBackground(name);
    const address = await addressOf(npm);
    expect(await answers(address)).toBe(true);
    npm.kill();
    const start = performance.now();
    while ((await answers(address)) && performance.now() - start < 10_000) await wait(50);
    expect(performance.now() - start).toBeLessThan(2_000);
    if (npm.exitCode === null && npm.signalCode === null) await once(npm, "exit");
  }, 60_000);
});
