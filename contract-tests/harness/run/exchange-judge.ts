import type {
  Check,
  Complaint,
  Judge,
  JudgedExchange,
  Judgement,
  JudgingLimits,
  ReadBody,
} from "../checks/check.ts";
import { ruleFor } from "../checks/check.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Contract, MediaType, Operation } from "../contract/contract.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, type ParsedMediaType, parseMediaType } from "../http/media-type.ts";
import { messageOf } from "../http/message-of.ts";
import type { Oracle } from "../schema/oracle.ts";
import { readBody } from "../wire/body.ts";
import { secretsOf } from "../wire/secrets-of.ts";
import { OperationEntries } from "./operation-entry.ts";

/** What one check made of one exchange. */
export interface CheckOutcome {
  readonly check: string;
  readonly complaints: readonly Complaint[];
  readonly notJudged?: string;
}

/** Judges exchanges by a set of checks, which may remember what they saw in this run. */
export class ExchangeJudge {
  readonly #judges: readonly (readonly [Check, Judge])[];
  readonly #contract: Contract;
  readonly #oracle: Oracle;
  readonly #limits: JudgingLimits;
  readonly #entries: OperationEntries;

  constructor(
    contract: Contract,
    oracle: Oracle,
    checks: readonly Check[],
    limits: JudgingLimits,
    entries: OperationEntries = new OperationEntries(contract),
  ) {
    this.#entries = entries;
    this.#judges = checks.map((check) => [check, begun(check)] as const);
    this.#contract = contract;
    this.#oracle = oracle;
    this.#limits = limits;
  }

  isOn(operation: Operation, check: string): boolean {
    const isChosen = this.#judges.some(([{ id }]) => id === check);
    return isChosen && this.#entries.treatment(operation, check) !== "off";
  }

  /** One outcome for each check whose business the exchange is. */
  judge(operation: Operation, exchange: Exchange): CheckOutcome[] {
    const outcomes: CheckOutcome[] = [];
    const isUndocumented = exchange.case.expectation === "undocumented";
    let judged: JudgedExchange;
    try {
      judged = this.#describe(operation, exchange);
    } catch (error) {
      const notJudged = `the response couldn't be read for this check: ${messageOf(error)}`;
      return this.#judges.map(([{ id }]) => ({ check: id, complaints: [], notJudged }));
    }
    for (const [check, judge] of this.#judges) {
      if (isUndocumented && !check.judgesUndocumented) continue;
      const judgement = guarded(check.id, () => judge(judged));
      // Also a check that is off here has seen what was sent: it may need that for other operations.
      if (judgement === undefined || this.#entries.treatment(operation, check.id) === "off") continue;
      if ("notJudged" in judgement)
        outcomes.push({ check: check.id, complaints: [], notJudged: judgement.notJudged });
      else
        outcomes.push({
          check: check.id,
          complaints: this.#weighed(operation, check, judgement).map(inShort),
        });
    }
    return outcomes;
  }

  #weighed(operation: Operation, { id }: Check, complaints: readonly Complaint[]): readonly Complaint[] {
    if (this.#entries.treatment(operation, id) !== "warning" && !this.#limits.warnedChecks?.has(id))
      return complaints;
    return complaints.map((complaint) => ({ ...complaint, severity: "warning" }));
  }

  #limitsOf(operation: Operation): JudgingLimits {
    const { acceptedStatuses, maxResponseTimeMs } = this.#entries.of(operation);
    return {
      ...this.#limits,
      ...(maxResponseTimeMs === undefined ? {} : { maxResponseTimeMs }),
      ...(acceptedStatuses
        ? { acceptedStatuses: new Map([...this.#limits.acceptedStatuses, ...acceptedStatuses]) }
        : {}),
    };
  }

  #describe(operation: Operation, exchange: Exchange): JudgedExchange {
    const { response } = exchange;
    const rule =
      response && exchange.case.expectation !== "unsupported-method"
        ? ruleFor(operation, response.status)
        : undefined;
    const contentType = response && parseMediaType(headerValue(response.headers, "content-type") ?? "");
    const mediaType = contentType && rule && coveringContent(rule.contents, contentType);
    return {
      contract: this.#contract,
      oracle: this.#oracle,
      operation,
      exchange,
      ...(response ? { response } : {}),
      ...(rule ? { rule } : {}),
      ...(contentType ? { contentType } : {}),
      ...(mediaType ? { mediaType } : {}),
      body: this.#readBody(exchange, contentType, mediaType),
      secrets: secretsOf(this.#contract, operation, exchange.case.request),
      limits: this.#limitsOf(operation),
    };
  }

  /** A body of no documented type is read as well, by what it says that it is. */
  #readBody(
    { case: { request }, response }: Exchange,
    contentType: ParsedMediaType | undefined,
    documented: MediaType | undefined,
  ): ReadBody {
    if (!response || response.body.length === 0 || request.method === "HEAD") return { kind: "none" };
    const mediaType = documented ?? undocumented;
    const media = contentType ?? undescribed;
    const context = { oracle: this.#oracle, mediaType };
    const read = readBody(context, response.body, response.headers, media, "response");
    if ("fault" in read) return { kind: "fault", fault: read.fault };
    return "notJudged" in read
      ? { kind: "not-judged", reason: read.notJudged }
      : { kind: "values", values: read.values };
  }
}

const undocumented: MediaType = { name: "*/*", pointer: "", examples: [], encoding: new Map() };
const undescribed: ParsedMediaType = { type: "application", subtype: "octet-stream", parameters: new Map() };

/** Most characters of what a finding says: names and values of a server may be as long as it likes. */
const longestSentence = 4_000;

function inShort(complaint: Complaint): Complaint {
  const { message, expected, actual } = complaint;
  if (Math.max(message.length, expected.length, actual.length) <= longestSentence) return complaint;
  const short = (text: string) =>
    text.length <= longestSentence ? text : `${text.slice(0, longestSentence)}… (${text.length} characters)`;
  return { ...complaint, message: short(message), expected: short(expected), actual: short(actual) };
}

/** A check that can't begin judges nothing. */
function begun(check: Check): Judge {
  try {
    return check.begin();
  } catch (error) {
    const notJudged = `the check ${check.id} itself failed: ${messageOf(error)}`;
    return () => ({ notJudged });
  }
}

/** A check that fails itself has judged nothing, and the run goes on. */
function guarded(check: string, judge: () => Judgement): Judgement {
  try {
    return judge();
  } catch (error) {
    return { notJudged: `the check ${check} itself failed: ${messageOf(error)}` };
  }
}
