import { ruleFor } from "../checks/check.ts";
import type { Contract } from "../contract/contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import { hasNoContent } from "../http/no-content.ts";
import { Oracle } from "../schema/oracle.ts";
import { visitInstance } from "../schema/visit-instance.ts";
import { readBody } from "../wire/body.ts";
import type { RequestViolation } from "../wire/deviation.ts";
import { judgeRequest } from "../wire/judge-request.ts";
import {
  type AnswerReading,
  type OperationPair,
  type ReadAnswer,
  type Side,
  type Sides,
  sides,
} from "./change.ts";

/** What a request breaks of each document; undefined where it asks for another operation there. */
export type JudgedRequest = Partial<Sides<readonly RequestViolation[]>>;

/** Reads requests and answers as both documents describe them. */
export class ExchangeReader {
  readonly contracts: Sides<Contract>;
  readonly oracles: Sides<Oracle>;
  readonly paths: Sides<PathTable>;

  constructor(contracts: Sides<Contract>) {
    const { base, revision } = contracts;
    const pathsOf = ({ operations }: Contract) => new PathTable(operations.map(({ path }) => path));
    this.contracts = contracts;
    this.oracles = { base: new Oracle(base), revision: new Oracle(revision) };
    this.paths = { base: pathsOf(base), revision: pathsOf(revision) };
  }

  request(pair: OperationPair, request: HttpRequest): JudgedRequest {
    const judged: { [One in Side]?: readonly RequestViolation[] } = {};
    for (const side of sides) {
      const { operation, violations } = judgeRequest(
        this.contracts[side],
        this.oracles[side],
        this.paths[side],
        request,
      );
      if (operation !== undefined && operation.id === pair[side]?.id) judged[side] = violations;
    }
    return judged;
  }

  answer(pair: OperationPair, request: HttpRequest, response: HttpResponse): ReadAnswer {
    const read: { [One in Side]?: AnswerReading } = {};
    for (const side of sides) if (pair[side]) read[side] = this.#reading(side, pair, request, response);
    return { ...read, response };
  }

  #reading(side: Side, pair: OperationPair, { method }: HttpRequest, response: HttpResponse): AnswerReading {
    const operation = pair[side];
    const rule = operation && ruleFor(operation, response.status);
    if (!rule) return { isCovered: false, values: [] };
    const isEmpty = response.body.length === 0 || hasNoContent(method, response.status);
    if (rule.contents.length === 0 || isEmpty)
      return {
        rule,
        isCovered: hasNoContent(method, response.status) || isEmpty === (rule.contents.length === 0),
        values: [],
      };
    const contentType = parseMediaType(headerValue(response.headers, "content-type") ?? "");
    const mediaType = contentType && coveringContent(rule.contents, contentType);
    if (!contentType || !mediaType) return { rule, isCovered: false, values: [] };
    const oracle = this.oracles[side];
    const read = readBody({ oracle, mediaType }, response.body, response.headers, contentType, "response");
    if (!("values" in read)) return { rule, isCovered: !("fault" in read), values: [] };
    return {
      rule,
      isCovered: true,
      values: read.values.map(({ value, schema }) => described(oracle, schema, value)),
    };
  }
}

function described(
  oracle: Oracle,
  schema: string | undefined,
  value: unknown,
): AnswerReading["values"][number] {
  if (schema === undefined) return { places: [], violations: [] };
  return {
    places: visitInstance(oracle, schema, value),
    violations: oracle.violations(schema, "response", value),
  };
}
