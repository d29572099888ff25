import type { Case, Expectation } from "../cases/case.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import type { PathTable } from "../contract/match-operation.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { Deviation } from "../wire/deviation.ts";
import { type JudgedRequest, judgeRequest } from "../wire/judge-request.ts";
import type { IsLost } from "./lost-credentials.ts";
import type { RecordedExchange } from "./recorded-exchange.ts";
import type { DocumentedServers } from "./recorded-servers.ts";
import { undocumentedPath } from "./undocumented-path.ts";

/** An exchange with the operation that it is one of, and what was due in it. */
export interface OwnCase {
  readonly operation: Operation;
  readonly recorded: RecordedExchange;
  readonly testCase: Case;
}

/** Where the request went, up to the path that the contract knows. */
export function baseUrl(recorded: RecordedExchange, { request }: Case): string {
  if (recorded.url.endsWith(request.path)) return recorded.url.slice(0, -request.path.length);
  const prefix = recorded.request.path.slice(0, recorded.request.path.length - request.path.length);
  return new URL(recorded.url).origin + prefix;
}

/** A request to the contract's server for a path that it doesn't document. */
export function undocumentedCase(recorded: RecordedExchange, path: string): OwnCase {
  const operation = undocumentedPath(recorded.request.method, path);
  const request: HttpRequest = { ...recorded.request, path };
  const id = `${operation.id} › recorded at ${recorded.place}`;
  const testCase: Case = {
    id,
    operation: operation.id,
    phase: "recorded",
    expectation: "undocumented",
    request,
    isTraffic: true,
  };
  return { operation, recorded, testCase };
}

export interface FoundCase {
  readonly operation: Operation;
  readonly testCase: Case;
  readonly notJudged: readonly string[];
}

/** What a request asks for and what is due in answer, by the contract; undefined when it asks for no documented path. */
export function toCase(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  servers: DocumentedServers,
  recorded: RecordedExchange,
  isLost: IsLost,
): FoundCase | undefined {
  for (const path of [recorded.request.path, ...servers.below(recorded.request.path)]) {
    const request: HttpRequest = { ...recorded.request, path };
    const judged = judgeRequest(contract, oracle, paths, request);
    const operation = judged.operation ?? contract.operations.find((other) => other.path === judged.path);
    if (!operation) continue;
    const violations = judged.violations.filter((one) => !isLost(operation, one));
    const hasLost = violations.length < judged.violations.length;
    const { expectation, deviation } = due({ ...judged, violations }, operation, request, hasLost);
    const id = recorded.caseId ?? `${operation.id} › recorded at ${recorded.place}`;
    return {
      operation,
      notJudged: hasLost
        ? [...judged.notJudged, "recorded requests lack credentials, which the recorder may have removed"]
        : judged.notJudged,
      testCase: {
        id,
        operation: operation.id,
        phase: "recorded",
        expectation,
        request,
        ...(deviation ? { deviation } : {}),
        ...(recorded.caseId === undefined ? { isTraffic: true } : {}),
      },
    };
  }
  return undefined;
}

function due(
  judged: JudgedRequest,
  operation: Operation,
  request: HttpRequest,
  hasLost: boolean,
): { expectation: Expectation; deviation?: Deviation } {
  if (judged.operation === undefined) {
    const pointer = operation.pointer.slice(0, operation.pointer.lastIndexOf("/"));
    return {
      expectation: "unsupported-method",
      deviation: { pointer, keyword: "method", in: "method", name: request.method },
    };
  }
  const [violation] = judged.violations;
  const isUnknown = hasLost || judged.notJudged.length > 0;
  if (!violation) return { expectation: isUnknown ? "unknown" : "accepted" };
  const { message: _, ...deviation } = violation;
  return { expectation: "rejected", deviation };
}
