import { createHash } from "node:crypto";
import type { Contract, Operation, Parameter } from "../contract/contract.ts";
import { type PathTable, sameShape } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { HeaderLine, HttpRequest } from "../http/message.ts";
import { AllowanceSpent } from "../schema/budget.ts";
import { type Variation, variations } from "../schema/deviations.ts";
import type { Oracle } from "../schema/oracle.ts";
import { isOwnParameter, type Secrets } from "../wire/credentials.ts";
import type { Deviation } from "../wire/deviation.ts";
import { buildRequest, type RequestParts } from "../wire/request-parts.ts";
import type { CallerValue, CallerValues } from "./caller-values.ts";
import type { Case, CasePhase, Expectation } from "./case.ts";
import { namedAsInPath } from "./own-name.ts";

export interface CaseOptions {
  /** The caller's own headers (credentials above all): sent with every request, in place of what the case would send. */
  readonly headers: readonly HeaderLine[];
  readonly phases: ReadonlySet<CasePhase>;
  /** What the caller gives for parameters and members of bodies. Default: nothing. */
  readonly given?: CallerValues;
  /** What the caller gives for security schemes. Default: nothing. */
  readonly secrets?: Secrets;
}

/** What a case is there for: cases of equal purposes can stand for each other when there are too many. */
export interface Purpose {
  /** The constraint and the side of it. */
  readonly broad: string;
  /** The same, and the property that holds it: a server may look at a thing, and not at the same thing in a list. */
  readonly narrow: string;
}

/** Gathers the cases of one operation: each request once, each with a name of its own. */
export class CaseCollector {
  readonly cases = new Map<string, Case>();
  readonly notJudged: NotJudged[] = [];
  /** What cases are there for, by their ids. */
  readonly purposes = new Map<string, Purpose>();
  /** What cases were put together from, by their ids. */
  readonly parts = new Map<string, RequestParts>();
  readonly contract: Contract;
  readonly oracle: Oracle;
  readonly paths: PathTable;
  readonly operation: Operation;
  readonly options: CaseOptions;
  readonly #sent = new Set<string>();

  constructor(
    contract: Contract,
    oracle: Oracle,
    paths: PathTable,
    operation: Operation,
    options: CaseOptions,
  ) {
    this.contract = contract;
    this.oracle = oracle;
    this.paths = paths;
    this.operation = operation;
    this.options = options;
  }

  /** Tells what can't be judged. */
  skip(pointer: string, reason: string): void {
    this.notJudged.push({ operation: this.operation.id, pointer, reason });
  }

  /** True when the caller's own headers carry this parameter. */
  isOwn(parameter: Parameter): boolean {
    return isOwnParameter(parameter, this.options.headers);
  }

  /** What the caller gives for this parameter. */
  given(parameter: Parameter): CallerValue | undefined {
    return this.options.given?.parameters.get(parameter);
  }

  accepted(phase: CasePhase, what: string, made: RequestParts): void {
    const parts = namedAsInPath(this.oracle, this.operation, made);
    const request = this.#built(parts);
    const isNoBody = parts.body !== undefined && request?.body?.length === 0;
    if (!request || isNoBody || this.#leavesPath(request)) return;
    const id = this.add(phase, what, "accepted", request);
    if (id !== undefined) this.parts.set(id, parts);
  }

  rejected(what: string, parts: RequestParts, deviation: Deviation): void {
    const request = this.#built(parts);
    const id = request && this.add("coverage", what, "rejected", request, deviation);
    if (id !== undefined) this.parts.set(id, parts);
  }

  /** Returns the case's id; undefined when it is none or none of its own. */
  add(
    phase: CasePhase,
    what: string,
    expectation: Expectation,
    request: HttpRequest,
    deviation?: Deviation,
  ): string | undefined {
    if (!this.#isRouted(request)) return undefined;
    const { method, path, headers, body = new Uint8Array() } = request;
    // A hundred bytes of a request weigh as much as one value.
    this.oracle.budget.spend(Math.ceil((path.length + body.length) / 100));
    const key = createHash("sha256")
      .update(JSON.stringify([method, path, headers]))
      .update(body)
      .digest("hex");
    if (this.#sent.has(key)) return undefined;
    this.#sent.add(key);
    const name = `${this.operation.id} › ${what}`;
    let id = name;
    for (let again = 2; this.cases.has(id); again++) id = `${name} (${again})`;
    this.cases.set(id, {
      id,
      operation: this.operation.id,
      phase,
      expectation,
      request,
      ...(deviation ? { deviation } : {}),
    });
    return id;
  }

  #built(parts: RequestParts): HttpRequest | undefined {
    this.oracle.budget.spend(1 + parts.parameters.size);
    return buildRequest(this.oracle, this.operation, parts);
  }

  /** Both sides of the constraints of the schema at `pointer`; a schema that doesn't compile is told. */
  variations(pointer: string, base: unknown): readonly Variation[] {
    try {
      return variations(this.oracle, pointer, base);
    } catch (error) {
      if (error instanceof AllowanceSpent) throw error;
      this.skip(pointer, error instanceof Error ? error.message : String(error));
      return [];
    }
  }

  /**
   * A variation as a case. `broken` reads what is sent back, as a judge of recorded traffic does: what it finds there, and
   * not what was meant, has the last word; nothing found: no case.
   */
  variation(
    label: string,
    where: Deviation["in"],
    name: string,
    variation: Variation,
    parts: RequestParts,
    broken: () => readonly Pick<Deviation, "pointer" | "keyword" | "at">[],
  ): void {
    const place = variation.path.map((step) => `/${step}`).join("");
    const what = `${label}${place === "" ? "" : ` ${place}`} ${variation.kind}`;
    const { pointer, side } = variation;
    const known = this.cases.size;
    if (variation.valid) this.accepted("coverage", what, parts);
    else {
      const found = broken();
      const read = found.find((violation) => violation.pointer === pointer) ?? found[0];
      if (read)
        this.rejected(what, parts, {
          pointer: read.pointer,
          keyword: read.keyword,
          in: where,
          name: place === "" ? name : place,
          ...(read.at ? { at: read.at } : {}),
        });
    }
    const [id] = this.cases.size > known ? [...this.cases.keys()].slice(-1) : [];
    if (id === undefined) return;
    const [leaf = "", holder = ""] = variation.path.filter((step) => typeof step === "string").reverse();
    const broad = `${label} ${pointer} ${leaf} ${side}`; // one `required` names many properties
    this.purposes.set(id, { broad, narrow: `${broad} in ${holder}` });
  }

  /** A value may turn the path into that of another operation: then it says nothing about this one. */
  #isRouted(request: HttpRequest): boolean {
    const match = this.paths.match(request.path);
    return match !== undefined && sameShape(match.path, this.operation.path);
  }

  /** An empty value makes another path, which the server need not know. */
  #leavesPath(request: HttpRequest): boolean {
    return [...(this.paths.match(request.path)?.values.values() ?? [])].includes("");
  }
}

export function pathOf(request: HttpRequest): string {
  return request.path.split("?")[0] ?? "";
}
