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
import type { Contract, MediaType, Operation, ResponseRule } from "../contract/contract.ts";
import { headerValue } from "../http/header-value.ts";
import { mediaTypeMatches, type ParsedMediaType, parseMediaType, specificity } from "../http/media-type.ts";
import type { HttpResponse } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { decodeContent, readBodyValue } from "../wire/decode-body.ts";
import { secretsOf } from "../wire/secrets-of.ts";

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

  constructor(contract: Contract, oracle: Oracle, checks: readonly Check[], limits: JudgingLimits) {
    this.#judges = checks.map((check) => [check, check.begin()] as const);
    this.#contract = contract;
    this.#oracle = oracle;
    this.#limits = limits;
  }

  /** One outcome for each check whose business the exchange is. */
  judge(operation: Operation, exchange: Exchange): CheckOutcome[] {
    const judged = this.#describe(operation, exchange);
    const outcomes: CheckOutcome[] = [];
    for (const [check, judge] of this.#judges) {
      const judgement = guarded(check.id, () => judge(judged));
      if (judgement === undefined) continue;
      if ("notJudged" in judgement)
        outcomes.push({ check: check.id, complaints: [], notJudged: judgement.notJudged });
      else outcomes.push({ check: check.id, complaints: judgement });
    }
    return outcomes;
  }

  #describe(operation: Operation, exchange: Exchange): JudgedExchange {
    const { response } = exchange;
    const rule =
      response && exchange.case.expectation !== "unsupported-method"
        ? ruleFor(operation, response.status)
        : undefined;
    const contentType = response && parseMediaType(headerValue(response.headers, "content-type") ?? "");
    const mediaType = contentType && rule && coveringMediaType(rule, contentType);
    return {
      contract: this.#contract,
      oracle: this.#oracle,
      operation,
      exchange,
      ...(response ? { response } : {}),
      ...(rule ? { rule } : {}),
      ...(contentType ? { contentType } : {}),
      ...(mediaType ? { mediaType } : {}),
      body: readBody(exchange, response, contentType),
      secrets: secretsOf(this.#contract, operation, exchange.case.request),
      limits: this.#limits,
    };
  }
}

/** A check that fails itself has judged nothing, and the run goes on. */
function guarded(check: string, judge: () => Judgement): Judgement {
  try {
    return judge();
  } catch (error) {
    return { notJudged: `${check} failed itself: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The documented media type that covers the answer's: the one that names it most closely. */
function coveringMediaType(rule: ResponseRule, actual: ParsedMediaType): MediaType | undefined {
  return rule.contents
    .filter(({ name }) => mediaTypeMatches(name, actual))
    .sort((a, b) => specificity(b.name) - specificity(a.name))[0];
}

function readBody(
  exchange: Exchange,
  response: HttpResponse | undefined,
  contentType: ParsedMediaType | undefined,
): ReadBody {
  if (!response || response.body.length === 0 || exchange.case.request.method === "HEAD")
    return { kind: "none" };
  const decoded = decodeContent(response.body, headerValue(response.headers, "content-encoding"));
  if ("fault" in decoded) return { kind: "fault", fault: decoded.fault };
  if (!contentType) return { kind: "value", value: undefined };
  const read = readBodyValue(decoded.bytes, contentType);
  return "fault" in read ? { kind: "fault", fault: read.fault } : { kind: "value", value: read.value };
}
