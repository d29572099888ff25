import { ruleFor } from "../checks/check.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import type { PathTable } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { visitAnnotated } from "../schema/visit-instance.ts";
import { readBody } from "../wire/body.ts";
import type { Deviation } from "../wire/deviation.ts";
import { rawParameter } from "../wire/raw-parameter.ts";
import { parameterReadings } from "../wire/read-parameter.ts";
import { security } from "../wire/security.ts";
import { type Coverage, type CoverageMark, coverageOf } from "./coverage.ts";
import { type OpenItem, OperationItems, type Owner } from "./operation-items.ts";

/** Items counted over a whole contract, and of one operation at least and at most: reports are to stay readable. */
const mostItems = 100_000;
const mostOfOperation = { atLeast: 100, atMost: 1_000 };

/** Looks at the exchanges of a run, one by one, and knows which part of the contract they have put to use. */
export class CoverageLedger {
  readonly #contract: Contract;
  readonly #oracle: Oracle;
  readonly #paths: PathTable;
  readonly #operations: ReadonlyMap<
    string,
    { readonly operation: Operation; readonly items: OperationItems }
  >;
  /** Answers that were looked at: many servers say the same again and again. */
  readonly #known = new Set<string>();

  constructor(contract: Contract, oracle: Oracle, paths: PathTable, operations: readonly Operation[]) {
    this.#contract = contract;
    this.#oracle = oracle;
    this.#paths = paths;
    const { atLeast, atMost } = mostOfOperation;
    const most = Math.max(atLeast, Math.min(atMost, Math.floor(mostItems / contract.operations.length)));
    this.#operations = new Map(
      operations.map((operation) => [
        operation.id,
        { operation, items: new OperationItems(contract, oracle, operation, most) },
      ]),
    );
  }

  get coverage(): Coverage {
    return coverageOf([...this.#operations.values()].map(({ items }) => items.coverage));
  }

  /** What nobody has answered wasn't tried; what can't be read covers nothing. */
  see({ case: { operation: id, expectation, request, deviation }, response }: Exchange): void {
    const known = this.#operations.get(id);
    if (!known || !response || expectation === "unsupported-method" || expectation === "undocumented") return;
    const { operation, items } = known;
    if (expectation === "rejected") {
      if (deviation) this.#seeBroken(operation, items, request, deviation);
    } else guarded(() => this.#seeValid(operation, items, request, expectation === "accepted"));
    guarded(() => this.#seeAnswer(operation, items, request, response));
  }

  /** @param isKnown everything in it is known to be valid, credentials included */
  #seeValid(operation: Operation, items: OperationItems, request: HttpRequest, isKnown: boolean): void {
    if (isKnown)
      for (const { item, isCarried } of this.#schemes(operation, items, request))
        if (isCarried) item.marks.add("tried-valid");
    const match = this.#paths.match(request.path.split("?")[0] ?? "") ?? {
      path: operation.path,
      values: new Map(),
    };
    for (const parameter of operation.parameters) {
      const { name, in: where, schema, pointer } = parameter;
      const raw = rawParameter(this.#contract, this.#oracle, operation, parameter, request, match);
      const readings = parameterReadings(parameter, raw, this.#oracle, "request");
      const valid = readings?.filter(
        (value) => schema === undefined || this.#oracle.accepts(schema, "request", value),
      );
      if (!valid || valid.length === 0) continue;
      mark(
        items.find((one) => isRequired(one, pointer) && one.place === `${where} ${name}`),
        "tried-valid",
      );
      if (schema !== undefined) this.#markValue(items, parameter, schema, "request", valid[0]);
    }
    this.#seeBody(operation, items, request);
  }

  #seeBody({ requestBody }: Operation, items: OperationItems, { body, headers }: HttpRequest): void {
    const media = parseMediaType(headerValue(headers, "content-type") ?? "");
    const mediaType = media && coveringContent(requestBody?.contents ?? [], media);
    if (!requestBody || !body || body.length === 0 || !media || !mediaType) return;
    const read = readBody({ oracle: this.#oracle, mediaType }, body, headers, media, "request");
    if ("fault" in read) return;
    const values = "values" in read ? read.values : [];
    const isValid = values.every(
      ({ schema, value }) => schema === undefined || this.#oracle.accepts(schema, "request", value),
    );
    if (!isValid) return;
    mark(
      items.find((one) => isRequired(one, requestBody.pointer) && one.place === "body"),
      "tried-valid",
    );
    mark(
      items.find((one) => isMediaType(one, "request", mediaType.pointer)),
      "tried-valid",
    );
    for (const { schema, value } of values)
      if (schema !== undefined) this.#markValue(items, "body", schema, "request", value);
  }

  #seeBroken(operation: Operation, items: OperationItems, request: HttpRequest, deviation: Deviation): void {
    const { pointer, in: where, name } = deviation;
    if (where === "security") {
      // A wrong credential is there, a missing one isn't.
      const isThere = deviation.name !== "missing";
      for (const { item, isCarried } of this.#schemes(operation, items, request))
        if (isCarried === isThere) item.marks.add("tried-invalid");
      return;
    }
    const place = where === "body" ? "body" : `${where} ${name ?? ""}`;
    const own = (one: OpenItem) => one.in === "request" && one.pointer === pointer && one.place === place;
    mark(
      items.find((one) => own(one) && (one.keyword === "required" || one.keyword === "media type")),
      "tried-invalid",
    );
    const parameter = operation.parameters.find((one) => one.in === where && one.name === name);
    const owner: Owner | undefined = where === "body" ? "body" : parameter;
    if (owner === undefined) return;
    const broken = [...items.constraintsOf(owner)]
      .map(({ item }) => item)
      .filter((item) => item.pointer === pointer && item.keyword !== "enum value");
    const member = deviation.at?.split("/").at(-1);
    const named = broken.filter(({ value }) => value === undefined || value === member);
    mark(broken.length === 1 ? broken : named, "tried-invalid");
  }

  #seeAnswer(
    operation: Operation,
    items: OperationItems,
    { method }: HttpRequest,
    response: HttpResponse,
  ): void {
    const rule = ruleFor(operation, response.status);
    if (!rule) return;
    const { status, headers } = rule;
    const answered = (keyword: string) => (one: OpenItem) =>
      one.in === "answer" && one.keyword === keyword && one.place === status;
    mark(items.find(answered("response")), "seen");
    for (const header of headers) {
      const value = headerValue(response.headers, header.name);
      if (value === undefined) continue;
      mark(
        items.find((one) => answered("header")(one) && one.value === header.name),
        "seen",
      );
      const { schema } = header;
      if (schema === undefined) continue;
      const parameter = { ...header, in: "header", style: "simple" } as const;
      const raw = { own: [value.trim()], pairs: [], decode: (text: string) => text };
      const readings = parameterReadings(parameter, raw, this.#oracle, "response") ?? [];
      const reading = readings.find((one) => this.#oracle.accepts(schema, "response", one)) ?? readings[0];
      if (reading !== undefined) this.#markValue(items, "answer", schema, "response", reading);
    }
    const contentType = headerValue(response.headers, "content-type") ?? "";
    const media = parseMediaType(contentType);
    const mediaType = media && coveringContent(rule.contents, media);
    if (!media || !mediaType || method === "HEAD" || response.body.length === 0) return;
    mark(
      items.find((one) => isMediaType(one, "answer", mediaType.pointer)),
      "seen",
    );
    if (this.#isKnown(operation, response, contentType)) return;
    const read = readBody(
      { oracle: this.#oracle, mediaType },
      response.body,
      response.headers,
      media,
      "response",
    );
    for (const { schema, value } of "values" in read ? read.values : [])
      if (schema !== undefined) this.#markValue(items, "answer", schema, "response", value);
  }

  #isKnown({ id }: Operation, { status, body }: HttpResponse, contentType: string): boolean {
    if (body.length > 2_000) return false;
    const key = [id, status, contentType, Buffer.from(body).toString("latin1")].join("\n");
    if (this.#known.has(key)) return true;
    this.#known.add(key);
    return false;
  }

  #markValue(
    items: OperationItems,
    owner: Owner,
    schema: string,
    direction: Direction,
    value: unknown,
  ): void {
    const isSent = direction === "request";
    for (const place of visitAnnotated(this.#oracle, schema, direction, value))
      for (const { pointer } of place.schemas)
        for (const { item, appliesTo } of items.constraints(owner, pointer))
          if (appliesTo(place.value)) item.marks.add(isSent ? "tried-valid" : "seen");
  }

  *#schemes(
    { security: alternatives }: Operation,
    items: OperationItems,
    request: HttpRequest,
  ): Generator<{ readonly item: OpenItem; readonly isCarried: boolean }> {
    for (const name of new Set(alternatives.flat())) {
      const scheme = this.#contract.securitySchemes.get(name);
      const [item] = items.find((one) => one.keyword === "security" && one.value === name);
      if (!item || !scheme || scheme.kind === "unsupported") continue;
      yield { item, isCarried: security(scheme).isCarried(request) };
    }
  }
}

function mark(items: readonly OpenItem[], mark: CoverageMark): void {
  for (const { marks } of items) marks.add(mark);
}

function isRequired({ keyword, pointer }: OpenItem, owner: string): boolean {
  return keyword === "required" && pointer === `${owner}/required`;
}

function isMediaType(item: OpenItem, where: OpenItem["in"], pointer: string): boolean {
  return item.in === where && item.keyword === "media type" && item.pointer === pointer;
}

/** Some values take more looking at than is allowed: whether they cover anything isn't known, so they don't. */
function guarded(look: () => void): void {
  try {
    look();
  } catch {
    // Checks tell of it: they read the same.
  }
}
