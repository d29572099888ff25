import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startSimulator } from "../../src/simulator/start-simulator.ts";
import { buildPackage } from "../build/build-package.ts";
import { run } from "../check-package/run.ts";
import { toolCache } from "../check-package/tool-cache.ts";
import { InputError } from "../cli/input-error.ts";

/** Exact; at 241 MiB it is installed for this check alone. Later major versions cache nothing unless they are told to. */
const packages = ["next@14.2.35", "react@18.3.1", "react-dom@18.3.1"];

/** Where a token is minted, and whether three visitors get three. */
const places = [
  { path: "/", isFresh: true, what: "a server component that mints before any dynamic call" },
  { path: "/route", isFresh: true, what: "a GET route that mints before any dynamic call" },
  { path: "/plain", isFresh: false, what: "the same by plain fetch, which shows that this check can fail" },
] as const;

/**
 * Builds a Next.js 14 application of server components that use the built package, and visits it. Next.js 14 keeps what a
 * `fetch` gave at build time, unless it is told `no-store`.
 */
export async function checkNext(root: string, say: (isPassed: boolean, line: string) => void): Promise<void> {
  const tools = await toolCache(root, packages);
  await buildPackage(root);
  // Beneath the tools, so that Next.js and React are found from there.
  const app = mkdtempSync(join(tools, "app-"));
  const simulator = await startSimulator();
  const env = {
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_ENV: "production",
    ELEVENLABS_API_KEY: "key",
    PROVIDER: simulator.address,
  };
  const next = join(tools, "node_modules/next/dist/bin/next");
  let server: ChildProcess | undefined;
  try {
    cpSync(new URL("app", import.meta.url), join(app, "app"), { recursive: true });
    const modules = join(app, "node_modules");
    for (const part of ["package.json", "dist"])
      cpSync(join(root, part), join(modules, "elevenlabs-single-use-token", part), { recursive: true });
    for (const dependency of ["openapi-fetch", "openapi-typescript-helpers"])
      cpSync(join(root, "node_modules", dependency), join(modules, dependency), { recursive: true });

    const built = await run(process.execPath, [next, "build"], app, env);
    say(built.exitCode === 0, `next build${built.exitCode === 0 ? "" : `:\n${built.output}`}`);
    if (built.exitCode !== 0) return;

    server = spawn(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", "0"], {
      cwd: app,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const address = await addressOf(server);
    for (const { path, isFresh, what } of places) {
      const tokens: string[] = [];
      for (let visitor = 0; visitor < 3; visitor += 1) {
        const text = await (await fetch(address + path)).text();
        tokens.push(/sutkn_\w+/.exec(text)?.[0] ?? "none");
      }
      const different = new Set(tokens).size;
      const isAsSaid = !tokens.includes("none") && different === (isFresh ? 3 : 1);
      say(isAsSaid, `${what}: three visitors, ${different} token${different === 1 ? "" : "s"}`);
    }
  } finally {
    if (server && server.exitCode === null) {
      const exited = once(server, "exit");
      server.kill("SIGKILL");
      await exited;
    }
    await simulator.close();
    rmSync(app, { recursive: true, force: true });
  }
}

/** @throws InputError when the server ends instead of listening */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [server.stdout, server.stderr])
      stream?.on("data", (data) => {
        said += data;
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (address !== undefined) resolve(address);
      });
    server.once("exit", () => reject(new InputError(`next start ended before it listened: ${said.trim()}`)));
  });
}
