import type { Case } from "../cases/case.ts";
import { type MadeThing, objectIn } from "../cases/identify.ts";
import { withGivenValues } from "../cases/named-values.ts";
import { otherValue } from "../cases/other-value.ts";
import { namedAsInPath, parameterRepeatedBy } from "../cases/own-name.ts";
import { nextCursorOf, pagingOf, rowsOf } from "../cases/paging.ts";
import { isPasswordName } from "../cases/password-name.ts";
import { type Collection, type Resource, resourceMap } from "../cases/resources.ts";
import { isSameName } from "../cases/same-name.ts";
import { unknownName } from "../cases/unknown-name.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Operation, Parameter } from "../contract/contract.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { propertyOf } from "../schema/schema-members.ts";
import { type RequestParts, withParameter } from "../wire/request-parts.ts";
import { answerValue } from "./answer-value.ts";
import type { RunEvent } from "./events.ts";
import { Maker, type MakerOptions } from "./maker.ts";

/** Most properties that are changed one at a time. */
const maxChanges = 10;

type Steps<Result = void> = AsyncGenerator<RunEvent, Result>;

/**
 * Plays the life of each thing that a contract knows, one request after the other: made, read, listed, changed, replaced,
 * deleted, and read again. What the checks make of it is their business.
 */
export class SequencePlayer {
  readonly maker: Maker;
  readonly #options: MakerOptions;

  constructor(options: MakerOptions) {
    this.#options = options;
    this.maker = new Maker(options);
  }

  /** The sequences of these operations, outer things before those within them. */
  async *play(operations: readonly Operation[]): Steps {
    const { resources, collections } = resourceMap(this.#options.contract);
    const ofRun = (operation: Operation | undefined) =>
      operation !== undefined && operations.includes(operation);
    const byDepth = [...resources].sort((a, b) => depthOf(a.path) - depthOf(b.path));
    for (const resource of byDepth) {
      const { read, head, replace, change, remove, make } = resource;
      if ([read, head, replace, change, remove, make].some(ofRun)) yield* this.#life(resource);
    }
    for (const collection of collections) {
      const isKnown = resources.some(({ list }) => list === collection.list);
      if (!isKnown && ofRun(collection.list)) yield* this.#gather(collection);
    }
    for (const login of operations) yield* this.#logIn(login);
  }

  /** Deletes what was made, the newest first. */
  async *cleanUp(): Steps {
    if (!this.#options.mayWrite) return;
    for (const thing of this.maker.things.all) {
      const { remove } = thing.resource;
      if (remove) yield* this.#step(remove, "deleted in the end", thing);
    }
  }

  async *#life(resource: Resource): Steps {
    const { parameter, read, head, list, replace, change, remove } = resource;
    const thing = parameter === undefined ? undefined : yield* this.maker.make(resource);
    if (parameter !== undefined && !thing) {
      if (read) yield* this.#step(read, "read", undefined);
      return yield* this.#unknown(resource, undefined);
    }
    if (read) yield* this.#step(read, "read after it was made", thing);
    let current = objectIn(read && this.#valueIn(yield* this.#step(read, "read again", thing))) ?? {};
    if (head) yield* this.#step(head, "asked for its head", thing);
    if (list) yield* this.#step(list, "listed after it was made", thing);
    if (list && parameter !== undefined) {
      yield* this.maker.make(resource);
      yield* this.#pages(list, thing);
    }
    if (change) current = yield* this.#changes(change, read, thing, current);
    if (replace) yield* this.#replacements(replace, read, thing, current);
    if (!remove || !thing) return yield* this.#unknown(resource, thing);
    yield* this.#step(remove, "deleted", thing);
    if (read) yield* this.#step(read, "read after it was deleted", thing, missing);
    if (list) yield* this.#step(list, "listed after it was deleted", thing);
    yield* this.#onWhatIsMissing(resource, thing, "of what was deleted");
  }

  /** Where nothing can be deleted, a well-formed name that nothing has does as well. */
  async *#unknown(resource: Resource, made: MadeThing | undefined): Steps {
    const { parameter, path, read } = resource;
    const { schema } =
      read?.parameters.find((one) => one.in === "path" && one.name === parameter) ??
      ({} as Partial<Parameter>);
    const name = schema === undefined ? undefined : unknownName(this.#options.oracle, schema);
    // Without a read nobody could tell that it is nobody's.
    if (!read || parameter === undefined || name === undefined) return;
    const values = new Map([...(made?.values ?? []), [parameter, name] as const]);
    const thing: MadeThing = { resource, path, values, by: "name" };
    const exchange = yield* this.#step(read, "read of an unknown name", thing, missing);
    const status = exchange?.response?.status;
    if (status === 404 || status === 410) yield* this.#onWhatIsMissing(resource, thing, "of an unknown name");
  }

  /** What can be done with a thing, once each, with one that isn't there: servers forget to look. DELETE takes away what PUT may make. */
  async *#onWhatIsMissing(resource: Resource, thing: MadeThing, of: string): Steps {
    const { head, replace, change, remove, path } = resource;
    const below = this.#options.contract.operations.filter((operation) => {
      const rest = operation.path.startsWith(`${path}/`) ? operation.path.slice(path.length) : "{";
      return !rest.includes("{");
    });
    for (const operation of [head, change, ...below, replace, remove])
      if (operation) yield* this.#step(operation, `${operation.method} ${of}`, thing, missing);
  }

  async *#gather({ make, list }: Collection): Steps {
    if (this.#options.mayWrite) yield* this.maker.makeBy(make);
    yield* this.#step(list, "listed after something was made", undefined);
    if (this.#options.mayWrite) yield* this.maker.makeBy(make);
    yield* this.#pages(list, undefined);
  }

  /** One property at a time, each with another value than it has. */
  async *#changes(
    operation: Operation,
    read: Operation | undefined,
    thing: MadeThing | undefined,
    known: JsonObject,
  ): Steps<JsonObject> {
    let current = known;
    const body = this.maker.partsOf(operation)?.full.body;
    const schema = body?.mediaType.schema;
    if (!body || schema === undefined || !isObject(body.value) || !this.#options.mayWrite) return current;
    const { oracle } = this.#options;
    const members = Object.entries(body.value).filter(
      ([name]) =>
        !this.#options.plan(operation).given?.members.has(name) &&
        parameterRepeatedBy(operation.path, name) === undefined,
    );
    for (const [index, [name, example]] of members.slice(0, maxChanges).entries()) {
      const property = propertyOf(oracle, schema, name);
      const other = property && otherValue(oracle, property, current[name] ?? example, index + 100);
      const value = { [name]: other ?? example };
      if (!oracle.accepts(schema, "request", value)) continue;
      yield* this.#step(operation, `changed in ${name} alone`, thing, { body: value });
      if (read)
        current = objectIn(this.#valueIn(yield* this.#step(read, "read after a change", thing))) ?? current;
    }
    return current;
  }

  async *#replacements(
    operation: Operation,
    read: Operation | undefined,
    thing: MadeThing | undefined,
    current: JsonObject,
  ): Steps {
    const parts = this.maker.partsOf(operation);
    if (!parts || !this.#options.mayWrite) return;
    const { full, base } = parts;
    const value = isObject(full.body?.value)
      ? Object.fromEntries(Object.entries(full.body.value).map(([name, own]) => [name, current[name] ?? own]))
      : full.body?.value;
    const schema = full.body?.mediaType.schema;
    const isUsable = schema !== undefined && this.#options.oracle.accepts(schema, "request", value);
    const whole = this.maker.varied(
      operation,
      full.body && isUsable ? { ...full, body: { ...full.body, value } } : full,
      "all",
    );
    for (const [what, own] of [
      ["replaced", whole],
      ["replaced by the same", whole],
      ["replaced by the least", this.maker.varied(operation, base)],
    ] as const) {
      yield* this.#step(operation, what, thing, { parts: own });
      if (read) yield* this.#step(read, `read after it was ${what}`, thing);
    }
  }

  /** The list as a whole, a short page of it, and the page after that. */
  async *#pages(list: Operation, thing: MadeThing | undefined): Steps {
    const { limit, offset, page, cursor } = pagingOf(list);
    if (!limit) return void (yield* this.#step(list, "listed with more in it", thing));
    const { oracle } = this.#options;
    const fits = (parameter: Parameter, value: number) =>
      parameter.schema !== undefined && oracle.accepts(parameter.schema, "request", value);
    const most = [100, 50, 25, 20, 10].find((count) => fits(limit, count));
    const whole =
      most === undefined
        ? undefined
        : yield* this.#step(list, "listed as a whole", thing, { query: [[limit, most]] });
    // A page shows something where there are more rows than it may have.
    const rows = rowsOf(this.#valueIn(whole))?.length ?? 0;
    const short = [2, 1, 3, 5, rows - 1].filter((count) => count > 0 && fits(limit, count));
    const few = short.find((count) => count < rows) ?? short[0];
    if (few === undefined) return;
    const first = yield* this.#step(list, "first page", thing, { query: [[limit, few]] });
    const next = nextCursorOf(this.#valueIn(first));
    const firstPage =
      page && fits(page, 0) && !fits(page, 1) ? 0 : page && startOf(oracle.source(page.schema ?? ""));
    const step: readonly (readonly [Parameter, unknown])[] | undefined =
      cursor && next !== undefined
        ? [[cursor, next]]
        : offset
          ? [[offset, few]]
          : page && firstPage !== undefined
            ? [[page, firstPage + 1]]
            : undefined;
    if (step) yield* this.#step(list, "second page", thing, { query: [[limit, few], ...step] });
  }

  /** What asks for a password is given the one that was sent to make an account. */
  async *#logIn(login: Operation): Steps {
    const wanted = this.maker.partsOf(login)?.base.body;
    if (login.method !== "POST" || !isObject(wanted?.value) || !this.#options.mayWrite) return;
    const names = Object.keys(wanted.value);
    if (!names.some(isPasswordName)) return;
    for (const other of this.#options.contract.operations) {
      const taken = this.maker.partsOf(other)?.full.body?.value;
      if (other === login || other.method !== "POST" || !isObject(taken)) continue;
      const takesPassword = Object.keys(taken).some(isPasswordName);
      const shared = names.filter((name) => Object.keys(taken).some((its) => isSameName(its, name)));
      if (!takesPassword || shared.length < 2 || Object.keys(taken).length < shared.length) continue;
      const exchange = yield* this.maker.makeBy(other);
      const sent = exchange && this.maker.sentBody(exchange);
      if (!sent || !exchange?.response || exchange.response.status >= 300) continue;
      const value = { ...wanted.value };
      const body = Object.fromEntries(
        Object.entries(value).map(([name, own]) => [
          name,
          Object.entries(sent).find(([its]) => isSameName(its, name))?.[1] ?? own,
        ]),
      );
      yield* this.#step(login, "signed in as who was made", undefined, { body });
    }
  }

  #valueIn(exchange: Exchange | undefined): unknown {
    const { oracle } = this.#options;
    return exchange?.response && answerValue(oracle, exchange.case.request, exchange.response);
  }

  async *#step(
    operation: Operation,
    what: string,
    thing: MadeThing | undefined,
    more: StepOptions = {},
  ): Steps<Exchange | undefined> {
    const parts = this.maker.partsOf(operation);
    if (!parts || (!this.#options.mayWrite && !["GET", "HEAD"].includes(operation.method))) return undefined;
    const given = yield* this.maker.given(operation);
    const path = new Map(given.path);
    for (const [name, value] of thing?.values ?? []) path.set(name, value);
    let own = more.parts ?? parts.base;
    for (const [parameter, value] of more.query ?? []) own = withParameter(own, parameter, value);
    const { oracle } = this.#options;
    const filled = withGivenValues(oracle, operation, own, parts.base, { ...given, path });
    const mediaType = parts.full.body?.mediaType;
    const whole: RequestParts =
      more.body !== undefined && mediaType
        ? namedAsInPath(oracle, operation, { ...filled, body: { mediaType, value: more.body } })
        : filled;
    return yield* this.maker.send(operation, what, whole, more.expectation);
  }
}

/** Of what isn't there any answer may be due that is documented. */
const missing: StepOptions = { expectation: "unknown" };

interface StepOptions {
  readonly parts?: RequestParts;
  readonly body?: unknown;
  readonly query?: readonly (readonly [Parameter, unknown])[];
  readonly expectation?: Case["expectation"] & ("accepted" | "unknown");
}

function depthOf(path: string): number {
  return path.split("/").length;
}

/** Where pages begin to count, by the parameter's own schema: at its default or minimum, else at 1. */
function startOf(schema: unknown): number {
  const { default: preset, minimum } = isObject(schema) ? schema : {};
  return typeof preset === "number" ? preset : typeof minimum === "number" ? minimum : 1;
}
