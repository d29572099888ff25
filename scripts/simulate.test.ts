import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { serve } from "../src/simulator/serve.ts";

const script = fileURLToPath(new URL("simulate.ts", import.meta.url));

function simulate(...args: string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

async function finished(
  child: ChildProcess,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  if (!child.stdout || !child.stderr) throw new Error("the child's output is not piped");
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code, stdout, stderr };
}

describe.concurrent("npm run simulate", { timeout: 60_000 }, () => {
  test("says where it listens, mints and misbehaves as told, and stops cleanly on Ctrl-C", async () => {
    const child = simulate("--port", "0", "--api-key", "right", "--fault", "same-token-to-all");
    const end = finished(child);
    const [firstOutput] = await once(child.stdout ?? child, "data");
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(String(firstOutput))?.[0] ?? "";
    const mint = (key: string) =>
      fetch(`${address}/v1/single-use-token/tts_websocket`, {
        method: "POST",
        headers: { "xi-api-key": key },
      });

    expect(await (await mint("right")).json()).toEqual({ token: expect.stringMatching(/^sutkn_/) });
    expect(await (await mint("right")).text()).toBe(await (await mint("right")).text());
    expect((await mint("wrong")).status).toBe(401);

    child.kill("SIGINT");
    expect(await end).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining("Faults: same-token-to-all."),
    });
  });

  test("a port in use is one clear sentence and exit code 2", async () => {
    const taken = await serve(() => ({ status: 200, headers: {}, body: "" }));
    const port = new URL(taken.address).port;
    const { code, stderr } = await finished(simulate("--port", port));
    await taken.close();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `error: Port ${port} on 127.0.0.1 is already in use; stop the server there or choose another port with --port.\n`,
    });
  });

  test("an unknown fault is one clear sentence and exit code 2", async () => {
    const { code, stderr } = await finished(simulate("--fault", "none-such"));
    expect([code, stderr]).toEqual([
      2,
      'error: There is no fault "none-such"; the export simulatorFaults lists them all (--list-faults on the command line).\n',
    ]);
  });
});
