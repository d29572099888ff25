import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../../contract-tests/harness/checks/finding.ts";
import { isObject, listOr, objectOr } from "../../contract-tests/harness/contract/json-object.ts";
import { joinPointer, valueAt } from "../../contract-tests/harness/contract/json-pointer.ts";
import { hasReferenceInExample, isCyclic, isExample } from "./document-facts.ts";
import { editObjects, without } from "./edit-schemas.ts";
import { type Evidence, type Explanation, isLostConnection } from "./evidence.ts";
import { prismLimits } from "./prism-limits.ts";
import { editedContract } from "./re-judge.ts";

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
      /^(response-schema-conformance|write-only-leak)$/.test(finding.check) &&
      prefixes(instance).some((place) => isExample(contract, answered, valueAt(answer, place))),
  },
  {
    name: "listed-value-breaks-schema",
    blame: "document",
    cause:
      "The mock answers with a value that an `enum` of the document lists, and that breaks the `type` beside it.",
    fits: ({ finding, contract, answer, instance }) => {
      const schema = objectOr(valueAt(contract.document, finding.pointer.replace(/\/[^/]*$/, "")));
      const value = valueAt(answer, instance);
      return (
        finding.check === "response-schema-conformance" &&
        value !== undefined &&
        listOr(schema["enum"]).some((listed) => isDeepStrictEqual(listed, value))
      );
    },
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
  ...prismLimits,
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
    fits: ({ finding, contract, answer, instance }) =>
      finding.check === "response-schema-conformance" &&
      isCyclic(contract, finding.pointer) &&
      ["{}", "[]", "null"].includes(JSON.stringify(valueAt(answer, instance))),
  },
  {
    name: "generated-write-only",
    blame: "mock",
    cause: "Prism generates answers with `writeOnly` properties.",
    fits: ({ finding, contract, answered, answer }) =>
      finding.check === "write-only-leak" && !isExample(contract, answered, answer),
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
      "Prism generates `string` for a text and 0 for a number, whatever pattern, format, length, bounds or discriminator they have.",
    fits: (evidence) =>
      evidence.finding.check === "response-schema-conformance" &&
      ["string", 0].some((fixed) => fixed === valueAt(evidence.answer, evidence.instance)) &&
      isValidUnheeded(evidence),
  },
];

/** Words that Prism's generator doesn't look at. */
const unheeded = new Set([
  "pattern",
  "format",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "discriminator",
]);

/** True when the answer, judged without the words that Prism's generator doesn't heed, breaks nothing at that place. */
function isValidUnheeded({ contract, answerSchema, answer, instance }: Evidence): boolean {
  if (answerSchema === undefined) return false;
  const { oracle } = editedContract(contract, "unheeded", (document) =>
    editObjects(document, (object) =>
      isObject(object["properties"]) || isSchema(object) ? without(object, unheeded) : object,
    ),
  );
  return !oracle
    .violations(answerSchema, "response", answer)
    .some((violation) => violation.instance === instance);
}

/** A map of properties may have one called `format`, whose value is a schema. */
function isSchema(object: { readonly [name: string]: unknown }): boolean {
  return [...unheeded].every((word) => !isObject(object[word]));
}

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

/** `/a/b` → `/a/b`, `/a`, ``: a place and all that it lies in. */
function prefixes(pointer: string): string[] {
  const places = [pointer];
  for (let place = pointer; place !== ""; ) {
    place = place.slice(0, place.lastIndexOf("/"));
    places.push(place);
  }
  return places;
}
