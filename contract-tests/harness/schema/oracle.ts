import type { Ajv, ValidateFunction } from "ajv";
import type { Contract } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { joinPointer, valueAt } from "../contract/json-pointer.ts";
import { LargeInteger } from "../contract/large-integer.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { SchemaResources } from "../contract/schema-resources.ts";
import { visitObjects } from "../contract/visit-objects.ts";
import { createAjv } from "./ajv-of.ts";
import { BeyondBudget, Budget } from "./budget.ts";
import { type Discriminator, Discriminators, discriminated, unmappedError } from "./discriminators.ts";
import { EndlessSchemas, endless } from "./endless.ts";
import { mostErrors, TooManyErrors } from "./error-limit.ts";
import { evaluatedBy, type Judgement } from "./evaluated.ts";
import { exactValue, hasBigInteger } from "./exact-keywords.ts";
import { type Branch, isMet, type SchemaReader } from "./in-place.ts";
import { JoinedSchemas } from "./joined-schemas.ts";
import { linearPattern } from "./linear-pattern.ts";
import { LooseSchemas } from "./loose-schemas.ts";
import { type MendedError, mendKeywords } from "./mended-keywords.ts";
import { UnreadablePatternError } from "./pattern-program.ts";
import { Looks, Steps, stepKeyword } from "./steps.ts";
import {
  isNothing,
  noSurroundings,
  type Surroundings,
  surroundingsFor,
  surroundingsWithin,
} from "./surroundings.ts";
import { type Direction, type Translation, translateSchema } from "./translate-schema.ts";
import { mismatch, type Violation, violationsOf } from "./violation.ts";

/** A schema of the contract doesn't compile: nothing that it describes can be judged. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
}

/**
 * Decides whether a value matches a schema of the contract: Ajv in the form of the document's dialect. Each schema is
 * translated and compiled once, when it is first asked for; what several operations share is compiled once for all.
 */
export class Oracle {
  /** Told as not judged: unknown formats, dynamic references, references out of the document. */
  readonly notJudged: NotJudged[] = [];
  /** Schemas that describe one place together. */
  readonly joined: JoinedSchemas;
  /** What stands at pointers: every answer leads to the same. */
  readonly #sources = new Map<string, unknown>();
  /** By what is inherited, then by direction and pointer. */
  readonly #surroundings = new WeakMap<Surroundings, Map<string, Surroundings>>();
  readonly #contract: Contract;
  /** Of what is made from the schemas. */
  readonly budget = new Budget();
  /** Of walks through values. */
  readonly looks = new Looks();
  readonly #ajv: Ajv;
  readonly #resources: SchemaResources;
  /** Where a translated schema came from, for which direction, and what those around it excuse. */
  readonly #origin = new WeakMap<object, Origin>();
  readonly #uris = new Map<string, string>();
  readonly #references = new Map<string, Set<string>>();
  readonly #metaErrors = new Map<string, string>();
  readonly #validators = new Map<string, ValidateFunction | SchemaError>();
  readonly #declared = new Set<string>();
  readonly #told = new Set<string>();
  readonly #steps = new Steps();
  readonly #reader: SchemaReader = {
    source: (pointer) => this.source(pointer),
    target: (reference, pointer) => this.target(reference, pointer),
    dynamicTarget: (reference, pointer) => this.dynamicTarget(reference, pointer),
  };
  readonly #endless = new EndlessSchemas(this.#reader);
  readonly #loose = new LooseSchemas(
    this.#reader,
    (pointer) => this.#isLooseItself(pointer),
    () => this.#survey().hasLoose,
  );
  #surveyed: Survey | undefined;
  /** Ends at the first error of a value: for values that have more than can be collected. */
  #first: Oracle | undefined;
  readonly #isFirst: boolean;

  /** @param whole the oracle that this one stands in for, ending at the first error */
  constructor(contract: Contract, whole?: Oracle) {
    this.#contract = contract;
    this.#isFirst = whole !== undefined;
    this.joined = whole?.joined ?? new JoinedSchemas();
    this.#ajv = createAjv(contract, this.#steps, whole === undefined, (reason) =>
      this.tell("/jsonSchemaDialect", reason),
    );
    this.#resources = new SchemaResources(contract.document);
    this.#ajv.addKeyword({ keyword: stepKeyword, validate: () => this.#steps.take() });
    mendKeywords(this.#ajv, {
      evaluatedOf: (schema, value) => {
        const origin = this.#origin.get(schema);
        return origin
          ? evaluatedBy(this.judgement(origin.direction), origin.pointer, value, origin.around)
          : new Set();
      },
      accepts: (schema, keyword, value) => {
        const origin = this.#origin.get(schema);
        return (
          origin !== undefined && this.accepts(joinPointer(origin.pointer, keyword), origin.direction, value)
        );
      },
      isExcused: (schema, conditions, value) => {
        const origin = this.#origin.get(schema);
        if (!origin) return false;
        // What depends on branches is left out: whether they hold would depend on itself.
        const here = {
          ...this.#surroundingsWithin(origin.pointer, origin.direction, origin.around),
          given: [],
        };
        return conditions.every((condition) =>
          isMet(condition, value, (pointer, asks) =>
            this.#acceptsWithin(pointer, origin.direction, value, asks ? noSurroundings : here),
          ),
        );
      },
      discriminatorErrors: (schema, value, judged) => {
        const origin = this.#origin.get(schema);
        return origin ? this.#discriminatorErrors(origin, value, judged) : [];
      },
    });
  }

  /** Begins a run, with nothing spent: runs may share what an earlier one has compiled, and not what it has cost. */
  renew(): void {
    this.budget.renew();
    this.looks.renew();
    this.#steps.renew();
    this.#first?.renew();
  }

  /** The oracle as those ask it that look into the schemas of one value. */
  judgement(direction: Direction): Judgement {
    return {
      ...this.#reader,
      accepts: (pointer, value, here) => this.#acceptsWithin(pointer, direction, value, here),
      children: (pointer) => this.children(pointer),
      surroundings: (pointer, inherited) => this.#surroundingsWithin(pointer, direction, inherited),
    };
  }

  /** How many of the declared schemas compiled. */
  get compiled(): { readonly compiled: number; readonly total: number } {
    let compiled = 0;
    for (const key of this.#declared) if (!(this.#validators.get(key) instanceof SchemaError)) compiled++;
    return { compiled, total: this.#declared.size };
  }

  /** Compiles a schema of the contract and counts it; returns what is wrong with it. */
  declare(pointer: string, direction: Direction): string | undefined {
    this.#declared.add(`${direction} ${pointer}`);
    const outcome = this.compile(pointer, direction);
    return outcome instanceof SchemaError ? outcome.message : undefined;
  }

  /**
   * What `value` breaks of the schema at `pointer`; empty when it matches.
   *
   * @throws {SchemaError} when the schema can't be judged by
   * @throws {BeyondBudget} when the schemas that it refers to multiply beyond what is looked at
   */
  violations(pointer: string, direction: Direction, value: unknown): readonly Violation[] {
    const { validate, exact } = this.#ready(pointer, direction, value, noSurroundings);
    if (validate instanceof SchemaError) throw validate;
    try {
      const isValid = this.#steps.within(() => validate(exact));
      return isValid
        ? []
        : violationsOf(validate.errors ?? [], pointer, (schema) => this.#origin.get(schema)?.pointer);
    } catch (error) {
      if (!(error instanceof TooManyErrors)) throw error;
      const found = this.#endingAtFirst(error, (first) => first.violations(pointer, direction, value));
      if (found.length > 0)
        this.tell(pointer, `a value violates it in more than ${mostErrors} ways: only the first is reported`);
      return found;
    }
  }

  /** True when `value` matches the schema at `pointer`; false also when the schema doesn't compile. */
  accepts(pointer: string, direction: Direction, value: unknown): boolean {
    return this.#acceptsWithin(pointer, direction, value, noSurroundings);
  }

  /** `accepts`, for a schema that judges the same value as others around it do. */
  #acceptsWithin(pointer: string, direction: Direction, value: unknown, here: Surroundings): boolean {
    const { validate, exact } = this.#ready(pointer, direction, value, here);
    if (validate instanceof SchemaError) return false;
    try {
      return this.#steps.within(() => validate(exact));
    } catch (error) {
      if (!(error instanceof TooManyErrors)) throw error;
      return this.#endingAtFirst(error, (first) => first.#acceptsWithin(pointer, direction, value, here));
    }
  }

  #endingAtFirst<Result>(error: TooManyErrors, judge: (first: Oracle) => Result): Result {
    if (this.#isFirst) throw new BeyondBudget(error.message);
    this.#first ??= new Oracle(this.#contract, this);
    return judge(this.#first);
  }

  /** A value as it is judged, and by what: with large integers, by keywords that compare them exactly. */
  #ready(pointer: string, direction: Direction, value: unknown, here: Surroundings) {
    const exact = LargeInteger.isUsed ? exactValue(value) : value;
    const isExact = exact !== value || (LargeInteger.isUsed && hasBigInteger(value));
    return { validate: this.#compiled(pointer, direction, here, isExact), exact };
  }

  #surroundingsWithin(pointer: string, direction: Direction, inherited: Surroundings): Surroundings {
    const mark = direction === "request" ? "readOnly" : "writeOnly";
    const parents = this.#survey().discriminators.parentsOf(pointer);
    if (parents.length === 0 && !this.has(mark)) return inherited;
    const known = this.#surroundings.get(inherited) ?? new Map<string, Surroundings>();
    this.#surroundings.set(inherited, known);
    const key = `${direction} ${pointer}`;
    const made =
      known.get(key) ??
      surroundingsWithin(this, pointer, this.has(mark) ? mark : undefined, inherited, parents);
    known.set(key, made);
    return made;
  }

  /** What the discriminator of a schema has against an object that has its property. */
  #discriminatorErrors(
    { pointer, direction }: Origin,
    value: object,
    judged: readonly string[],
  ): readonly MendedError[] {
    const discriminator = this.discriminator(pointer);
    if (!discriminator) return [];
    const name = discriminated(value, discriminator.property);
    if (name === undefined) return [];
    if (!discriminator.targets.has(name)) return [unmappedError(discriminator)];
    const target = discriminator.targets.get(name);
    if (target === undefined || target === pointer || judged.includes(target)) return [];
    const { validate, exact } = this.#ready(target, direction, value, noSurroundings);
    if (validate instanceof SchemaError || validate(exact)) return [];
    if (discriminator.chooses === "child") return validate.errors ?? [];
    return [
      {
        keyword: "discriminator",
        message: `must match the schema at ${target}`,
        params: { [mismatch]: true },
      },
    ];
  }

  /** Whether any schema of the document says so of a property. */
  has(mark: "readOnly" | "writeOnly"): boolean {
    return this.#survey().marks.has(mark);
  }

  /** Why no value can be judged by the schema at `pointer`, though it is a valid one. */
  whyEndless(pointer: string): string | undefined {
    return this.#endless.has(pointer) ? endless : undefined;
  }

  /** The discriminator of the schema at `pointer`, where a value could break it. */
  discriminator(pointer: string): Discriminator | undefined {
    return this.#survey().discriminators.at(pointer);
  }

  /** The schemas that a discriminator at `pointer` chooses from, when they name that schema as their parent. */
  children(pointer: string): readonly Branch[] {
    return this.#survey().discriminators.childrenOf(pointer);
  }

  /** What the document has of what is looked up again and again. */
  #survey(): Survey {
    if (this.#surveyed) return this.#surveyed;
    const marks = new Set<string>();
    const owners: string[] = [];
    let hasLoose = false;
    for (const { kind, value, pointer } of visitObjects(this.#contract.document)) {
      if (kind !== "schema") continue;
      for (const keyword of ["readOnly", "writeOnly"]) if (value[keyword] === true) marks.add(keyword);
      if (isObject(value["discriminator"])) owners.push(pointer);
      hasLoose ||= this.#isLooseItself(pointer);
    }
    const discriminators = new Discriminators(this.#reader, this.#contract.document, owners);
    this.#surveyed = { marks, hasLoose, discriminators };
    return this.#surveyed;
  }

  /** The schema and pointer at the end of the references that begin at `pointer`. */
  follow(pointer: string): { readonly schema: unknown; readonly pointer: string } {
    const seen = new Set<string>();
    let at = pointer;
    for (;;) {
      const schema = this.source(at);
      const reference = isObject(schema) ? schema["$ref"] : undefined;
      const next = typeof reference === "string" ? this.target(reference, at) : undefined;
      if (next === undefined || seen.has(next)) return { schema, pointer: at };
      seen.add(next);
      at = next;
    }
  }

  /** The schema that stands at `pointer`, references not followed. */
  source(pointer: string): unknown {
    const known = this.#sources.get(pointer);
    if (known !== undefined) return known;
    const joined = this.joined.source(pointer);
    const value = joined ? joined.value : valueAt(this.#contract.document, pointer);
    if (value !== undefined) this.#sources.set(pointer, value);
    return value;
  }

  /** Pointer that `reference`, standing in the schema at `pointer`, leads to. */
  target(reference: string, pointer: string): string | undefined {
    return this.joined.target(reference) ?? this.#resources.target(reference, pointer);
  }

  /** Where a `$dynamicRef` leads; undefined also where that depends on what refers to it. */
  dynamicTarget(reference: string, pointer: string): string | undefined {
    return this.#resources.dynamicTarget(reference, pointer);
  }

  /** True when a keyword of the schema at `pointer` isn't judged. */
  #isLooseItself(pointer: string): boolean {
    const schema = this.source(pointer);
    if (!isObject(schema)) return false;
    const { $ref, $dynamicRef, pattern, patternProperties, format } = schema;
    return (
      (typeof $ref === "string" && this.target($ref, pointer) === undefined) ||
      (typeof $dynamicRef === "string" && this.dynamicTarget($dynamicRef, pointer) === undefined) ||
      (typeof format === "string" && !Object.hasOwn(this.#ajv.formats, format)) ||
      [pattern, ...Object.keys(isObject(patternProperties) ? patternProperties : {})].some(isUnreadable) ||
      this.#endless.has(pointer)
    );
  }

  compile(pointer: string, direction: Direction): ValidateFunction | SchemaError {
    return this.#compiled(pointer, direction, noSurroundings, false);
  }

  #compiled(
    pointer: string,
    direction: Direction,
    around: Surroundings,
    exact: boolean,
  ): ValidateFunction | SchemaError {
    const variant = { direction, around: surroundingsFor(this, pointer, around), exact };
    const key = keyOf(pointer, variant);
    const known = this.#validators.get(key);
    if (known) return known;
    const outcome = this.#compile(pointer, variant);
    this.#validators.set(key, outcome);
    return outcome;
  }

  #compile(pointer: string, variant: Variant): ValidateFunction | SchemaError {
    try {
      const uri = this.#register(pointer, variant);
      const invalid = this.#metaErrorWithin(uri);
      if (invalid !== undefined) return new SchemaError(invalid);
      const validate = this.#ajv.getSchema(uri);
      return validate ?? new SchemaError(`there is no schema at ${pointer}`);
    } catch (error) {
      return new SchemaError(
        `the schema at ${pointer} doesn't compile: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #register(pointer: string, variant: Variant): string {
    const { direction } = variant;
    const key = keyOf(pointer, variant);
    const known = this.#uris.get(key);
    if (known !== undefined) return known;
    const uri = `contract:/${direction}/${this.#uris.size}`;
    this.#uris.set(key, uri);
    const references = new Set<string>();
    this.#references.set(uri, references);
    let size = 0;
    const to: Translation = {
      reference: (keyword, reference, at, around) => {
        const target = keyword === "$ref" ? this.target(reference, at) : this.dynamicTarget(reference, at);
        if (target === undefined) return undefined;
        const uriOfTarget = this.#register(target, {
          ...variant,
          around: surroundingsFor(this, target, around),
        });
        references.add(uriOfTarget);
        return uriOfTarget;
      },
      surroundings: (at, inherited) => this.#surroundingsWithin(at, direction, inherited),
      exact: variant.exact,
      hasDiscriminator: (at) => this.discriminator(at) !== undefined,
      isLoose: (at) => this.#loose.has(at),
      whyEndless: (at) => this.whyEndless(at),
      remember: (schema, at, inherited) => {
        if (++size > mostSubschemas) throw new TooManySubschemas();
        this.#origin.set(schema, { pointer: at, direction, around: inherited });
        this.#lookAtFormat(schema, at);
      },
      unsupported: (at, reason) => this.tell(at, reason),
    };
    let translated: ReturnType<typeof translateSchema>;
    try {
      translated = translateSchema(this.source(pointer), pointer, to, variant.around);
    } catch (error) {
      if (!(error instanceof TooManySubschemas)) throw error;
      const reason = `the schema at ${pointer} has more subschemas than the ${mostSubschemas} that are supported in one place`;
      this.#metaErrors.set(uri, reason);
      return uri;
    }
    if (isObject(translated)) Object.assign(translated, { [stepKeyword]: true });
    if (!this.#ajv.validateSchema(translated)) {
      const [error] = this.#ajv.errors ?? [];
      this.#metaErrors.set(
        uri,
        `the schema at ${joinRelative(pointer, error?.instancePath)} isn't valid: ${error?.message ?? "unknown"}`,
      );
    }
    this.#ajv.addSchema(translated, uri, undefined, false);
    return uri;
  }

  #metaErrorWithin(uri: string): string | undefined {
    const seen = new Set([uri]);
    for (const at of seen) {
      const error = this.#metaErrors.get(at);
      if (error !== undefined) return error;
      for (const next of this.#references.get(at) ?? []) seen.add(next);
    }
    return undefined;
  }

  #lookAtFormat(schema: object, pointer: string): void {
    const format = "format" in schema ? schema.format : undefined;
    if (typeof format === "string" && !Object.hasOwn(this.#ajv.formats, format)) {
      this.tell(
        joinPointer(pointer, "format"),
        `the format "${format}" is unknown, so no value is checked against it`,
      );
    }
  }

  /** Enters what isn't judged, once. */
  tell(pointer: string, reason: string): void {
    if (this.#told.has(`${pointer} ${reason}`)) return;
    this.#told.add(`${pointer} ${reason}`);
    this.notJudged.push({ pointer, reason });
  }
}

interface Origin {
  readonly pointer: string;
  readonly direction: Direction;
  readonly around: Surroundings;
}

/** What a document has at all. */
interface Survey {
  readonly marks: ReadonlySet<string>;
  /** Whether a keyword of any of its schemas isn't judged. */
  readonly hasLoose: boolean;
  readonly discriminators: Discriminators;
}

/** In which of its forms a schema is compiled. */
interface Variant {
  readonly direction: Direction;
  readonly around: Surroundings;
  /** For values with large integers. */
  readonly exact: boolean;
}

function keyOf(pointer: string, { direction, around, exact }: Variant): string {
  const more = `${exact ? " exact" : ""}${isNothing(around) ? "" : ` ${JSON.stringify(around)}`}`;
  return `${direction} ${pointer}${more}`;
}

/** Most schemas that are compiled as one, those behind references not counted: what Ajv takes grows faster than they do. */
const mostSubschemas = 5_000;

class TooManySubschemas extends Error {}

function joinRelative(pointer: string, relative: string | undefined): string {
  return pointer + (relative ?? "");
}

/** What isn't a pattern at all is the compiler's to reject. */
function isUnreadable(source: unknown): boolean {
  try {
    return typeof source === "string" && linearPattern(source) instanceof UnreadablePatternError;
  } catch {
    return false;
  }
}
