import { setImmediate } from "node:timers/promises";
import { type Complaint, ruleFor } from "../checks/check.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { HttpRequest } from "../http/message.ts";
import { judgeRequest } from "../wire/judge-request.ts";
import { carriedSecrets } from "../wire/secrets-of.ts";
import type { RunEvent } from "./events.ts";
import type { CheckOutcome } from "./exchange-judge.ts";
import { violationComplaint } from "./judge-client-call.ts";
import { schemaGaps } from "./operation-schemas.ts";
import { documentedServers } from "./recorded-servers.ts";
import type { Session, Source } from "./source.ts";
import { type ProgramEnd, startProgram } from "./start-program.ts";
import type { Target } from "./target.ts";
import { undocumentedPath } from "./undocumented-path.ts";
import { type PlannedAnswer, type Variation, variations, waitSeconds } from "./variations.ts";
import { keyOf, type ReceivedRequest, startVaryingMock } from "./varying-mock.ts";

/** A program that is judged by what it sends and how it takes the answers. */
export interface Program {
  /** The command and its arguments; `{url}` stands for the mock's address. */
  readonly words: readonly string[];
  /** Ids of the variations to try. Default: all. */
  readonly variations?: readonly string[];
}

/** A clock may be a little ahead of another, and a wait may end a little early. */
const tolerance = 0.9;

/** Starts a program against a mock: once as it is, and once under each clean variation of the answers. */
export class ProgramSource implements Source {
  readonly casesPlanned = undefined;
  requestsSent = 0;
  readonly #session: Session;
  readonly #target: Target;
  readonly #program: Program;
  readonly #seen = new Set<string>();

  constructor(session: Session, target: Target, program: Program) {
    this.#session = session;
    this.#target = target;
    this.#program = program;
  }

  async prepare(): Promise<void> {
    const { contract, oracle } = this.#session;
    for (const operation of contract.operations) {
      schemaGaps(oracle, operation);
      await setImmediate();
    }
  }

  async *play(): AsyncGenerator<RunEvent, void, undefined> {
    const { recorder, stopping } = this.#session;
    const plain = await this.#start(undefined);
    yield* this.#judge(plain, undefined);
    if (plain.received.length === 0)
      yield* recorder.tell({
        reason: `the program sent no request to the mock (${plain.end.how}): make it use the address in CONFORMANCE_URL or {url}`,
      });
    else if (plain.end.code !== 0)
      yield* recorder.tell({
        reason: "the program failed against the plain mock, so the variations of the responses weren't tried",
      });
    else
      for (const variation of this.#variations()) {
        if (stopping.stopped) yield* recorder.tell({ reason: `${variation.id}: ${stopping.stopped.reason}` });
        else yield* this.#judge(await this.#start(variation), variation);
      }
    for (const row of this.#seen) yield recorder.finished(row);
    for (const { id } of this.#session.contract.operations)
      if (!this.#seen.has(rowOf(id)))
        yield* recorder.tell({ operation: id, reason: "the program sent no request of this operation" });
  }

  #variations(): readonly Variation[] {
    const { variations: chosen } = this.#program;
    return variations.filter(({ id }) => chosen?.includes(id) ?? true);
  }

  async #start(variation: Variation | undefined): Promise<Started> {
    const mock = await startVaryingMock({
      target: this.#target,
      ...(variation ? { variation } : {}),
      pathOf: (request) => this.#asked(request).path,
      isValid: (request, answer, value) => this.#isValid(request, answer, value),
    });
    const end = await startProgram(this.#program.words, mock.address, this.#session.stopping.signal);
    await mock.close();
    return { received: [...mock.received].sort((one, other) => one.receivedAt - other.receivedAt), end };
  }

  async *#judge(
    { received, end }: Started,
    variation: Variation | undefined,
  ): AsyncGenerator<RunEvent, void, undefined> {
    const { recorder, stopping } = this.#session;
    this.requestsSent += received.length;
    if (stopping.stopped) return;
    for (const [index, one] of received.entries()) {
      const outcomes: CheckOutcome[] = [];
      if (!one.isElsewhere)
        outcomes.push({
          check: "client-request-conformance",
          complaints: this.#requestComplaints(one.request),
        });
      const earlier = received.slice(0, index).find(({ request }) => keyOf(request) === keyOf(one.request));
      if (earlier?.refusedAt !== undefined && one.receivedAt > earlier.refusedAt)
        outcomes.push({
          check: "client-retry",
          complaints: retryComplaints(this.#asked(one.request).operation, one.receivedAt - earlier.refusedAt),
        });
      if (one.isElsewhere)
        outcomes.push({ check: "client-redirect", complaints: this.#redirectComplaints(one.request) });
      yield* this.#enter(one, outcomes, variation);
      await setImmediate();
    }
    const last = received.at(-1);
    if (!last) return;
    // Whether it follows is the client's choice; that no credential goes along isn't.
    const isJudged = variation?.instead !== "redirect";
    if (variation && !received.some(({ isVaried }) => isVaried))
      yield* recorder.tell({
        check: "client-outcome",
        reason: `no response could be varied so that ${variation.what}`,
      });
    else if (isJudged)
      yield* this.#enter(
        last,
        [
          {
            check: "client-outcome",
            complaints: outcomeComplaints(
              this.#asked(last.request).operation,
              end,
              variation,
              this.#isDue(received, variation),
            ),
          },
        ],
        variation,
      );
    else if (!received.some(({ isElsewhere }) => isElsewhere))
      yield* recorder.tell({
        check: "client-redirect",
        reason: "the program doesn't follow redirects to other hosts",
      });
  }

  /** To cope with 429 is due where the contract documents it, or the caller asks for it; elsewhere it is advice. */
  #isDue(received: readonly ReceivedRequest[], variation: Variation | undefined): boolean {
    if (variation?.instead !== "wait" || this.#program.variations?.includes(variation.id)) return true;
    return received.some(({ request }) =>
      this.#asked(request).operation.responses.some(({ status }) => status === "429"),
    );
  }

  *#enter(
    { request, result, refusedAt, isRedirected }: ReceivedRequest,
    outcomes: readonly CheckOutcome[],
    variation: Variation | undefined,
  ): Generator<RunEvent, void, undefined> {
    const { operation, path } = this.#asked(request);
    const row = rowOf(operation.id);
    this.#seen.add(row);
    const isRefused = refusedAt !== undefined || isRedirected === true;
    const isMeantToSucceed = !isRefused && this.#requestComplaints(request).length === 0;
    const exchange: Exchange = {
      case: {
        id: `${operation.id} › ${variation ? `when ${variation.what}` : "as it is"}`,
        operation: row,
        phase: "recorded",
        expectation: isMeantToSucceed ? "accepted" : "rejected",
        // The mock's own address is gone with it.
        request: { ...request, path, headers: request.headers.filter(([name]) => !/^host$/i.test(name)) },
        isTraffic: true,
      },
      ...result,
    };
    yield* this.#session.recorder.enter(operation, exchange, serverOf(operation), outcomes);
  }

  /** The operation that a request asks for, and its path as the contract has it. */
  #asked(request: HttpRequest): {
    readonly operation: Operation;
    readonly path: string;
    readonly isKnown: boolean;
  } {
    const { contract, oracle, paths } = this.#session;
    let known: string | undefined;
    for (const path of [request.path, ...documentedServers(contract).below(request.path)]) {
      const judged = judgeRequest(contract, oracle, paths, { ...request, path });
      if (judged.operation) return { operation: judged.operation, path, isKnown: true };
      if (judged.path !== undefined) known ??= path;
    }
    const path = known ?? request.path;
    return { operation: undocumentedPath(request.method, path), path, isKnown: false };
  }

  #requestComplaints(request: HttpRequest): readonly Complaint[] {
    const { contract, oracle, paths } = this.#session;
    const { operation, path, isKnown } = this.#asked(request);
    const asked = `${request.method} ${operation.path}`;
    const others = contract.operations.filter(
      (one) => paths.match(path.split("?")[0] ?? "")?.path === one.path,
    );
    if (!isKnown)
      return [
        others.length > 0
          ? {
              kind: "undocumented-method",
              pointer: others[0]?.pointer.replace(/\/[^/]*$/, "") ?? "/paths",
              message: `The program sends ${request.method}, which the contract doesn't document for this path.`,
              expected: others.map(({ method }) => method).join(" or "),
              actual: asked,
            }
          : {
              kind: "undocumented-path",
              pointer: "/paths",
              message: "The program requests a path that the contract doesn't document.",
              expected: "a documented path",
              actual: asked,
            },
      ];
    const { violations } = judgeRequest(contract, oracle, paths, { ...request, path });
    const isBodyDue = operation.requestBody !== undefined || (request.body?.length ?? 0) === 0;
    return [
      ...violations.map(violationComplaint),
      ...(isBodyDue
        ? []
        : [
            {
              kind: "undocumented-body",
              pointer: operation.pointer,
              message: "The program sends a body where the contract documents none.",
              expected: "no body",
              actual: `${request.body?.length ?? 0} bytes (${headerValue(request.headers, "content-type") ?? "no media type"})`,
            },
          ]),
    ];
  }

  #redirectComplaints(request: HttpRequest): readonly Complaint[] {
    const { operation } = this.#asked(request);
    const carried = carriedSecrets(this.#session.contract, operation, request);
    return carried
      .filter(({ in: place }) => place !== "query") // the address was the mock's to choose
      .map(({ in: place, name }) => ({
        kind: `credential-sent-on-${place}`,
        pointer: operation.securityPointer,
        message: `The program forwards its credential (the ${place} ${name}) when it is redirected to another host.`,
        expected: "no credential sent to another host",
        actual: `${place} ${name}`,
      }));
  }

  #isValid(request: HttpRequest, { status, headers }: PlannedAnswer, value: unknown): boolean {
    const { oracle } = this.#session;
    const contentType = parseMediaType(headerValue(headers, "content-type") ?? "");
    const rule = ruleFor(this.#asked(request).operation, status);
    const schema = contentType && rule && coveringContent(rule.contents, contentType)?.schema;
    return schema !== undefined && oracle.accepts(schema, "response", value);
  }
}

interface Started {
  readonly received: readonly ReceivedRequest[];
  readonly end: ProgramEnd;
}

/** Where the contract says that a request would have gone. */
function serverOf({ servers }: Operation): string {
  const [whole] = servers.filter(({ url }) => /^https?:/.test(url) && !url.includes("{"));
  return whole?.url ?? "http://localhost";
}

const rowOf = (operation: string) => `client › ${operation}`;

function retryComplaints({ pointer }: Operation, waitedMs: number): readonly Complaint[] {
  if (waitedMs >= waitSeconds * 1_000 * tolerance) return [];
  return [
    {
      kind: "retry-without-waiting",
      pointer,
      message: "The program retries before the time given in Retry-After is over (RFC 9110, section 10.2.3).",
      expected: `${waitSeconds * 1_000} ms`,
      actual: `${Math.round(waitedMs)} ms`,
    },
  ];
}

function outcomeComplaints(
  { pointer }: Operation,
  { code, how }: ProgramEnd,
  variation: Variation | undefined,
  isDue: boolean,
): readonly Complaint[] {
  if (code === 0) return [];
  return [
    {
      kind: `fails-${variation?.id ?? "as-it-is"}`,
      pointer,
      message: variation
        ? `The program fails when ${variation.what}.`
        : "The program fails against the mock.",
      expected: "exit code 0",
      actual: how,
      ...(isDue ? {} : { severity: "warning" as const }),
    },
  ];
}
