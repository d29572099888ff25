import type { Finding } from "../../harness/checks/finding.ts";
import type { Contract } from "../../harness/contract/contract.ts";
import { readContract } from "../../harness/contract/load-contract.ts";
import { run } from "../../harness/run/run.ts";
import { RunMemory } from "../../harness/run/run-memory.ts";
import { urlTarget } from "../../harness/targets/url.ts";
import type { RealServer } from "./real-server.ts";
import { startServer } from "./start-server.ts";

/** What the harness made of one server. */
export interface ServerVerdict {
  readonly findings: readonly Finding[];
  readonly operations: readonly string[];
  /** Operations of which a valid request was answered with 2xx. */
  readonly succeeded: ReadonlySet<string>;
  /** `POST /items 404`: how often each was answered. */
  readonly answered: ReadonlyMap<string, number>;
  readonly requests: number;
}

const token = "real-servers-credential-7c1d90";

export interface JudgeServerOptions {
  /** The bug that is switched on; none by default. */
  readonly planted?: string;
  /** Ends the run with the first such finding. */
  readonly until?: (finding: Finding) => boolean;
  /** Contracts of earlier runs on this server, compiled and planned. */
  readonly contracts?: KnownContracts;
}

/** Contracts with what runs on them share, by their documents' bytes: a server's bugs leave its document as it is. */
export class KnownContracts {
  readonly #known = new Map<string, { readonly contract: Contract; readonly memory: RunMemory }>();

  read(document: Uint8Array, file: string) {
    const key = Buffer.from(document).toString("latin1");
    const known = this.#known.get(key);
    if (known) return known;
    const contract = readContract(document, file);
    const fresh = { contract, memory: new RunMemory(contract) };
    this.#known.set(key, fresh);
    return fresh;
  }
}

/** Starts the server, judges it by its own document with the right credential and nothing else, and stops it. */
export async function judgeServer(
  server: RealServer,
  { planted, until = () => false, contracts = new KnownContracts() }: JudgeServerOptions = {},
): Promise<ServerVerdict> {
  const started = await startServer(server, token, planted);
  const target = urlTarget(started.address);
  try {
    const { contract, memory } = contracts.read(started.document, `${server.name}${server.documentPath}`);
    const succeeded = new Set<string>();
    const answered = new Map<string, number>();
    let findings: readonly Finding[] = [];
    let requests = 0;
    for await (const event of run({
      contract,
      memory,
      target,
      seed: 1,
      headers: [server.credential(token)],
    })) {
      if (event.type === "run-finished") {
        findings = event.summary.findings;
        requests = event.summary.requestsSent;
      }
      if (event.type !== "exchange") continue;
      const last = event.findings.find(until);
      if (last) {
        findings = [last];
        break;
      }
      const { case: testCase, response } = event.exchange;
      if (testCase.expectation !== "accepted") continue;
      const key = `${testCase.operation} ${response?.status ?? "no answer"}`;
      answered.set(key, (answered.get(key) ?? 0) + 1);
      if (response && response.status >= 200 && response.status < 300) succeeded.add(testCase.operation);
    }
    return {
      findings,
      succeeded,
      answered,
      requests,
      operations: contract.operations.map(({ id }) => id),
    };
  } finally {
    await target.close();
    await started.stop();
  }
}
