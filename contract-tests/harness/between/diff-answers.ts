import { ruleFor } from "../checks/check.ts";
import type { HeaderRule, MediaType, Operation, ResponseRule } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { headerValue } from "../http/header-value.ts";
import type { Oracle } from "../schema/oracle.ts";
import { parameterAccepts } from "../wire/read-parameter.ts";
import { canonical } from "./canonical.ts";
import {
  type Change,
  otherSide,
  type ReadAnswer,
  type Says,
  type Side,
  type Sides,
  saysOf,
  sides,
  type Weight,
} from "./change.ts";
import { type SchemaChange, SchemaDiff } from "./diff-schemas.ts";

type AnswerChange = Extract<Change, { observed: "answer" | "never" }>;

/** How the answers of an operation differ: its statuses, and of each the media types, schemas and headers. */
export function diffAnswers(
  oracles: Sides<Oracle>,
  base: Operation,
  revision: Operation,
): { readonly changes: readonly AnswerChange[]; readonly words: number } {
  const changes: AnswerChange[] = [];
  let words = 0;
  const statuses = new Set([...base.responses, ...revision.responses].map(({ status }) => status));
  for (const status of statuses) {
    const before = coveringRule(base, status);
    const after = coveringRule(revision, status);
    if (before && after) {
      const own = ruleChanges(oracles, status, before, after);
      changes.push(...own.changes);
      words += own.words;
    } else changes.push(statusChange(status, before ? "base" : "revision", before ?? after));
  }
  return { changes, words };
}

/** What is documented for a status or a class: by itself, or by what it falls under (OpenAPI 3.1, section 4.8.16). */
function coveringRule(operation: Operation, status: string): ResponseRule | undefined {
  const own = operation.responses.find((rule) => rule.status === status);
  if (own) return own;
  if (/^\d{3}$/.test(status)) return ruleFor(operation, Number(status));
  return status === "default" ? undefined : operation.responses.find((rule) => rule.status === "default");
}

/** Statuses that have other causes than what is asked: where no document has them, they tell nothing. */
const ofOtherCauses = new Set([401, 403, 404, 405, 409, 429]);

function statusChange(status: string, side: Side, rule: ResponseRule | undefined): AnswerChange {
  return {
    kind: side === "base" ? "status-removed" : "status-added",
    key: `status ${side} ${status} ${rule?.pointer ?? ""}`,
    message: `the status ${status} is ${side === "base" ? "no longer documented" : "documented now"}`,
    pointers: rule ? { [side]: rule.pointer } : {},
    observed: "answer",
    weigh: ({ response, base, revision }) => {
      if (status !== "default" && Math.floor(response.status / 100) !== Number(status.charAt(0))) return [];
      const says = both(base?.rule !== undefined, revision?.rule !== undefined);
      if (says === "neither" && ofOtherCauses.has(response.status)) return [];
      return [{ says, because: `the status ${response.status} fits ${named(says)}` }];
    },
  };
}

function ruleChanges(
  oracles: Sides<Oracle>,
  status: string,
  base: ResponseRule,
  revision: ResponseRule,
): { readonly changes: readonly AnswerChange[]; readonly words: number } {
  const changes: AnswerChange[] = [];
  const schemas = new SchemaDiff(oracles, "response");
  const isOfRules = (answer: ReadAnswer) =>
    answer.base?.rule?.pointer === base.pointer && answer.revision?.rule?.pointer === revision.pointer;
  const nameOf = ({ name }: MediaType) => name.toLowerCase().replace(/\s/g, "");
  const names = new Set([...base.contents, ...revision.contents].map(nameOf));
  for (const name of names) {
    const find = (rule: ResponseRule) => rule.contents.find((content) => nameOf(content) === name);
    const [before, after] = [find(base), find(revision)];
    const one = before ?? after;
    if (before && after) compareContents(before, after, `${status} body`, schemas);
    else if (one) changes.push(mediaTypeChange(status, before ? "base" : "revision", one, isOfRules));
  }
  changes.push(...headerChanges(oracles, status, base, revision, isOfRules));
  const ofSchemas = schemas.changes.map((change) => asAnswerChange(change, oracles));
  return { changes: [...changes, ...ofSchemas], words: schemas.words };
}

function compareContents(base: MediaType, revision: MediaType, at: string, schemas: SchemaDiff): void {
  for (const part of ["schema", "itemSchema"] as const) {
    const [before, after] = [base[part], revision[part]];
    if (before !== undefined && after !== undefined) schemas.compare(before, after, at);
    else if (before !== undefined) schemas.only("base", before, at);
    else if (after !== undefined) schemas.only("revision", after, at);
  }
}

function mediaTypeChange(
  status: string,
  side: Side,
  content: MediaType,
  isOfRules: (answer: ReadAnswer) => boolean,
): AnswerChange {
  return {
    kind: side === "base" ? "media-type-removed" : "media-type-added",
    key: `media type ${side} ${content.pointer}`,
    message: `the media type ${content.name} of ${status} is ${side === "base" ? "gone" : "new"}`,
    pointers: { [side]: content.pointer },
    observed: "answer",
    weigh: (answer) => {
      if (!isOfRules(answer)) return [];
      const says = both(answer.base?.isCovered === true, answer.revision?.isCovered === true);
      const type = (headerValue(answer.response.headers, "content-type") ?? "no media type").slice(0, 100);
      return [{ says, because: `${type} fits ${named(says)}` }];
    },
  };
}

function headerChanges(
  oracles: Sides<Oracle>,
  status: string,
  base: ResponseRule,
  revision: ResponseRule,
  isOfRules: (answer: ReadAnswer) => boolean,
): AnswerChange[] {
  const names = new Set([...base.headers, ...revision.headers].map(({ name }) => name.toLowerCase()));
  return [...names].flatMap((name): AnswerChange[] => {
    const find = (rule: ResponseRule) => rule.headers.find((header) => header.name.toLowerCase() === name);
    const headers: Partial<Sides<HeaderRule>> = { base: find(base), revision: find(revision) } as Partial<
      Sides<HeaderRule>
    >; // undefined where it isn't there
    const shape = (side: Side) => {
      const header = headers[side];
      if (!header) return "";
      const schema = header.schema === undefined ? undefined : oracles[side].source(header.schema);
      return canonical([header.required, header.explode, header.mediaType ?? null, schema ?? null]);
    };
    if (shape("base") === shape("revision")) return [];
    const side: Side | undefined = !headers.base ? "revision" : !headers.revision ? "base" : undefined;
    const pointers = Object.fromEntries(
      sides.flatMap((one) => (headers[one] ? [[one, headers[one].pointer]] : [])),
    );
    return [
      {
        kind: side === undefined ? "header-changed" : side === "base" ? "header-removed" : "header-added",
        key: `header ${headers.base?.pointer ?? ""} ${headers.revision?.pointer ?? ""}`,
        message: `the header ${name} of ${status} is ${side === undefined ? "described differently" : side === "base" ? "no longer documented" : "documented now"}`,
        pointers,
        observed: "answer",
        weigh: (answer) => (isOfRules(answer) ? [headerWeight(answer, name, headers, oracles)] : []),
      },
    ];
  });
}

function headerWeight(
  { response }: ReadAnswer,
  name: string,
  headers: Partial<Sides<HeaderRule>>,
  oracles: Sides<Oracle>,
): Weight {
  const value = headerValue(response.headers, name);
  if (value === undefined) {
    const says = both(headers.base?.required !== true, headers.revision?.required !== true);
    return { says, because: `a response without the header ${name} fits ${named(says)}` };
  }
  const isValid = (side: Side) => {
    const header = headers[side];
    const raw = { own: [value.trim()], pairs: [], decode: (text: string) => text };
    return (
      header !== undefined &&
      parameterAccepts({ ...header, in: "header", style: "simple" }, raw, oracles[side], "response")
    );
  };
  const says = both(isValid("base"), isValid("revision"));
  return { says, because: `the header ${name} fits ${named(says)}` };
}

function asAnswerChange(change: SchemaChange, oracles: Sides<Oracle>): AnswerChange {
  const { kind, key, message, pointers, unseen } = change;
  const described = { kind, key: `answer ${key}`, message, pointers };
  if (unseen !== undefined) return { ...described, observed: "never", reason: unseen };
  return { ...described, observed: "answer", weigh: (answer) => weighSchema(change, oracles, answer) };
}

/** What each place of the answer's values that the changed schemas describe says of the change. */
function weighSchema(change: SchemaChange, oracles: Sides<Oracle>, answer: ReadAnswer): readonly Weight[] {
  const weights = new Map<string, Weight>();
  const add = (says: Says, because: string) => weights.set(`${says} ${because}`, { says, because });
  const count = Math.max(answer.base?.values.length ?? 0, answer.revision?.values.length ?? 0);
  for (let index = 0; index < count; index++) {
    const found = new Map<string, unknown>();
    // What one document doesn't describe at all is the business of another change.
    const own = sides.filter((side) => change.schemas[side] !== undefined);
    if (!own.every((side) => (answer[side]?.values[index]?.places.length ?? 0) > 0)) continue;
    for (const side of sides)
      for (const { instance, value, schemas } of answer[side]?.values[index]?.places ?? [])
        if (schemas.some(({ pointer }) => pointer === change.schemas[side])) found.set(instance, value);
    for (const [instance, value] of found) {
      const { property } = change;
      const place = instance === "" ? "the body" : instance.replace(/\/\d+(?=\/|$)/g, "/*");
      if (property) {
        if (!isObject(value)) continue;
        const says = propertySays(property, value, oracles);
        add(
          says,
          `${place} ${Object.hasOwn(value, property.name) ? "with" : "without"} ${property.name} fits ${named(says)}`,
        );
        continue;
      }
      const breaks = (side: Side) =>
        answer[side]?.values[index]?.violations.some(
          (violation) =>
            change.isBroken(side, violation) &&
            (isWithin(violation.instance, instance) || isWithin(instance, violation.instance)),
        ) ?? false;
      const says = both(!breaks("base"), !breaks("revision"));
      add(says, `${place}, ${typeNameOf(value)}, fits ${named(says)}`);
    }
  }
  return [...weights.values()];
}

/** A property that one document doesn't know shows by being there. */
function propertySays(
  { name, side, schema, isRequired }: NonNullable<SchemaChange["property"]>,
  value: Readonly<Record<string, unknown>>,
  oracles: Sides<Oracle>,
): Says {
  if (!Object.hasOwn(value, name)) return isRequired ? saysOf(otherSide(side)) : "either";
  return oracles[side].accepts(schema, "response", value[name]) ? saysOf(side) : "neither";
}

/** Of which JSON type a value is; an answer's values may be secrets. */
function typeNameOf(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return "a text";
  if (Array.isArray(value)) return "a list";
  return isObject(value) ? "an object" : "a number";
}

function isWithin(place: string, above: string): boolean {
  return place === above || place.startsWith(`${above}/`);
}

function both(base: boolean, revision: boolean): Says {
  if (base) return revision ? "either" : "old";
  return revision ? "new" : "neither";
}

function named(says: Says): string {
  const names = {
    old: "only the base",
    new: "only the revision",
    either: "both",
    neither: "neither",
  } as const;
  return names[says];
}
