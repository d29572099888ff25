import { withMembers } from "../cases/caller-values.ts";
import type { Case } from "../cases/case.ts";
import type { CaseOptions } from "../cases/case-collector.ts";
import { idIn, type MadeThing } from "../cases/identify.ts";
import { type GivenValues, withGivenValues } from "../cases/named-values.ts";
import { operationCases } from "../cases/operation-cases.ts";
import { distinct } from "../cases/other-value.ts";
import { rowsOf } from "../cases/paging.ts";
import { type Resource, resourceMap } from "../cases/resources.ts";
import { isSameName, nameOfOne } from "../cases/same-name.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Contract, Operation, Parameter } from "../contract/contract.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import type { PathTable } from "../contract/match-operation.ts";
import { sameShape } from "../contract/match-operation.ts";
import { isSafe } from "../http/loopback.ts";
import type { Oracle } from "../schema/oracle.ts";
import { buildRequest, type RequestParts } from "../wire/request-parts.ts";
import { answerValue } from "./answer-value.ts";
import type { RunEvent } from "./events.ts";
import { Things } from "./things.ts";

export interface MakerOptions {
  readonly contract: Contract;
  readonly oracle: Oracle;
  readonly paths: PathTable;
  readonly plan: (operation: Operation) => CaseOptions;
  /** Requests that change something may be sent. */
  readonly mayWrite: boolean;
  /** Sends and judges a case; undefined when it wasn't let through. */
  readonly play: (operation: Operation, testCase: Case) => AsyncGenerator<RunEvent, Exchange | undefined>;
}

/** Valid requests of an operation: the smallest, and with everything optional. */
export interface ValidParts {
  readonly base: RequestParts;
  readonly full: RequestParts;
}

/** So often a resource may refuse to be made before it is given up. */
const maxFailures = 2;
/** A thing in a thing in a thing in a thing. */
const maxDepth = 4;

/** Makes on the server what requests need, and puts what was made into them. */
export class Maker {
  readonly things: Things;
  readonly #options: MakerOptions;
  readonly #parts = new Map<Operation, ValidParts | undefined>();
  readonly #failures = new Map<Resource, number>();
  readonly #sent = new WeakMap<Exchange, unknown>();
  readonly #borrowed = new Map<Resource, MadeThing | undefined>();
  #number = 0;

  constructor(options: MakerOptions) {
    this.#options = options;
    this.things = new Things(options.contract, options.oracle);
  }

  partsOf(operation: Operation): ValidParts | undefined {
    if (this.#parts.has(operation)) return this.#parts.get(operation);
    const { contract, oracle, paths, plan } = this.#options;
    const { base, full } = operationCases(contract, oracle, paths, operation, {
      ...plan(operation),
      phases: new Set(),
    });
    const parts = base && full ? { base, full } : undefined;
    this.#parts.set(operation, parts);
    return parts;
  }

  /** Makes one of a resource; undefined when the server doesn't do it, or doesn't tell what it is called. */
  async *make(resource: Resource, depth = 0): AsyncGenerator<RunEvent, MadeThing | undefined> {
    const { make } = resource;
    const failures = this.#failures.get(resource) ?? 0;
    if (!make || !this.#options.mayWrite || failures >= maxFailures) return undefined;
    const exchange = yield* this.makeBy(make, depth);
    const made = exchange && this.things.of(exchange, resource);
    if (!made) this.#failures.set(resource, failures + 1);
    return made;
  }

  /** Sends a POST with everything that it takes, or with what it must have when that is refused. */
  async *makeBy(operation: Operation, depth = 0): AsyncGenerator<RunEvent, Exchange | undefined> {
    const parts = this.partsOf(operation);
    if (!parts) return undefined;
    const given = yield* this.given(operation, depth + 1);
    let exchange: Exchange | undefined;
    for (const own of [parts.full, parts.base]) {
      const filled = withGivenValues(
        this.#options.oracle,
        operation,
        this.varied(operation, own),
        parts.base,
        given,
      );
      exchange = yield* this.send(operation, "made for a sequence", filled);
      if (exchange?.response && exchange.response.status < 400) return exchange;
    }
    return exchange;
  }

  /** The body's members that an exchange was sent with. */
  sentBody(exchange: Exchange): JsonObject | undefined {
    const value = this.#sent.get(exchange);
    return isObject(value) ? value : undefined;
  }

  async *send(
    operation: Operation,
    what: string,
    parts: RequestParts,
    expectation: "accepted" | "unknown" = "accepted",
  ): AsyncGenerator<RunEvent, Exchange | undefined> {
    const request = buildRequest(this.#options.oracle, operation, parts);
    if (!request) return undefined;
    const id = `${operation.id} › ${what}`;
    const testCase: Case = { id, operation: operation.id, phase: "coverage", expectation, request };
    const exchange = yield* this.#options.play(operation, testCase);
    if (exchange && parts.body) this.#sent.set(exchange, parts.body.value);
    return exchange;
  }

  /** The same parts with texts of their own, so that nothing is taken for a thing that is there already. */
  varied(operation: Operation, parts: RequestParts, what: "texts" | "all" = "texts"): RequestParts {
    const { body } = parts;
    if (body?.mediaType.schema === undefined) return parts;
    const { oracle, plan } = this.#options;
    const { mediaType, value } = body;
    const other = distinct(oracle, body.mediaType.schema, value, ++this.#number, what);
    const own = withMembers(oracle, mediaType.schema, other, plan(operation).given);
    return { ...parts, body: { mediaType, value: own } };
  }

  /**
   * A case with what the server has given in place of made-up names; things that there aren't yet are made. Undefined for
   * one that is meant to change a thing of another name, which may be somebody's.
   */
  async *bound(
    operation: Operation,
    testCase: Case,
    parts: RequestParts,
    base: RequestParts,
  ): AsyncGenerator<RunEvent, Case | undefined> {
    const { oracle } = this.#options;
    const given = yield* this.given(operation);
    const isNamed = (parameter: Parameter) =>
      given.path.has(parameter.name) || this.#isFixed(operation, parameter);
    if (given.path.size === 0 && given.named.size === 0 && !operation.parameters.some(isNamed))
      return testCase;
    const isOther = [...parts.parameters].some(
      ([parameter, value]) =>
        parameter.in === "path" && isNamed(parameter) && value !== base.parameters.get(parameter),
    );
    if (isOther && testCase.expectation === "accepted" && !isSafe(operation.method)) return undefined;
    const request = buildRequest(oracle, operation, withGivenValues(oracle, operation, parts, base, given));
    return request ? { ...testCase, request } : testCase;
  }

  /** What there is for an operation's parameters; made where there is nothing. */
  async *given(operation: Operation, depth = 0): AsyncGenerator<RunEvent, GivenValues> {
    const path = new Map<string, unknown>();
    const prefixes = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((match) => ({
      name: match[1] ?? "",
      prefix: operation.path.slice(0, match.index + match[0].length),
    }));
    for (const { name, prefix } of prefixes.reverse()) {
      const resource = this.#resources.find((other) => sameShape(other.path, prefix));
      const own = operation.parameters.find((one) => one.in === "path" && one.name === name);
      if (path.has(name) || !resource || (own && this.#isFixed(operation, own))) continue;
      const thing = yield* this.#one(resource, operation, depth);
      for (const [own, value] of thing ? valuesIn(prefix, thing) : []) path.set(own, value);
    }
    return { path, named: yield* this.#named(operation, depth) };
  }

  /**
   * True when the caller's value stands before what the server has given. What is deleted is one of the run's own where
   * there is one: the caller's was named for other operations to find.
   */
  #isFixed(operation: Operation, parameter: Parameter): boolean {
    const own = this.#options.plan(operation).given?.parameters.get(parameter);
    return own !== undefined && (own.isForThis || operation.method !== "DELETE" || parameter.in !== "path");
  }

  get #resources(): readonly Resource[] {
    return resourceMap(this.#options.contract).resources;
  }

  async *#one(
    resource: Resource,
    operation: Operation,
    depth: number,
  ): AsyncGenerator<RunEvent, MadeThing | undefined> {
    const there = this.things.newest(resource);
    if (there || depth >= maxDepth) return there;
    const made = yield* this.make(resource, depth);
    // What others have made may be read, and never changed.
    return made ?? (isSafe(operation.method) ? yield* this.#borrow(resource, depth) : undefined);
  }

  async *#borrow(resource: Resource, depth: number): AsyncGenerator<RunEvent, MadeThing | undefined> {
    const { list, parameter, path } = resource;
    if (this.#borrowed.has(resource)) return this.#borrowed.get(resource);
    this.#borrowed.set(resource, undefined);
    const parts = list && this.partsOf(list);
    if (!list || !parts || parameter === undefined) return undefined;
    const given = yield* this.given(list, depth + 1);
    const filled = withGivenValues(this.#options.oracle, list, parts.base, parts.base, given);
    const exchange = yield* this.send(list, "listed for a sequence", filled);
    const answer =
      exchange?.response && answerValue(this.#options.oracle, exchange.case.request, exchange.response);
    const id = idIn(rowsOf(answer)?.[0], resource, parameter, this.#options.oracle);
    if (id === undefined) return undefined;
    const values = new Map([...given.path, [parameter, id] as const]);
    const thing: MadeThing = { resource, path, values, by: "name" };
    this.#borrowed.set(resource, thing);
    return thing;
  }

  /** By the names that queries and bodies use for things of other resources: `customerId`. */
  async *#named(operation: Operation, depth: number): AsyncGenerator<RunEvent, ReadonlyMap<string, unknown>> {
    const body = this.partsOf(operation)?.full.body?.value;
    const wanted = [
      ...operation.parameters
        .filter((one) => one.in === "query" && !this.#isFixed(operation, one))
        .map(({ name }) => name),
      ...Object.keys(isObject(body) ? body : {}).filter(
        (name) => !this.#options.plan(operation).given?.members.has(name),
      ),
    ];
    const named = new Map<string, unknown>();
    for (const resource of this.#resources) {
      const { parameter, make, path } = resource;
      if (parameter === undefined || make === operation || !make) continue;
      const calls = [parameter, `${nameOfOne(path.split("/").at(-2) ?? "")}id`].filter(
        (name) => !isSameName(name, "id"),
      );
      const name = wanted.find((one) => calls.some((call) => isSameName(call, one)));
      if (name === undefined || operation.path.includes(`{${parameter}}`)) continue;
      const thing = yield* this.#one(resource, make, depth + 1);
      if (thing) named.set(name, thing.values.get(parameter));
    }
    return named;
  }
}

/** The values of a thing's path by the names that another template gives to the same places. */
function valuesIn(template: string, { resource, values }: MadeThing): ReadonlyMap<string, unknown> {
  const names = (path: string) => [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
  const theirs = names(resource.path);
  return new Map(
    names(template).flatMap((name, index) => {
      const value = values.get(theirs[index] ?? "");
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
