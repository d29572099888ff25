import { parseArgs } from "node:util";
import { startDemo } from "../docs/examples/demo/start-demo.ts";
import { ElevenLabsClient, ElevenLabsEnvironment } from "../src/index.ts";
import { ServeError, startSimulator } from "../src/simulator/index.ts";
import { browserLibrary } from "./check-browser-library/browser-library.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { untilInterrupted } from "./cli/until-interrupted.ts";
import { projectRoot } from "./project-root.ts";

const help = `Serves a page where a visitor signs in and is transcribed. Each connection gets its token from the token endpoint. The first
start installs the provider's browser library into .cache/.

Usage: npm run demo -- [options]

  --port N   port of the page on 127.0.0.1; 0 chooses a free one (default 4030)
  --live     use the real provider with the key in ELEVENLABS_API_KEY (default: a simulator)
  --help     print this help

Ctrl-C stops it. Exit codes: 0 stopped, 2 couldn't start.`;

runScript(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4030" },
      live: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new InputError(`--port takes a number from 0 to 65535, not ${JSON.stringify(values.port)}.`);
  }
  const liveKey = process.env["ELEVENLABS_API_KEY"];
  if (values.live && !liveKey) throw new InputError("--live needs the key in ELEVENLABS_API_KEY.");

  // The first time, npm is asked for it.
  const library = await browserLibrary(projectRoot);
  const simulator = values.live ? undefined : await startSimulator({ apiKeys: ["demo-key"] });
  const baseUrl = simulator?.address ?? ElevenLabsEnvironment.Production;
  const demo = await startDemo({
    client: new ElevenLabsClient({ apiKey: simulator ? "demo-key" : liveKey, baseUrl }),
    socketAddress: baseUrl.replace(/^http/, "ws"),
    library,
    port,
  }).catch(async (error: unknown) => {
    await simulator?.close();
    throw error instanceof ServeError ? new InputError(error.message) : error;
  });

  console.log(`Open ${demo.address}

The page's provider is ${simulator ? "a simulator" : "the real one"} at ${baseUrl}. Ctrl-C stops it.`);
  await untilInterrupted();
  await Promise.all([demo.close(), simulator?.close()]);
  return 0;
});
