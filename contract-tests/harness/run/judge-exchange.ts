import type { Finding } from "../checks/finding.ts";
import type { Contract } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import { run } from "./run.ts";
import { RunMemory } from "./run-memory.ts";
import type { RunOptions } from "./run-options.ts";

export interface GivenExchange {
  /** `path` may begin with the path of a documented server. */
  readonly request: HttpRequest;
  /** The body as it was on the wire, before any content decoding. */
  readonly response: HttpResponse;
  /** The origin of the request, for the curl line. Default `http://localhost`. */
  readonly origin?: string;
}

export interface JudgedExchange {
  /** `POST /items`; undefined if the request is for an undocumented path. */
  readonly operation: string | undefined;
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
}

/** Compiled schemas, kept for the next exchange by the same contract. */
const memories = new WeakMap<Contract, RunMemory>();

/**
 * Judges one exchange, whoever made it, like recorded traffic: the expected response follows from the request.
 * The result isn't redacted.
 */
export async function judgeExchange(
  contract: Contract,
  { request, response, origin = "http://localhost" }: GivenExchange,
  options: Pick<RunOptions, "checks" | "maxResponseTimeMs" | "acceptedStatuses"> = {},
): Promise<JudgedExchange> {
  const memory = memories.get(contract) ?? new RunMemory(contract);
  memories.set(contract, memory);
  const url = origin + request.path;
  const recording = { file: url, exchanges: [{ place: url, url, request, response, gaps: [] }] };
  let operation: string | undefined;
  for await (const event of run({ ...options, contract, memory, recording })) {
    if (event.type === "exchange" && event.exchange.case.expectation !== "undocumented")
      operation = event.exchange.case.operation;
    if (event.type !== "run-finished") continue;
    const { findings, notJudged } = event.summary;
    // What is said of operations that this exchange isn't one of says nothing of it.
    const own = notJudged.filter((item) => item.operation === undefined || item.operation === operation);
    return { operation, findings, notJudged: own };
  }
  throw new Error("the run ended without a result");
}
