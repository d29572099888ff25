import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { toolCache } from "../check-package/tool-cache.ts";

export interface RunningWorker {
  readonly address: string;
  close(): Promise<void>;
}

/** The Workers example on workerd, on a free port of loopback, with these variables. */
export async function runWorker(
  root: string,
  variables: Readonly<Record<string, string>>,
): Promise<RunningWorker> {
  const workerd = join(await toolCache(root, ["workerd@1.20261117.1"]), "node_modules/.bin/workerd");
  const folder = mkdtempSync(join(tmpdir(), "worker-"));
  await build({
    entryPoints: [join(root, "docs/examples/worker.ts")],
    outfile: join(folder, "worker.mjs"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  const bindings = Object.entries(variables).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  );
  writeFileSync(
    join(folder, "worker.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "worker.mjs")],
      bindings = [${bindings.join(", ")}],
      compatibilityDate = "2025-09-01",
      compatibilityFlags = ["enable_request_signal"],
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`,
  );
  const child = spawn(workerd, ["serve", "worker.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const close = async () => {
    // SIGTERM would wait for requests that hang.
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { address: `http://127.0.0.1:${await listeningPort(child)}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** workerd tells its port on the control pipe, a line of JSON per socket. */
function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let errors = "";
    child.stderr?.on("data", (data) => {
      errors += data;
    });
    child.once("exit", () => reject(new Error(`workerd ended before it listened: ${errors.trim()}`)));
    child.stdio[3]?.on("data", (data) => {
      const port = /"event":\s*"listen".*?"port":\s*(\d+)/.exec(String(data))?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
