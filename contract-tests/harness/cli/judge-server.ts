import { resolve } from "node:path";
import { ownContractFile } from "../../suites/default-settings.ts";
import type { SuiteSettings } from "../../suites/suite-settings.ts";
import type { Contract } from "../contract/contract.ts";
import { isLoopback } from "../http/loopback.ts";
import type { OutputStream } from "../reports/console-output.ts";
import type { RunEvent } from "../run/events.ts";
import { openServer } from "./open-server.ts";
import { runSuites } from "./run-suites.ts";
import { type FinishedRun, SessionStream } from "./session-stream.ts";

/** Runs the suites against the server at `url`, or against a Prism mock of the contract, which is started for them. */
export async function judgeServer(
  contract: Contract,
  settings: SuiteSettings,
  url: string | undefined,
  tell: (event: RunEvent) => void,
  stdout: OutputStream,
): Promise<FinishedRun> {
  const opening = openServer(url, contract.file);
  opening.catch(() => undefined); // told where it is awaited
  try {
    if (url !== undefined) {
      await opening;
      if (!isLoopback(url)) {
        const { planText } = await import("./plan-text.ts");
        stdout.write(planText(contract, settings, url));
      }
    }
    // The client was made from our own contract, and is tested against the mock of it.
    const withClient = url === undefined && resolve(contract.file) === ownContractFile && !settings.shard;
    const stream = new SessionStream(tell, withClient);
    const settled = opening.then(({ target }) => ({ ...settings, target }));
    await runSuites(withClient ? ["consumer", "provider"] : ["provider"], settled, (suite, event) =>
      stream.hear(suite, event),
    );
    return stream.end();
  } finally {
    await opening.then(
      (server) => server.close(),
      () => undefined,
    );
  }
}
