import type { Contract, MediaType, Operation, Parameter } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { messageOf } from "../http/message-of.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { type Constraint, constraintsOf } from "./constraints.ts";
import { type CoverageItem, type CoverageMark, inOrder, type OperationCoverage } from "./coverage.ts";
import { describedParts } from "./described-parts.ts";

/** An item that still collects its marks. */
export interface OpenItem extends Omit<CoverageItem, "marks"> {
  readonly marks: Set<CoverageMark>;
}

/** A constraint that still collects its marks. */
export interface OpenConstraint {
  readonly item: OpenItem;
  readonly appliesTo: (value: unknown) => boolean;
}

/** Whose values a schema describes: one parameter's, all bodies of a request, or all that is answered. */
export type Owner = Parameter | "body" | "answer";

/** All that the contract says of one operation, to be marked as it is covered. */
export class OperationItems {
  readonly #operation: Operation;
  readonly #most: number;
  /** All, in their order. */
  readonly #items: OpenItem[] = [];
  /** Those that no schema makes. */
  readonly #plain: OpenItem[] = [];
  readonly #byPointer = new Map<string, OpenItem[]>();
  readonly #bySchema = new Map<Owner, Map<string, OpenConstraint[]>>();
  #truncated = false;
  /** Why not all that the schemas demand is counted. */
  readonly problem: string | undefined;

  /** @param most items; responses, media types, parameters and schemes are counted above it as well */
  constructor(contract: Contract, oracle: Oracle, operation: Operation, most: number) {
    this.#operation = operation;
    this.#most = most;
    const { parameters, requestBody, responses } = operation;
    for (const name of new Set(operation.security.flat()))
      this.#add(
        "request",
        "security",
        name,
        contract.securitySchemes.get(name)?.pointer ?? operation.securityPointer,
        name,
      );
    for (const { name, in: where, pointer, required } of parameters)
      if (required) this.#add("request", "required", `${where} ${name}`, joinPointer(pointer, "required"));
    if (requestBody?.required)
      this.#add("request", "required", "body", joinPointer(requestBody.pointer, "required"));
    for (const { name, pointer } of requestBody?.contents ?? [])
      this.#add("request", "media type", "body", pointer, name);
    for (const { status, pointer, contents, headers } of responses) {
      this.#add("answer", "response", status, pointer, status);
      for (const content of contents)
        this.#add("answer", "media type", status, content.pointer, content.name);
      for (const header of headers) this.#add("answer", "header", status, header.pointer, header.name);
    }
    try {
      this.#addSchemas(oracle, operation);
    } catch (error) {
      // Schemas may be too deep to be walked through.
      this.#truncated = true;
      this.problem = messageOf(error);
    }
  }

  #addSchemas(oracle: Oracle, { parameters, requestBody, responses }: Operation): void {
    for (const parameter of parameters)
      this.#addSchema(oracle, parameter, `${parameter.in} ${parameter.name}`, parameter.schema, "request");
    for (const { schema } of (requestBody?.contents ?? []).flatMap(schemasOf))
      this.#addSchema(oracle, "body", "body", schema, "request");
    for (const { status, headers, contents } of responses) {
      for (const { name, schema } of headers)
        this.#addSchema(oracle, "answer", `${status} ${name}`, schema, "response");
      for (const { schema } of contents.flatMap(schemasOf))
        this.#addSchema(oracle, "answer", status, schema, "response");
    }
  }

  /** The items that `is` says yes to, constraints of schemas left out. */
  find(is: (item: OpenItem) => boolean): readonly OpenItem[] {
    return this.#plain.filter(is);
  }

  /** Those of one place in the contract: an operation may have thousands of parameters. */
  findAt(pointer: string, is: (item: OpenItem) => boolean): readonly OpenItem[] {
    return (this.#byPointer.get(pointer) ?? []).filter(is);
  }

  /** What the schema at `pointer` itself demands of the owner's values. */
  constraints(owner: Owner, pointer: string): readonly OpenConstraint[] {
    return this.#bySchema.get(owner)?.get(pointer) ?? [];
  }

  /** Every constraint of the owner's. */
  *constraintsOf(owner: Owner): Generator<OpenConstraint> {
    for (const constraints of this.#bySchema.get(owner)?.values() ?? []) yield* constraints;
  }

  get coverage(): OperationCoverage {
    const items = this.#items.map((item) => ({ ...item, marks: inOrder(item.marks) }));
    return { operation: this.#operation.id, items, ...(this.#truncated ? { truncated: true } : {}) };
  }

  #add(...given: Parameters<typeof openItem>): void {
    const item = openItem(...given);
    this.#items.push(item);
    this.#plain.push(item);
    const same = this.#byPointer.get(item.pointer);
    if (same) same.push(item);
    else this.#byPointer.set(item.pointer, [item]);
  }

  #addSchema(
    oracle: Oracle,
    owner: Owner,
    what: string,
    root: string | undefined,
    direction: Direction,
  ): void {
    if (root === undefined) return;
    const known = this.#bySchema.get(owner) ?? new Map<string, OpenConstraint[]>();
    this.#bySchema.set(owner, known);
    const where = direction === "request" ? "request" : "answer";
    for (const { pointer, schema, place, branch, isForeign } of describedParts(oracle, root, direction)) {
      if (known.has(pointer)) continue;
      const here = place === "" ? what : `${what} ${place}`;
      const own = [
        ...(branch ? [{ ...branch, pointer, appliesTo: () => true }] : []),
        ...constraintsOf(pointer, schema).filter(
          ({ keyword, value = "" }) => keyword !== "required" || !isForeign(value),
        ),
      ].map(
        (constraint: Constraint): OpenConstraint => ({
          item: openItem(where, constraint.keyword, here, constraint.pointer, constraint.value),
          appliesTo: constraint.appliesTo,
        }),
      );
      if (this.#items.length + own.length > this.#most || known.size > this.#most) {
        this.#truncated = true;
        return;
      }
      known.set(pointer, own);
      this.#items.push(...own.map(({ item }) => item));
    }
  }
}

function openItem(
  where: CoverageItem["in"],
  keyword: string,
  place: string,
  pointer: string,
  value?: string,
): OpenItem {
  const item = { in: where, keyword, place, pointer, marks: new Set<CoverageMark>() };
  return value === undefined ? item : { ...item, value };
}

function schemasOf({ schema, itemSchema }: MediaType): readonly { readonly schema: string }[] {
  return [schema, itemSchema].flatMap((one) => (one === undefined ? [] : [{ schema: one }]));
}
