import type { Operation, Parameter } from "../contract/contract.ts";
import { editedAt } from "../contract/edit-document.ts";
import { type JsonObject, listOr, objectOr } from "../contract/json-object.ts";
import { joinPointer, valueAt } from "../contract/json-pointer.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { admits, admittedTypes } from "../wire/admitted-types.ts";
import { type Evidence, isLostConnection, type MockLimit } from "./evidence.ts";
import { limit, withOperation } from "./limit-by-rule.ts";
import { editedContract, type Reading } from "./re-judge.ts";

/** What Prism is known to read otherwise in the parameters of requests. */
export const parameterLimits: readonly MockLimit[] = [
  limit("cookies-not-validated", "Prism doesn't validate cookie parameters.", (evidence) =>
    withOperation(evidence, withoutParametersOf("cookie")),
  ),
  limit(
    "empty-parameter-accepted",
    "Prism treats an empty query parameter as absent, and doesn't validate it.",
    (evidence) => withQuery(evidence, (pairs) => pairs.filter((pair) => /=./.test(pair))),
  ),
  limit(
    "object-text-not-validated",
    "Prism accepts any text for an object whose properties are written as one text.",
    (evidence) =>
      withParameters(evidence, (one) =>
        admits(evidence.oracle, one.schema, "object") && (/^(label|simple)$/.test(one.style) || !one.explode)
          ? unjudged(one)
          : one,
      ),
  ),
  limit(
    "explode-not-assumed",
    "Prism assumes `explode: false` for a query parameter that doesn't say, and splits it at percent-encoded commas too.",
    (evidence) => {
      const reading = withQuery(evidence, lastOfEach);
      if (reading?.request === undefined) return undefined;
      const path = reading.request.path.replaceAll(/%2C/gi, ",");
      const change = (one: Parameter): Parameter =>
        one.in === "query" && !isExplodeWritten(evidence, one) ? { ...one, explode: false } : one;
      return { ...withParameters(evidence, change), request: { ...reading.request, path } };
    },
  ),
  limit(
    "only-last-of-repeated-validated",
    "Prism validates only the last value of a query parameter that is sent several times.",
    (evidence) => withQuery(evidence, lastOfEach),
  ),
  limit(
    "list-in-choice-not-read",
    "Prism reads a parameter as a list only if `type` itself says so: a list in a `oneOf` or `anyOf`, or among several types, is rejected.",
    ({ contract, operation, oracle }) =>
      editedContract(contract, `lists in choices ${operation.id}`, (document) =>
        operation.parameters.reduce((edited, { schema }) => {
          const top = schema === undefined ? undefined : oracle.follow(schema).pointer;
          return top === undefined ? edited : withoutListBranches(edited, top, oracle);
        }, document),
      ),
  ),
  limit(
    "ignored-header-validated",
    "Prism validates a header parameter named `Accept`, `Content-Type` or `Authorization`, which OpenAPI says to ignore.",
    (evidence) =>
      withOperation(evidence, (operation) => ({
        ...operation,
        parameters: [...operation.parameters, ...ignoredHeaders(evidence)],
      })),
  ),
  {
    name: "prism-throws",
    cause:
      "Prism throws while parsing an array or object parameter (one that isn't sent, or that doesn't fit its style), and closes the connection.",
    fits: (evidence) =>
      isLostConnection(evidence) &&
      evidence.prism.throwsOn(
        evidence.operation.method,
        evidence.operation.path,
        evidence.exchange.case.request,
      ),
  },
];

function withParameters(evidence: Evidence, change: (one: Parameter) => Parameter): Reading {
  return withOperation(evidence, (operation) => ({
    ...operation,
    parameters: operation.parameters.map(change),
  }));
}

function unjudged({ schema: _, ...parameter }: Parameter): Parameter {
  return parameter;
}

function withQuery(
  { exchange }: Evidence,
  change: (pairs: readonly string[]) => readonly string[],
): Reading | undefined {
  const { request } = exchange.case;
  const [path = "", query] = request.path.split("?", 2);
  if (query === undefined) return undefined;
  const pairs = change(query.split("&"));
  const changed: HttpRequest = { ...request, path: pairs.length === 0 ? path : `${path}?${pairs.join("&")}` };
  return { request: changed };
}

function lastOfEach(pairs: readonly string[]): readonly string[] {
  return [...new Map(pairs.map((pair) => [pair.split("=")[0] ?? pair, pair])).values()];
}

function isExplodeWritten({ contract }: Evidence, { pointer }: Parameter): boolean {
  return objectOr(valueAt(contract.document, pointer))["explode"] !== undefined;
}

/** The document without the branches of the choices at `pointer` that let nothing but lists through. */
function withoutListBranches(document: JsonObject, pointer: string, oracle: Oracle): JsonObject {
  const types = joinPointer(pointer, "type");
  const all = listOr(valueAt(document, types));
  const others = all.filter((type) => type !== "array");
  const single = all.includes("array") ? editedAt(document, types, others) : document;
  return ["oneOf", "anyOf"].reduce((edited, keyword) => {
    const at = joinPointer(pointer, keyword);
    const branches = listOr(valueAt(document, at));
    const kept = branches.filter((_, index) => {
      const types = admittedTypes(oracle, joinPointer(at, index));
      return !types?.has("array") || types.size > 1;
    });
    return kept.length === branches.length ? edited : editedAt(edited, at, kept);
  }, single);
}

/** The header parameters that OpenAPI tells to ignore (3.1, section 4.8.12.2.1), wherever references lead to them. */
function ignoredHeaders({ contract, operation }: Evidence): readonly Parameter[] {
  const owners = [operation.pointer, operation.pointer.slice(0, operation.pointer.lastIndexOf("/"))];
  return owners.flatMap((owner) =>
    [...listOr(valueAt(contract.document, joinPointer(owner, "parameters"))).keys()].flatMap(
      (index): Parameter[] => {
        const { value, pointer } = contract.resolve(joinPointer(owner, "parameters", index));
        const { name, in: place, required, schema, explode } = objectOr(value);
        if (place !== "header" || typeof name !== "string") return [];
        if (!/^(accept|content-type|authorization)$/i.test(name)) return [];
        return [
          {
            name,
            in: "header",
            required: required === true,
            style: "simple",
            explode: explode === true,
            allowReserved: false,
            allowEmptyValue: false,
            pointer,
            ...(schema === undefined ? {} : { schema: joinPointer(pointer, "schema") }),
            examples: [],
            credential: false,
          },
        ];
      },
    ),
  );
}

export function withoutParametersOf(place: Parameter["in"]): (operation: Operation) => Operation {
  return (operation) => ({
    ...operation,
    parameters: operation.parameters.filter((one) => one.in !== place),
  });
}
