import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import { startPrismMock } from "../../contract-tests/harness/targets/prism-mock.ts";
import { startSimulator } from "../../src/simulator/start-simulator.ts";
import { sendRaw } from "./send-raw.ts";
import { isThere, runSample, toolchains } from "./toolchains.ts";
import { wireForms } from "./wire-forms.ts";

const page = "spec/documented/single-use-create.md";
const path = "/v1/single-use-token/realtime_scribe";
const token = /"token"\s*:\s*"sutkn_\w+"/;

/**
 * The page's samples against mock and simulator: each wire form sent byte by byte, and the samples themselves where
 * their toolchains are. Each must be given a token.
 *
 * @param mayInstall - Whether Debian may be asked for toolchains that are missing; without them their wire forms stand in.
 */
export async function checkSamples(
  root: string,
  mayInstall: boolean,
  say: (outcome: "passed" | "failed" | "not run", line: string) => void,
): Promise<void> {
  const text = readFileSync(join(root, page), "utf8");
  const mock = await startPrismMock(await loadContract(join(root, "generated/openapi.yaml")));
  const simulator = await startSimulator();
  const servers = [
    ["the mock", mock.address],
    ["the simulator", simulator.address],
  ] as const;
  try {
    for (const form of wireForms)
      for (const [server, address] of servers) {
        const { status, body } = await sendRaw(address, path, form);
        const isGiven = status === 200 && token.test(body);
        say(
          isGiven ? "passed" : "failed",
          `${form.client} → ${server}: ${status}${isGiven ? "" : ` ${body}`}`,
        );
      }
    for (const toolchain of toolchains) {
      if (!(await isThere(toolchain, mayInstall))) {
        say(
          "not run",
          `${toolchain.name}: there is no ${toolchain.debian.join(", ")} here; its wire form was sent`,
        );
        continue;
      }
      const sample = toolchain.block === undefined ? "" : blockOf(text, toolchain.block);
      const folder = mkdtempSync(join(tmpdir(), "sample-"));
      for (const [server, address] of servers) {
        const { exitCode, output } = await runSample(toolchain, sample, address, folder);
        const isGiven = exitCode === 0 && token.test(output);
        say(
          isGiven ? "passed" : "failed",
          `${toolchain.name} → ${server}${isGiven ? "" : `: exit ${exitCode} ${output}`}`,
        );
      }
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    await simulator.close();
    await mock.close();
  }
}

/** @throws {Error} when the page has no sample in that language */
function blockOf(text: string, language: string): string {
  const code = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
  if (code === undefined) throw new Error(`${page} has no sample in ${language}`);
  return code;
}
