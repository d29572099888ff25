import type { Case } from "../cases/case.ts";
import type { Contract, MediaType, Operation, ResponseRule } from "../contract/contract.ts";
import type { ParsedMediaType } from "../http/media-type.ts";
import type { HttpResponse } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { BodyFault, BodyValue } from "../wire/body-family.ts";
import type { Exchange, Severity } from "./finding.ts";

/** One rule by which exchanges are judged. */
export interface Check {
  /** In the field's words; used in findings, reports, baselines and options. */
  readonly id: string;
  /** One sentence: what must hold. */
  readonly rule: string;
  /** Needs a real server: a static mock can't show it. */
  readonly needsLiveServer?: boolean;
  /** Judges requests for undocumented paths, which all other checks ignore. */
  readonly judgesUndocumented?: boolean;
  /** Needs a server on which a request has an effect that later ones see. */
  readonly needsMemory?: boolean;
  /**
   * Requests that the check needs beyond the planned ones, derived from them: cases to repeat, or new ones. `repeats`: how
   * often a request is repeated to see whether its responses agree. Not called for a static mock.
   */
  probes?(cases: readonly Case[], repeats: number): readonly Case[];
  /** Starts judging one run: the judge keeps whatever the check must remember. */
  begin(): Judge;
}

export type Judge = (exchange: JudgedExchange) => Judgement;

/** Undefined: not this check's business. No complaints: passed. */
export type Judgement = readonly Complaint[] | NotJudgedHere | undefined;

export interface NotJudgedHere {
  readonly notJudged: string;
}

/** What a check objects to in an exchange. */
export interface Complaint {
  /** The kind of violation, in kebab-case: part of the finding's id, so never a value. */
  readonly kind: string;
  /** JSON pointer to the violated rule in the contract. */
  readonly pointer: string;
  /**
   * Where and by which member, if `pointer` and `kind` don't say it: the last part of the finding's id, never a
   * value. See `placeInValue`.
   */
  readonly at?: string;
  /** One sentence. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** Default "error". */
  readonly severity?: Severity;
  /** The earlier exchanges that show the violation together with this one, in order. */
  readonly steps?: readonly Exchange[];
}

/** An exchange with everything that the contract says about it. */
export interface JudgedExchange {
  readonly contract: Contract;
  readonly oracle: Oracle;
  readonly operation: Operation;
  readonly exchange: Exchange;
  readonly response?: HttpResponse;
  /** The documented response that covers the status; undefined when there is none. */
  readonly rule?: ResponseRule;
  /** The parsed `Content-Type`; undefined if absent or malformed. */
  readonly contentType?: ParsedMediaType;
  /** The documented media type that covers the response's. */
  readonly mediaType?: MediaType;
  /** The response's body, decoded and read. */
  readonly body: ReadBody;
  /** Secrets that this request carried. */
  readonly secrets: readonly string[];
  readonly limits: JudgingLimits;
}

/** One value, or several of a sequence; undefined for binary content. */
export type ReadBody =
  | { readonly kind: "none" }
  | { readonly kind: "values"; readonly values: readonly BodyValue[] }
  | { readonly kind: "not-judged"; readonly reason: string }
  | { readonly kind: "fault"; readonly fault: BodyFault };

export interface JudgingLimits {
  /** Milliseconds. */
  readonly maxResponseTimeMs: number;
  /** Statuses that a check accepts instead of its own, by check id. */
  readonly acceptedStatuses: ReadonlyMap<string, ReadonlySet<number>>;
  /** Ids of checks whose complaints are warnings. Default: none. */
  readonly warnedChecks?: ReadonlySet<string>;
}

/** `200 OK`-like statuses and classes that the operation documents, for messages. */
export function documentedStatuses(operation: Operation): string {
  return operation.responses.map(({ status }) => status).join(", ") || "none";
}

/** The documented response for `status`: by itself, by its class, or `default` (OpenAPI 3.1, section 4.8.16). */
export function ruleFor(operation: Operation, status: number): ResponseRule | undefined {
  const find = (name: string) => operation.responses.find((response) => response.status === name);
  return find(String(status)) ?? find(`${Math.floor(status / 100)}XX`) ?? find("default");
}
