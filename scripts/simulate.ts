import { parseArgs } from "node:util";
import { ServeError, simulatorFaults, startSimulator, UnknownFaultError } from "../src/simulator/index.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { untilInterrupted } from "./cli/until-interrupted.ts";

const help = `Serves a simulated provider. It mints single-use tokens that live for 15 minutes and are consumed on use.

Usage: npm run simulate -- [options]

  --port N         port to listen on; 0 chooses a free one (default 4020)
  --host HOST      interface to listen on (default 127.0.0.1: only this machine is served)
  --api-key KEY    accept this key; repeatable (default: any key that isn't empty)
  --fault ID       misbehave in this way; repeatable
  --list-faults    list every fault's id and what it does
  --help           print this help

Ctrl-C stops it. Exit codes: 0 stopped, 2 couldn't start.`;

runScript(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4020" },
      host: { type: "string", default: "127.0.0.1" },
      "api-key": { type: "string", multiple: true },
      fault: { type: "string", multiple: true, default: [] },
      "list-faults": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values["list-faults"]) {
    const width = Math.max(...simulatorFaults.map(({ id }) => id.length));
    for (const { id, breach } of simulatorFaults) console.log(`${id.padEnd(width)}  ${breach}`);
    return 0;
  }

  const apiKeys = values["api-key"];
  const simulator = await startSimulator({
    port: portNumber(values.port),
    host: values.host,
    faults: values.fault,
    ...(apiKeys && { apiKeys }),
  }).catch((error: unknown) => {
    const usersToMend = error instanceof ServeError || error instanceof UnknownFaultError;
    throw usersToMend ? new InputError(error.message) : error;
  });
  console.log(`Simulated provider at ${simulator.address}

  POST ${simulator.address}/v1/single-use-token/{token_type}
  ${simulator.webSocketAddress}/v1/speech-to-text/realtime?token={token}
  ${simulator.webSocketAddress}/v1/text-to-speech/{voice_id}/stream-input?single_use_token={token}

${values.fault.length > 0 ? `Faults: ${values.fault.join(", ")}.` : "No faults."} Ctrl-C stops it.`);

  await untilInterrupted();
  await simulator.close();
  return 0;
});

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InputError(`--port takes a number from 0 to 65535, not ${JSON.stringify(text)}.`);
  }
  return port;
}
