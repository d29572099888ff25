import type { Contract, MediaType, Operation, Parameter, RequestBody } from "../contract/contract.ts";
import { joinPointer, pointerSteps } from "../contract/json-pointer.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { RequestViolation } from "../wire/deviation.ts";
import { canonical, canonicalSet } from "./canonical.ts";
import type { Change, Side, Sides } from "./change.ts";
import { type SchemaChange, SchemaDiff } from "./diff-schemas.ts";
import { pairParameters } from "./pair-operations.ts";

type RequestChange = Extract<Change, { observed: "request" | "never" }>;

/** How requests of an operation differ. */
export function diffRequests(
  contracts: Sides<Contract>,
  oracles: Sides<Oracle>,
  base: Operation,
  revision: Operation,
): { readonly changes: readonly RequestChange[]; readonly words: number } {
  const schemas = new SchemaDiff(oracles, "request");
  const changes: RequestChange[] = [
    ...pairParameters(base, revision).flatMap((pair) => parameterChanges(pair, schemas)),
    ...bodyChanges(base.requestBody, revision.requestBody, schemas),
    ...securityChanges(contracts, base, revision),
  ];
  return { changes: [...changes, ...schemas.changes.map(asRequestChange)], words: schemas.words };
}

function asRequestChange(change: SchemaChange): RequestChange {
  const { kind, key, message, pointers, unseen } = change;
  const described = { kind, key: `request ${key}`, message, pointers };
  if (unseen !== undefined) return { ...described, observed: "never", reason: unseen };
  return {
    ...described,
    observed: "request",
    isBroken: (side, { pointer, at }) => {
      const member = at === undefined ? undefined : pointerSteps(at).at(-1);
      return change.isBroken(side, { pointer, ...(member === undefined ? {} : { member }) });
    },
  };
}

function parameterChanges(
  { base, revision }: { readonly base?: Parameter; readonly revision?: Parameter },
  schemas: SchemaDiff,
): RequestChange[] {
  const one = revision ?? base;
  if (!one) return [];
  const called = `${one.in} ${one.name}`;
  const isOwn = (violation: RequestViolation) =>
    violation.in === one.in && violation.name?.toLowerCase() === one.name.toLowerCase();
  if (!base || !revision) {
    const side: Side = base ? "base" : "revision";
    return [
      {
        kind: side === "base" ? "parameter-removed" : "parameter-added",
        key: `parameter ${side} ${one.pointer}`,
        message: `the ${called} ${side === "base" ? "is gone" : `is new (${one.required ? "required" : "optional"})`}`,
        pointers: { [side]: one.pointer },
        observed: "request",
        isBroken: (its, violation) => its === side && isOwn(violation),
      },
    ];
  }
  const changes: RequestChange[] = [];
  const described = (kind: string, message: string, field: string) => ({
    kind,
    key: `${kind} ${base.pointer} ${revision.pointer}`,
    message: `the ${called} ${message}`,
    pointers: { base: joinPointer(base.pointer, field), revision: joinPointer(revision.pointer, field) },
  });
  if (base.required !== revision.required)
    changes.push({
      ...described(
        revision.required ? "parameter-became-required" : "parameter-became-optional",
        revision.required ? "is now required" : "is no longer required",
        "required",
      ),
      observed: "request",
      isBroken: (_, violation) => isOwn(violation) && violation.pointer.endsWith("/required"),
    });
  const form = ({ style, explode, mediaType }: Parameter) => canonical([style, explode, mediaType ?? null]);
  if (form(base) !== form(revision))
    changes.push({
      ...described("parameter-style-changed", "is written in a different form", "style"),
      observed: "request",
      isBroken: (_, violation) => isOwn(violation),
    });
  compareSchemas(base.schema, revision.schema, called, schemas);
  return changes;
}

function compareSchemas(
  base: string | undefined,
  revision: string | undefined,
  at: string,
  schemas: SchemaDiff,
): void {
  if (base !== undefined && revision !== undefined) schemas.compare(base, revision, at);
  else if (base !== undefined) schemas.only("base", base, at);
  else if (revision !== undefined) schemas.only("revision", revision, at);
}

function bodyChanges(
  base: RequestBody | undefined,
  revision: RequestBody | undefined,
  schemas: SchemaDiff,
): RequestChange[] {
  const one = revision ?? base;
  if (!one) return [];
  if (!base || !revision) {
    const side: Side = base ? "base" : "revision";
    return [
      {
        kind: side === "base" ? "request-body-removed" : "request-body-added",
        key: `body ${side} ${one.pointer}`,
        message: `the request's body ${side === "base" ? "is gone" : `is new (${one.required ? "required" : "optional"})`}`,
        pointers: { [side]: one.pointer },
        observed: "request",
        isBroken: (its, violation) => its === side && violation.in === "body",
      },
    ];
  }
  const changes: RequestChange[] = [];
  if (base.required !== revision.required)
    changes.push({
      kind: revision.required ? "request-body-became-required" : "request-body-became-optional",
      key: `body-required ${base.pointer} ${revision.pointer}`,
      message: `the request's body ${revision.required ? "is now required" : "is no longer required"}`,
      pointers: {
        base: joinPointer(base.pointer, "required"),
        revision: joinPointer(revision.pointer, "required"),
      },
      observed: "request",
      isBroken: (side, { pointer }) =>
        pointer === joinPointer(side === "base" ? base.pointer : revision.pointer, "required"),
    });
  const nameOf = ({ name }: MediaType) => name.toLowerCase();
  for (const content of base.contents) {
    const other = revision.contents.find((its) => nameOf(its) === nameOf(content));
    if (other) compareSchemas(content.schema, other.schema, "body", schemas);
  }
  const [before, after] = [base.contents.map(nameOf), revision.contents.map(nameOf)];
  if (canonicalSet(before) !== canonicalSet(after)) changes.push(mediaTypesChange(base, revision));
  return changes;
}

/** One change, whatever is gone and new: a request is of one type, and shows all of it. */
function mediaTypesChange(base: RequestBody, revision: RequestBody): RequestChange {
  const names = ({ contents }: RequestBody) => contents.map(({ name }) => name).join(", ") || "none";
  const pointers = {
    base: joinPointer(base.pointer, "content"),
    revision: joinPointer(revision.pointer, "content"),
  };
  return {
    kind: "request-media-types-changed",
    key: `media types ${base.pointer} ${revision.pointer}`,
    message: `the body's media types: ${names(base)} → ${names(revision)}`,
    pointers,
    observed: "request",
    isBroken: (side, { pointer }) => pointer === pointers[side],
  };
}

/** Which schemes an operation asks for, whatever the documents call them. */
function securityChanges(contracts: Sides<Contract>, base: Operation, revision: Operation): RequestChange[] {
  const asks = (side: Side, { security }: Operation) =>
    security.map((names) =>
      names
        .map((name) => {
          const { pointer: _, ...scheme } = contracts[side].securitySchemes.get(name) ?? {
            kind: name,
            pointer: "",
          };
          return canonical(scheme);
        })
        .sort()
        .join(" and "),
    );
  const [before, after] = [asks("base", base).sort(), asks("revision", revision).sort()];
  if (canonical(before) === canonical(after)) return [];
  const named = ({ security }: Operation) =>
    security.map((names) => names.join(" and ") || "nothing").join(" or ") || "nothing";
  return [
    {
      kind:
        before.length === 0 ? "security-added" : after.length === 0 ? "security-removed" : "security-changed",
      key: `security ${base.securityPointer} ${revision.securityPointer} ${before.join()} ${after.join()}`,
      message: `requires ${named(revision)} instead of ${named(base)} as the credential`,
      pointers: { base: base.securityPointer, revision: revision.securityPointer },
      observed: "request",
      isSecurity: true,
      isBroken: (_, { in: place }) => place === "security",
    },
  ];
}
