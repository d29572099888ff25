import { holdsUnknownName } from "../cases/unknown-name.ts";
import type { Check } from "../checks/check.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { operationAt, PathTable } from "../contract/match-operation.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import { Oracle } from "../schema/oracle.ts";
import { validValue } from "../schema/valid-value.ts";
import { writeBody } from "../wire/body.ts";
import { run } from "./run.ts";
import type { RunOptions } from "./run-options.ts";
import type { Target, TargetCapabilities } from "./target.ts";

/**
 * How many requests a run sends to a server that conforms to the contract, by method: cases, probes, random ones and
 * sequences. Counted by running against a server of no network that answers by the contract, so that nothing is counted by
 * another rule than it is sent by. Things that are made for sequences count twice, since a server may refuse the first try.
 */
export async function countRequests(
  options: RunOptions,
  capabilities: TargetCapabilities,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const {
    maxRequests: _,
    maxTimeMs: __,
    rate: ___,
    recording: ____,
    client: _____,
    memory: ______,
    ...planned
  } = options;
  const target = conformingTarget(options.contract, capabilities);
  const checks = options.checks?.map(blind);
  for await (const event of run({ ...planned, target, ...(checks ? { checks } : {}) })) {
    if (event.type !== "exchange") continue;
    const { id, request } = event.exchange.case;
    const count = id.endsWith("› made for a sequence") ? 2 : 1;
    counts.set(request.method, (counts.get(request.method) ?? 0) + count);
  }
  return counts;
}

/** Asks for the same probes, and finds nothing that would be confirmed. */
function blind(check: Check): Check {
  return { ...check, begin: () => () => undefined };
}

function conformingTarget(contract: Contract, capabilities: TargetCapabilities): Target {
  const oracle = new Oracle(contract);
  const paths = new PathTable(contract.operations.map(({ path }) => path));
  const answers = new Map<Operation, Pick<HttpResponse, "status" | "headers" | "body">>();
  const answerTo = ({ method, path }: HttpRequest): Omit<HttpResponse, "durationMs"> => {
    const pathname = path.split("?")[0] ?? "";
    const match = paths.match(path);
    const operation = match && operationAt(contract, method, match.path);
    if (holdsUnknownName(pathname)) return { status: 404, headers: [], body: new Uint8Array() };
    if (!operation) return { status: 405, headers: [], body: new Uint8Array() };
    const known = answers.get(operation) ?? successOf(oracle, operation);
    answers.set(operation, known);
    // What is made can be found again, also where the contract doesn't say how.
    const location = method === "POST" ? [["location", `${pathname.replace(/\/$/, "")}/1`] as const] : [];
    return { ...known, headers: [...known.headers, ...location] };
  };
  return {
    kind: "simulator",
    address: "http://127.0.0.1",
    capabilities,
    send: async (request) => ({ response: { ...answerTo(request), durationMs: 0 } }),
    close: async () => undefined,
  };
}

function successOf(
  oracle: Oracle,
  { responses }: Operation,
): Pick<HttpResponse, "status" | "headers" | "body"> {
  const success =
    responses.find(({ status }) => /^2/.test(status)) ?? responses.find(({ status }) => status === "default");
  const status = Number(success?.status.replace(/XX$/, "00"));
  const [mediaType] = success?.contents ?? [];
  const made =
    mediaType?.schema === undefined ? undefined : validValue(oracle, mediaType.schema, { optional: true });
  const written = mediaType && made && writeBody({ oracle, mediaType }, made.value);
  return {
    status: Number.isNaN(status) ? 200 : status,
    headers: written ? [["content-type", written.contentType]] : [],
    body: written?.body ?? new Uint8Array(),
  };
}
