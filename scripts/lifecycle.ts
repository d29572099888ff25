import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { loadContract } from "../contract-tests/harness/contract/load-contract.ts";
import type { SafeOutput } from "../contract-tests/harness/reports/safe-output.ts";
import { startPrismMock } from "../contract-tests/harness/targets/prism-mock.ts";
import {
  judgeLifecycle,
  type RuleResult,
  tokensNeeded,
} from "../contract-tests/suites/lifecycle/judge-lifecycle.ts";
import type { LifecycleProvider } from "../contract-tests/suites/lifecycle/lifecycle-provider.ts";
import { startSimulatorProvider } from "../contract-tests/suites/lifecycle/simulator-provider.ts";
import { urlProvider } from "../contract-tests/suites/lifecycle/url-provider.ts";
import { InputError } from "./cli/input-error.ts";
import { printable } from "./cli/printable.ts";
import { runScript } from "./cli/run-script.ts";
import { checkTarget } from "./lifecycle/check-target.ts";
import { projectRoot } from "./project-root.ts";

const help = `Judges what the contract says in prose about a token's life: it is fresh, usable once, and refused when used, expired, missing,
unknown or sent to another service; a race has one winner. Without options it judges the simulator, whose clock it moves.

Usage: npm run lifecycle -- [options]

  --target URL      judge the provider there, with the key in ELEVENLABS_API_KEY
  --voice-id ID     a voice that the account may use, for the speech socket
  --allow-writes    required for a target that isn't on loopback: ${tokensNeeded} tokens are minted there, and each may be billed
  --prism           judge the contract's Prism mock instead: it can't show a token's life, and each promise says so
  --wait            if the clock can't be moved, really wait for fifteen minutes (twice)
  --help            print this help

Exit codes: 0 every promise that could be judged is kept, 1 one is broken or none could be judged at a socket, 2 couldn't run.`;

const marks = { kept: "✓", broken: "✗", "not-judged": "–" } as const;

runScript(async (output) => {
  const { values } = parseArgs({
    options: {
      target: { type: "string" },
      "voice-id": { type: "string" },
      "allow-writes": { type: "boolean", default: false },
      prism: { type: "boolean", default: false },
      wait: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }

  if (values.prism) {
    const prism = await startPrismMock(await loadContract(join(projectRoot, "generated/openapi.yaml")));
    try {
      return await report(output, urlProvider(prism.address, { apiKey: "any-key", replaysExamples: true }));
    } finally {
      await prism.close();
    }
  }
  if (values.target === undefined) {
    const simulator = await startSimulatorProvider();
    try {
      return await report(output, simulator);
    } finally {
      await simulator.close();
    }
  }
  const address = checkTarget(values.target, values["allow-writes"]);
  const apiKey = process.env["ELEVENLABS_API_KEY"];
  if (!apiKey) throw new InputError("set ELEVENLABS_API_KEY to the key for that target.");
  const voiceId = values["voice-id"];
  return report(
    output,
    urlProvider(address, {
      apiKey,
      ...(voiceId !== undefined && { voiceId }),
      ...(values.wait && { passTime: (ms: number) => sleep(ms) }),
    }),
  );
});

async function report(output: SafeOutput, provider: LifecycleProvider): Promise<number> {
  console.log(`Provider at ${provider.address}; up to ${tokensNeeded} tokens are minted.\n`);
  const counts = { kept: 0, broken: 0, "not-judged": 0 };
  let keptAtSockets = 0;
  const mint = async (type: string) => {
    const token = await provider.mint(type);
    output.learn([token]); // what answers may echo it
    return token;
  };
  for await (const result of judged({ ...provider, mint })) {
    counts[result.verdict.kind] += 1;
    if (result.rule !== "fresh" && result.verdict.kind === "kept") keptAtSockets += 1;
    console.log(line(result));
  }
  console.log(`\n${counts.kept} kept, ${counts.broken} broken, ${counts["not-judged"]} not judged`);
  return counts.broken === 0 && keptAtSockets > 0 ? 0 : 1;
}

async function* judged(provider: LifecycleProvider): AsyncGenerator<RuleResult> {
  try {
    yield* judgeLifecycle(provider);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`the provider could not be judged: ${reason}.`);
  }
}

function line({ promise, service, verdict }: RuleResult): string {
  const saw = verdict.kind === "kept" ? `\n    ${printable(verdict.saw)}` : "";
  const found = verdict.kind === "broken" ? `\n    ${printable(verdict.found)}` : "";
  const why = verdict.kind === "not-judged" ? `\n    not judged: ${printable(verdict.why)}` : "";
  return `${marks[verdict.kind]} ${service}: ${promise}${saw}${found}${why}`;
}
