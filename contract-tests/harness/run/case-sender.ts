import type { Case } from "../cases/case.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { HttpRequest } from "../http/message.ts";
import { UserError } from "../http/user-error.ts";
import type { FreshTokens } from "./fresh-tokens.ts";
import type { OperationEntries } from "./operation-entry.ts";
import { PacedSender, type SenderOptions, type Sent } from "./paced-sender.ts";
import { Patience } from "./patience.ts";
import { budgetIsSpent, type Session } from "./source.ts";
import { whyNoHttp } from "./speaks-http.ts";
import type { Target } from "./target.ts";

export interface CaseSenderOptions extends Omit<SenderOptions, "signal" | "budget"> {
  readonly target: Target;
  readonly entries: OperationEntries;
  /** Credentials that are fetched. */
  readonly tokens?: FreshTokens;
  /** Milliseconds for each request. */
  readonly timeoutMs: number;
}

/** Carries cases to a target, and ends the run where the target can't be judged any more, or at all. */
export class CaseSender {
  readonly #session: Session;
  readonly #options: CaseSenderOptions;
  readonly #sender: PacedSender;
  readonly #patience: Patience;
  /** Asked once, also where several first requests are under way at a time. */
  #noHttp: Promise<string | undefined> | undefined;

  constructor(session: Session, options: CaseSenderOptions) {
    this.#session = session;
    this.#options = options;
    this.#sender = new PacedSender(options.target, {
      ...options,
      budget: session.budget,
      signal: session.stopping.signal,
    });
    this.#patience = new Patience(options.timeoutMs);
  }

  /** Requests sent so far, those included that no case asks for. */
  get sent(): number {
    return this.#sender.sent;
  }

  /** Sends one case; the reason when the target or the limits of the run don't let it through. */
  async exchange(operation: Operation, testCase: Case): Promise<Exchange | NotJudged> {
    const notSent = (reason: string): NotJudged => ({ operation: operation.id, reason });
    const { stopping } = this.#session;
    if (stopping.stopped) return notSent(stopping.stopped.reason);
    if (this.#patience.operationIsOver)
      return notSent("three requests in a row weren't answered, so the rest of the operation was skipped");
    const outcome = await this.#send(operation, testCase.request);
    const end = "reason" in outcome ? outcome.reason : await this.#endAfter(operation, outcome.sent);
    if (end !== undefined) stopping.giveUp({ by: "target", reason: end });
    if ("reason" in outcome) return notSent(outcome.reason);
    if (end !== undefined) return notSent(end);
    const { request, sent } = outcome;
    if ("stopped" in sent) return notSent(this.#session.stopping.stopped?.reason ?? "the run was stopped");
    if (this.#patience.isMissing) return this.exchange(operation, testCase); // a restart may be under way
    if ("exhausted" in sent) return notSent(budgetIsSpent);
    if ("limited" in sent) return notSent(sent.limited);
    if ("unsent" in sent) return notSent(`${testCase.id} couldn't be sent: ${sent.unsent}`);
    const own = request === testCase.request ? testCase : { ...testCase, request };
    return { case: own, ...sent };
  }

  /** An operation is over. The run is given up when it was one silence too many. */
  nextOperation(): void {
    this.#patience.nextOperation();
    if (this.#patience.runIsOver)
      this.#session.stopping.giveUp({
        by: "silence",
        reason: "the target didn't answer three operations in a row, so the run was stopped",
      });
  }

  /** Why the run can't go on after what a request came to; undefined when it can. */
  async #endAfter(operation: Operation, sent: Sent): Promise<string | undefined> {
    const end = this.#patience.hear(sent);
    if (end !== undefined || this.#patience.hasAnswered || !("failure" in sent)) return end;
    this.#noHttp ??= whyNoHttp(sent, (request) =>
      this.#sender.send(operation.id, request, this.#timeoutFor(operation)),
    );
    return this.#noHttp;
  }

  /** Sends a request with tokens that are good; the reason when there are none any more. */
  async #send(
    operation: Operation,
    planned: HttpRequest,
  ): Promise<{ readonly request: HttpRequest; readonly sent: Sent } | { readonly reason: string }> {
    const { tokens } = this.#options;
    const timeoutMs = this.#timeoutFor(operation);
    const { signal } = this.#session.stopping;
    try {
      const request = tokens ? await tokens.filled(planned, signal) : planned;
      const sent = await this.#sender.send(operation.id, request, timeoutMs);
      const again = "response" in sent && (await tokens?.afterRefusal(request, sent.response, signal));
      return again
        ? { request: again, sent: await this.#sender.send(operation.id, again, timeoutMs) }
        : { request, sent };
    } catch (error) {
      if (error instanceof UserError) return { reason: `no new token could be obtained: ${error.message}` };
      throw error;
    }
  }

  #timeoutFor(operation: Operation): number {
    const own = this.#options.entries.of(operation).timeoutMs;
    const { timeoutMs } = this.#patience;
    return own === undefined ? timeoutMs : (own * timeoutMs) / this.#options.timeoutMs;
  }
}
