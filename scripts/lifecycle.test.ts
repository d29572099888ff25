import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { startSimulator } from "../src/simulator/start-simulator.ts";

const script = fileURLToPath(new URL("lifecycle.ts", import.meta.url));

function lifecycle(args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const { ELEVENLABS_API_KEY: _, ...inherited } = process.env;
    const options = { env: { ...inherited, ...env } };
    execFile(process.execPath, ["--import", "tsx", script, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

describe.concurrent("npm run lifecycle", { timeout: 60_000 }, () => {
  test("exits with 1 for a provider that breaks a promise, and says which", async () => {
    const simulator = await startSimulator({ faults: ["token-reusable"] });
    const { code, stdout } = await lifecycle(["--target", simulator.address], {
      ELEVENLABS_API_KEY: "canary",
    });
    await simulator.close();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /✗ streaming-speech: A token that was used .*\n +expected opened, then refused; found opened/,
    );
    expect(stdout).toContain("the provider's clock can't be moved");
    expect(stdout).not.toContain("canary");
  });

  test("exits with 2 and one sentence when nobody answers, without the key", async () => {
    const { code, stderr } = await lifecycle(["--target", "http://127.0.0.1:1"], {
      ELEVENLABS_API_KEY: "canary",
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: .* gave no answer \(\w+\)\.\n$/)]);
    expect(stderr).not.toContain("canary");
  });
});
