import type { Finding } from "../../contract-tests/harness/checks/finding.ts";
import type { Contract, Operation } from "../../contract-tests/harness/contract/contract.ts";
import { isObject, listOr, objectOr } from "../../contract-tests/harness/contract/json-object.ts";
import { joinPointer, valueAt } from "../../contract-tests/harness/contract/json-pointer.ts";
import type { Oracle } from "../../contract-tests/harness/schema/oracle.ts";
import { hasReferenceInExample, isCyclic, isExample } from "./document-facts.ts";
import type { PrismReading } from "./prism-reading.ts";

/** Whose fault a finding is. */
export type Blame = "harness" | "mock" | "document";

export interface Evidence {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly finding: Finding;
  /** Every finding of the document. */
  readonly all: readonly Finding[];
  readonly oracle: Oracle;
  readonly prism: PrismReading;
  /** JSON pointer of the documented response that covers the answer, or of all of them. */
  readonly answered: string;
  /** The answer's body as JSON; undefined when there is none. */
  readonly answer: unknown;
  /** JSON pointer into `answer`: the place that breaks the schema. */
  readonly instance: string;
}

/** A named cause of findings, with a test that a finding has it. */
export interface Explanation {
  readonly name: string;
  readonly blame: Blame;
  /** One sentence. */
  readonly cause: string;
  readonly fits: (evidence: Evidence) => boolean;
}

/** In order: the first that fits explains a finding. */
export const explanations: readonly Explanation[] = [
  {
    name: "no-documented-success",
    blame: "document",
    cause:
      "The operation documents no success, so the mock can only answer with an error or with none at all.",
    fits: ({ finding, operation }) =>
      (finding.check === "positive-data-acceptance" || finding.check === "not-a-server-error") &&
      finding.exchange.response !== undefined &&
      !operation.responses.some(({ status }) => /^([123]|default)/.test(status)),
  },
  {
    name: "informational-answer",
    blame: "document",
    cause:
      "The operation documents a 1xx status as its final answer, which HTTP doesn't allow; Prism throws when it has to send it.",
    fits: ({ finding, operation }) =>
      isLostConnection(finding) && operation.responses.every(({ status }) => status.startsWith("1")),
  },
  {
    name: "example-breaks-schema",
    blame: "document",
    cause:
      "The mock answers with an example (or default) of the document, and that breaks the schema beside it.",
    fits: ({ finding, contract, answered, answer, instance }) =>
      finding.check === "response-schema-conformance" &&
      prefixes(instance).some((place) => isExample(contract, answered, valueAt(answer, place))),
  },
  {
    name: "example-is-no-event-stream",
    blame: "document",
    cause:
      "The mock answers with an example of the document, and that is no event stream as its media type says.",
    fits: ({ finding, contract, answered }) =>
      finding.check === "event-stream-conformance" &&
      isExample(contract, answered, new TextDecoder().decode(finding.exchange.response?.body)),
  },
  {
    name: "reference-in-example",
    blame: "document",
    cause:
      "An example of the document holds a `$ref`, where it is data: Prism puts in what it leads to, and that breaks the schema.",
    fits: ({ finding, contract, answered }) =>
      finding.check === "response-schema-conformance" && hasReferenceInExample(contract, answered),
  },
  {
    name: "uncompiled-schema-accepts-all",
    blame: "mock",
    cause:
      "Prism's translation of a schema doesn't compile, and Prism then accepts every value of that body or of all parameters of that place.",
    fits: ({ finding, operation, prism }) => {
      const place = finding.exchange.case.deviation?.in;
      return (
        isAccepted(finding) &&
        (place === "body" || place === "query" || place === "header" || place === "path") &&
        prism.uncompiled(operation.method, operation.path, place) !== undefined
      );
    },
  },
  {
    name: "null-body-accepted",
    blame: "mock",
    cause: "Prism takes a JSON body of `null` for no body, and validates nothing.",
    fits: ({ finding }) => isAccepted(finding) && bodyText(finding) === "null",
  },
  {
    name: "cookies-not-validated",
    blame: "mock",
    cause: "Prism validates no cookie parameters.",
    fits: ({ finding }) => isAccepted(finding) && finding.exchange.case.deviation?.in === "cookie",
  },
  {
    name: "empty-parameter-accepted",
    blame: "mock",
    cause: "Prism takes an empty query parameter for an absent one, and doesn't validate it.",
    fits: ({ finding }) => {
      const { deviation, request } = finding.exchange.case;
      const query = new URLSearchParams(request.path.split("?")[1] ?? "");
      return isAccepted(finding) && deviation?.in === "query" && query.get(deviation.name ?? "") === "";
    },
  },
  {
    name: "prism-throws",
    blame: "mock",
    cause:
      "Prism throws while it takes an array or object parameter apart (one that isn't sent, or that its style doesn't expect), and ends the connection.",
    fits: ({ finding, operation, oracle }) =>
      isLostConnection(finding) &&
      operation.parameters.some(
        ({ schema }) =>
          schema !== undefined &&
          /^(array|object)$/.test(String(objectOr(oracle.follow(schema).schema)["type"])),
      ),
  },
  {
    name: "ignored-header-validated",
    blame: "mock",
    cause:
      "Prism validates a header parameter named `Accept`, `Content-Type` or `Authorization`, which OpenAPI tells to ignore.",
    fits: ({ finding, contract, operation }) =>
      finding.check === "positive-data-acceptance" &&
      listOr(valueAt(contract.document, joinPointer(operation.pointer, "parameters"))).some(
        (parameter) =>
          isObject(parameter) &&
          parameter["in"] === "header" &&
          /^(accept|content-type|authorization)$/i.test(String(parameter["name"])),
      ),
  },
  {
    name: "object-text-not-validated",
    blame: "mock",
    cause: "Prism takes any text for an object where the object's properties stand in one text.",
    fits: ({ finding, operation }) => {
      const { deviation } = finding.exchange.case;
      const parameter = operation.parameters.find(({ name }) => name === deviation?.name);
      return (
        isAccepted(finding) &&
        deviation?.keyword === "type" &&
        (parameter?.style === "label" || (parameter?.style === "form" && !parameter.explode))
      );
    },
  },
  {
    name: "only-last-of-repeated-validated",
    blame: "mock",
    cause: "Prism validates only the last of a query parameter that is sent several times.",
    fits: ({ finding }) => {
      const { deviation, request } = finding.exchange.case;
      const query = new URLSearchParams(request.path.split("?")[1] ?? "");
      return (
        isAccepted(finding) &&
        deviation?.in === "query" &&
        [...query.keys()].some((name) => query.getAll(name).length > 1)
      );
    },
  },
  {
    name: "form-extras-dropped",
    blame: "mock",
    cause: "Prism drops the undocumented parts of a form before it validates the form.",
    fits: ({ finding }) =>
      isAccepted(finding) &&
      finding.exchange.case.deviation?.keyword === "additionalProperties" &&
      /^(multipart\/|application\/x-www-form)/.test(headerOf(finding, "content-type")),
  },
  {
    name: "nullable-in-3.1",
    blame: "document",
    cause: "The document says `nullable`, which is no keyword in OpenAPI 3.1; Prism reads it as 3.0 does.",
    fits: ({ finding, contract }) =>
      isAccepted(finding) &&
      contract.version === "3.1" &&
      finding.pointer.endsWith("/type") &&
      valueAt(contract.document, finding.pointer.replace(/type$/, "nullable")) === true,
  },
  {
    name: "unevaluated-unknown",
    blame: "mock",
    cause: "Prism compiles schemas as an older draft, which doesn't know `unevaluatedProperties`.",
    fits: ({ finding }) => isAccepted(finding) && finding.pointer.endsWith("/unevaluatedProperties"),
  },
  {
    name: "multipart-array-of-one-refused",
    blame: "mock",
    cause: "Prism takes the parts of a multipart body for single texts: an array of parts is refused.",
    fits: ({ finding }) =>
      finding.check === "positive-data-acceptance" &&
      finding.actual === "422" &&
      headerOf(finding, "content-type").startsWith("multipart/") &&
      /must be array/.test(answerText(finding)),
  },
  {
    name: "multipart-style-applied",
    blame: "mock",
    cause:
      "Prism reads the parts of a multipart body by the `style` of their encoding, which OpenAPI 3.0 keeps to `application/x-www-form-urlencoded`.",
    fits: ({ finding, contract, operation }) =>
      contract.version === "3.0" &&
      (/^(positive-data-acceptance|negative-data-rejection)$/.test(finding.check) ||
        isLostConnection(finding)) &&
      headerOf(finding, "content-type").startsWith("multipart/") &&
      (operation.requestBody?.contents ?? []).some(({ pointer }) =>
        Object.values(objectOr(valueAt(contract.document, joinPointer(pointer, "encoding")))).some(
          (encoding) => objectOr(encoding)["style"] !== undefined,
        ),
      ),
  },
  {
    name: "branches-overlap",
    blame: "document",
    cause: "The answer keeps several branches of a `oneOf`, because the document's branches overlap.",
    fits: (evidence) => (keptBranches(evidence) ?? 0) > 1,
  },
  {
    name: "generated-cycle-is-cut",
    blame: "mock",
    cause:
      "Prism generates an answer of a schema that contains itself, and ends the recursion with an empty value that breaks the schema.",
    fits: ({ finding, contract }) =>
      finding.check === "response-schema-conformance" && isCyclic(contract, finding.pointer),
  },
  {
    name: "generated-write-only",
    blame: "mock",
    cause: "Prism generates answers with `writeOnly` properties.",
    fits: ({ finding }) => finding.check === "write-only-leak",
  },
  {
    name: "generated-choice-keeps-no-branch",
    blame: "mock",
    cause: "Prism generates an answer that keeps no branch of a `oneOf` or `anyOf`.",
    fits: (evidence) => keptBranches(evidence) === 0,
  },
  {
    name: "generated-value-is-fixed",
    blame: "mock",
    cause:
      "Prism generates `string` for a text and 0 for a number, whatever pattern, format, length or bounds they have.",
    fits: ({ finding, answer, instance }) =>
      finding.check === "response-schema-conformance" &&
      /\/(pattern|format|minLength|maxLength|minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf)$/.test(
        finding.pointer,
      ) &&
      ["string", 0].some((fixed) => fixed === valueAt(answer, instance)),
  },
];

/**
 * How many branches the answer keeps of the `oneOf` or `anyOf` that the finding is about, or that was broken around its
 * place in the same answer; undefined when there is none.
 */
function keptBranches({ finding, all, instance, answer, contract, oracle }: Evidence): number | undefined {
  if (finding.check !== "response-schema-conformance") return undefined;
  const choice = all.find(
    (other) =>
      other.caseId === finding.caseId &&
      other.check === finding.check &&
      /\/(oneOf|anyOf)$/.test(other.pointer) &&
      instance.startsWith(instanceOf(other)),
  );
  if (choice === undefined) return undefined;
  const value = valueAt(answer, instanceOf(choice));
  return listOr(valueAt(contract.document, choice.pointer)).filter((_, branch) =>
    oracle.accepts(joinPointer(choice.pointer, branch), "response", value),
  ).length;
}

/** The place in the answer that breaks the schema: Ajv's messages begin with it, unless it is the whole. */
export function instanceOf(finding: Finding): string {
  return /^(\/.*?) must /.exec(finding.expected)?.[1] ?? "";
}

function isAccepted(finding: Finding): boolean {
  const { status = 0 } = finding.exchange.response ?? {};
  return finding.check === "negative-data-rejection" && status >= 200 && status < 400;
}

function isLostConnection(finding: Finding): boolean {
  return (
    (finding.check === "response-received" || finding.check === "not-a-server-error") &&
    finding.exchange.failure?.code === "ECONNRESET"
  );
}

function bodyText(finding: Finding): string {
  return new TextDecoder().decode(finding.exchange.case.request.body);
}

function answerText(finding: Finding): string {
  return new TextDecoder().decode(finding.exchange.response?.body);
}

function headerOf(finding: Finding, name: string): string {
  return finding.exchange.case.request.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
}

/** `/a/b` → `/a/b`, `/a`, ``: a place and all that it lies in. */
function prefixes(pointer: string): string[] {
  const places = [pointer];
  for (let place = pointer; place !== ""; ) {
    place = place.slice(0, place.lastIndexOf("/"));
    places.push(place);
  }
  return places;
}
