import type { JudgingLimits } from "../checks/check.ts";
import type { Exchange, Finding } from "../checks/finding.ts";
import { checks } from "../checks/registry.ts";
import type { Contract, Operation, SecurityScheme } from "../contract/contract.ts";
import { isSafe } from "../http/loopback.ts";
import type { HeaderLine, HttpRequest } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { chosenSecurity, credentialsFor, merged, wrongCredential } from "../wire/credentials.ts";
import { noCredentials } from "../wire/scheme-form.ts";
import { security } from "../wire/security.ts";
import { type CheckOutcome, ExchangeJudge } from "./exchange-judge.ts";
import type { FreshTokens } from "./fresh-tokens.ts";
import { findingId } from "./ledger.ts";
import type { OperationEntries } from "./operation-entry.ts";
import { GivenNames, missingSecret, withCredentials } from "./renewed-request.ts";
import type { OwnFaults, SendResult, Target } from "./target.ts";
import { Things } from "./things.ts";
import { undocumentedPath } from "./undocumented-path.ts";

export interface ReplayOptions {
  readonly contract: Contract;
  readonly oracle: Oracle;
  readonly target: Target;
  /** The caller's own: they stand where secrets were taken out. */
  readonly headers: readonly HeaderLine[];
  /** By the names of security schemes. */
  readonly auth: ReadonlyMap<string, string>;
  /** Credentials that are fetched, begun before. */
  readonly tokens?: FreshTokens;
  /** Also requests that may change something go to a target that doesn't allow them by itself. */
  readonly allowWrites: boolean;
  /** Milliseconds for each request. */
  readonly timeoutMs: number;
  readonly limits: JudgingLimits;
  readonly entries: OperationEntries;
  readonly signal?: AbortSignal;
}

/** What became of a finding. `why`: one clause, where it isn't there any more or nobody can tell. */
export interface Replayed {
  readonly outcome: "still there" | "gone" | "not tried";
  readonly why: string;
}

/** So often is a request sent whose finding shows by repetition, or was seen now and then. */
const repeats = 5;

/** Sends the requests of findings again, those before them first, and judges the last answer by the check that found it. */
export class Replay {
  readonly #options: ReplayOptions;
  #ownFaults: Promise<OwnFaults> | undefined;

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  async try(finding: Finding): Promise<Replayed> {
    const { contract, oracle, target, allowWrites, signal } = this.#options;
    const check = checks.find(({ id }) => id === finding.check);
    if (!check) return notTried("it is about a client, not a server");
    const steps = finding.steps ?? [];
    if (steps.length === 0 && curlLines(finding.curl) > 1)
      return notTried("the report lacks the requests that led to it: write a new one");
    const mayWrite = allowWrites || target.capabilities.allowsWrites;
    const unsafe = [...steps, finding.exchange].find(({ case: { request } }) => !isSafe(request.method));
    if (unsafe && !mayWrite)
      return notTried(`${unsafe.case.request.method} may change data: allow it with --allow-writes`);
    if (finding.check === "response-received" && finding.exchange.failure?.code === "NOT_SENT")
      return notTried("nothing was sent");

    const judge = new ExchangeJudge(contract, oracle, [check], this.#options.limits, this.#options.entries);
    const names = new GivenNames();
    const things = new Things(contract, oracle);
    const send = async (
      before: Exchange,
    ): Promise<{ now: Exchange; outcomes: readonly CheckOutcome[] } | Replayed> => {
      if (signal?.aborted) return notTried("the replay was interrupted");
      const operation = operationOf(contract, before);
      const request = this.#request(operation, before, names);
      const missing = missingSecret(request);
      if (missing !== undefined)
        return notTried(
          `${missing} of ${name(before)} contained a secret: give it again with --header or --auth`,
        );
      const now: Exchange = { case: { ...before.case, request }, ...(await this.#sent(request)) };
      names.learn(before, now);
      things.observe(operation, now);
      return { now, outcomes: await this.#judged(judge, operation, now) };
    };
    try {
      for (const step of steps) {
        const result = await send(step);
        if ("outcome" in result) return result;
        const [old, now] = [step, result.now].map(({ response }) => response?.status);
        if (classOf(old) === classOf(now)) continue;
        // What the server has learned to refuse has no effect that later steps could show.
        if (step.case.expectation === "rejected" && classOf(now) === 4) continue;
        return notTried(
          `an earlier step (${name(step)}) ${now === undefined ? "gets no answer now" : `now answers ${now}`}; it ${old === undefined ? "got none" : `answered ${old}`} in the report`,
        );
      }
      await this.#prepare(finding, judge);
      return await this.#tryLast(finding, send, check.probes !== undefined);
    } finally {
      await this.#cleanUp(things);
    }
  }

  async #tryLast(
    finding: Finding,
    send: (exchange: Exchange) => Promise<{ now: Exchange; outcomes: readonly CheckOutcome[] } | Replayed>,
    isRepeated: boolean,
  ): Promise<Replayed> {
    const wanted = finding.id.replace(/ \| never-accepted$/, "");
    let last: Replayed = notTried("nothing was sent");
    for (let again = 0; again < (isRepeated || finding.intermittent === true ? repeats : 1); again++) {
      const result = await send(finding.exchange);
      if ("outcome" in result) return result;
      const { now, outcomes } = result;
      const complaints = outcomes.flatMap(({ check, complaints }) =>
        complaints.filter((one) => findingId(check, finding.operation, one) === wanted),
      );
      const answer = now.response
        ? `answered ${now.response.status}`
        : `no answer (${now.failure?.code ?? "none"})`;
      if (complaints.length > 0) return { outcome: "still there", why: answer };
      const [doubt] = [doubtIn(finding, now), ...outcomes.map(({ notJudged }) => notJudged)].filter(Boolean);
      const isRefused =
        finding.exchange.case.expectation === "rejected" && classOf(now.response?.status) === 4;
      if (doubt) last = notTried(`${answer}: ${doubt}`);
      else if (outcomes.length > 0 || isRefused) last = { outcome: "gone", why: answer };
      else if (last.outcome !== "gone") last = notTried(`${answer}, which ${finding.check} doesn't judge`);
    }
    return last;
  }

  #request(operation: Operation, { case: { request, deviation } }: Exchange, names: GivenNames): HttpRequest {
    const { contract, headers } = this.#options;
    const own = [...this.#secrets].flatMap(([name, secret]) => {
      const scheme: SecurityScheme | undefined = contract.securitySchemes.get(name);
      return scheme && operation.security.some((names) => names.includes(name))
        ? [security(scheme).write(deviation?.in === "security" ? wrongCredential : secret)]
        : [];
    });
    const isAboutHeader = (name: string) =>
      deviation?.in === "header" && deviation.name?.toLowerCase() === name.toLowerCase();
    const isWrong = deviation?.in === "security";
    const all = merged([...own, { ...noCredentials, headers: isWrong ? headers.map(wrongly) : headers }]);
    // A header that was wrong or missing on purpose stays so, as does a credential.
    const given = { ...all, headers: all.headers.filter(([name]) => !isAboutHeader(name)) };
    return withCredentials(names.in(request), given, !isWrong);
  }

  /** What the caller gives for schemes, and what stands for what is fetched. */
  get #secrets(): ReadonlyMap<string, string> {
    const { auth, tokens } = this.#options;
    return new Map([...(tokens?.standIns ?? []), ...auth]);
  }

  /** Sends a request with tokens that are good; one that is refused is renewed once. */
  async #sent(request: HttpRequest): Promise<SendResult> {
    const { target, timeoutMs, tokens, signal } = this.#options;
    const options = { timeoutMs, ...(signal ? { signal } : {}) };
    const filled = tokens ? await tokens.filled(request, signal) : request;
    const sent = await target.send(filled, options);
    const again = "response" in sent && (await tokens?.afterRefusal(filled, sent.response, signal));
    return again ? target.send(again, options) : sent;
  }

  /** Whether a refusal means anything shows where the right credential was seen to succeed. */
  async #prepare({ check, exchange }: Finding, judge: ExchangeJudge): Promise<void> {
    const { contract } = this.#options;
    if (check !== "ignored-auth" || !isSafe(exchange.case.request.method)) return;
    const { deviation: _, ...planned } = exchange.case;
    const operation = operationOf(contract, exchange);
    const valid: Exchange = { case: { ...planned, expectation: "accepted" } };
    const request = this.#request(operation, valid, new GivenNames());
    if (missingSecret(request) !== undefined) return;
    const sent = await this.#sent(request);
    await this.#judged(judge, operation, { case: { ...valid.case, request }, ...sent });
  }

  async #judged(
    judge: ExchangeJudge,
    operation: Operation,
    exchange: Exchange,
  ): Promise<readonly CheckOutcome[]> {
    const { target, oracle } = this.#options;
    const outcomes = judge.judge(operation, exchange);
    if (!target.ownFaults || !outcomes.some(({ complaints }) => complaints.length > 0)) return outcomes;
    this.#ownFaults ??= target.ownFaults(oracle);
    return (await this.#ownFaults)(operation, exchange, outcomes);
  }

  /** What the replay made is deleted, the newest first, so that it can be made again. */
  async #cleanUp(things: Things): Promise<void> {
    const { contract, headers } = this.#options;
    const secrets = new Map(
      [...this.#secrets].flatMap(([name, secret]) => {
        const scheme = contract.securitySchemes.get(name);
        return scheme ? [[scheme, secret] as const] : [];
      }),
    );
    for (const { resource, path } of things.all) {
      const { remove } = resource;
      if (!remove) continue;
      const chosen = chosenSecurity(contract, remove, headers, secrets) ?? [];
      const own = credentialsFor(contract, remove, chosen, headers, undefined, secrets);
      const query = new URLSearchParams(own.query.map(([name, value]) => [name, value])).toString();
      const cookies = own.cookies.map(([name, value]) => `${name}=${value}`).join("; ");
      await this.#sent({
        method: "DELETE",
        path: query === "" ? path : `${path}?${query}`,
        headers: cookies === "" ? own.headers : [...own.headers, ["cookie", cookies]],
      });
    }
  }
}

/** Why an answer without the complaint doesn't show that the fault is gone; undefined when it does. */
function doubtIn({ check, exchange }: Finding, { response, failure }: Exchange): string | undefined {
  if (failure) return check === "response-received" ? undefined : "it says nothing about the finding";
  const [old, now] = [exchange.response?.status, response?.status ?? 0];
  const { deviation } = exchange.case;
  if (old === now) return undefined;
  if (now >= 500) return check === "not-a-server-error" ? undefined : "it now fails in another way";
  if ([401, 403].includes(now) && deviation?.in !== "security")
    return "a credential is missing or no longer valid: give one with --header or --auth";
  if (
    [404, 410].includes(now) &&
    deviation?.in !== "path" &&
    check !== "use-after-free" &&
    check !== "unsupported-method"
  )
    return "its resource no longer exists";
  return [409, 429].includes(now) ? "it was refused for another reason" : undefined;
}

function operationOf({ operations }: Contract, { case: { operation, request } }: Exchange): Operation {
  return operations.find(({ id }) => id === operation) ?? undocumentedPath(request.method, request.path);
}

/** A credential that was wrong on purpose stays wrong, behind its scheme: redaction made no difference of the two. */
function wrongly([name, value]: HeaderLine): HeaderLine {
  return [name, value.replace(/\S+$/, wrongCredential)];
}

function classOf(status: number | undefined): number {
  return Math.floor((status ?? 0) / 100);
}

function name({ case: { operation } }: Exchange): string {
  return operation;
}

function curlLines(text: string): number {
  return text.split("\n").filter((line) => /(^|\| )curl -sS -i /.test(line)).length;
}

function notTried(why: string): Replayed {
  return { outcome: "not tried", why };
}
