import { join } from "node:path";
import { conformance } from "../../contract-tests/harness/cli/conformance.ts";

/** `openapi-conformance proxy` before a server. */
export interface JudgingProxy {
  readonly address: string;
  /** Ends it as Ctrl-C does. */
  end(): Promise<{ readonly exitCode: number; readonly output: string }>;
}

/**
 * Starts the command in this process, with this project's contract.
 *
 * @throws {Error} when it ends before it listens
 */
export async function startJudgingProxy(root: string, target: string): Promise<JudgingProxy> {
  const stop = new AbortController();
  let output = "";
  let isListening: (address: string) => void = () => undefined;
  const listening = new Promise<string>((resolve) => {
    isListening = resolve;
  });
  const stdout = {
    write: (text: string) => {
      output += text;
      const address = /Listening on (\S+);/.exec(output)?.[1];
      if (address !== undefined) isListening(address);
    },
  };
  const args = ["proxy", "--spec", join(root, "generated/openapi.yaml"), "--target", target];
  const ended = conformance(args, { stdout, env: {}, signal: stop.signal });
  const address = await Promise.race([listening, ended.then(() => undefined)]);
  if (address === undefined) throw new Error(`The proxy ended before it listened: ${output}`);
  return {
    address,
    async end() {
      stop.abort();
      return { exitCode: await ended, output };
    },
  };
}
