import type { Complaint } from "../checks/check.ts";
import { isObject, listOr, objectOr } from "../contract/json-object.ts";
import { joinPointer, valueAt } from "../contract/json-pointer.ts";
import type { Violation } from "../schema/violation.ts";
import { admittedTypes } from "../wire/admitted-types.ts";
import { isCyclic, isExample } from "./document-facts.ts";
import { editObjects, without } from "./edit-schemas.ts";
import { type Evidence, instanceOf, type MockLimit } from "./evidence.ts";
import { editedContract } from "./re-judge.ts";

/** What Prism is known to answer that no document asks for: of bodies that are no example of the document. */
export const answerLimits: readonly MockLimit[] = [
  {
    name: "generated-cycle-is-cut",
    cause:
      "Prism ends the recursion of a schema that contains itself with an empty value that doesn't match the schema.",
    fits: ({ check, complaint, contract, answer, instance }) =>
      check === "response-schema-conformance" &&
      isCyclic(contract, complaint.pointer) &&
      ["{}", "[]", "null"].includes(JSON.stringify(valueAt(answer, instance))),
  },
  {
    name: "generated-write-only",
    cause: "Prism generates responses with `writeOnly` properties.",
    fits: ({ check, contract, answered, answer }) =>
      check === "write-only-leak" && !isExample(contract, answered, answer),
  },
  {
    name: "generated-choice-keeps-no-branch",
    cause: "Prism generates a response that matches no branch of a `oneOf` or `anyOf`.",
    fits: (evidence) => keptBranches(evidence) === 0,
  },
  {
    name: "generated-value-is-fixed",
    cause:
      "Prism generates `string` for a string and 0 for a number, regardless of pattern, format, length, bounds or discriminator.",
    fits: (evidence) =>
      evidence.check === "response-schema-conformance" &&
      ["string", 0].some((fixed) => fixed === valueAt(evidence.answer, evidence.instance)) &&
      isValidUnheeded(evidence),
  },
  {
    name: "generated-choice-outside-enum",
    cause: "Prism generates a value of a `oneOf` or `anyOf` and ignores the `enum` around it.",
    fits: ({ check, complaint, contract, answerSchema, answer, instance }) => {
      if (check !== "response-schema-conformance" || !complaint.pointer.endsWith("/enum")) return false;
      if (answerSchema === undefined) return false;
      const edited = editedContract(contract, "enum around a choice", (document) =>
        editObjects(document, (object) =>
          hasBranches(object) ? without(object, new Set(["enum"])) : object,
        ),
      );
      const violations = edited?.oracle.violations(answerSchema, "response", answer);
      return violations !== undefined && isValidAt(violations, instance);
    },
  },
  {
    name: "no-text-of-objects",
    cause: "Prism can't write an object as text, and returns an error of its own (NO_COMPLEX_OBJECT_TEXT).",
    fits: ({ check, answer }) =>
      (check === "not-a-server-error" || check === "positive-data-acceptance") &&
      objectOr(answer)["type"] === "https://stoplight.io/prism/errors#NO_COMPLEX_OBJECT_TEXT",
  },
  {
    name: "no-writer-of-media-type",
    cause:
      "Prism can write values only as JSON, XML and text, and returns an error of its own for any other media type.",
    fits: ({ check, answer }) =>
      (check === "not-a-server-error" || check === "positive-data-acceptance") &&
      /^Cannot find serializer for /.test(String(objectOr(answer)["title"])) &&
      objectOr(answer)["type"] === "https://stoplight.io/prism/errors#UNKNOWN",
  },
  {
    name: "generated-event-stream",
    cause: "Prism returns a value of its schema in place of an event stream.",
    fits: ({ check, contract, answered, exchange }) =>
      check === "event-stream-conformance" &&
      !isExample(contract, answered, new TextDecoder().decode(exchange.response?.body)),
  },
];

/** What Prism is known to send in headers, whatever its body is. */
export const headerLimits: readonly MockLimit[] = [
  {
    name: "framing-header-made-up",
    cause:
      "Prism makes up values for a documented `Content-Length` or `Transfer-Encoding`, so its response can't be read.",
    fits: ({ check, exchange, operation }) =>
      (check === "response-received" || check === "not-a-server-error") &&
      exchange.failure?.code.startsWith("HPE_") === true &&
      operation.responses.some(({ headers }) =>
        headers.some(({ name }) => /^(content-length|transfer-encoding)$/i.test(name)),
      ),
  },
  {
    name: "header-is-null",
    cause: "Prism sends `null` in a documented header that is neither a string nor a number.",
    fits: ({ check, complaint, oracle }) => {
      if (check !== "response-headers-conformance" || complaint.actual !== "null") return false;
      const types = admittedTypes(oracle, complaint.pointer);
      return types !== undefined && !types.has("string") && !types.has("number");
    },
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
  const unheededContract = editedContract(contract, "unheeded", (document) =>
    editObjects(document, (object) =>
      isObject(object["properties"]) || isSchema(object) ? without(object, unheeded) : object,
    ),
  );
  const violations = unheededContract?.oracle.violations(answerSchema, "response", answer);
  return violations !== undefined && isValidAt(violations, instance);
}

function isValidAt(violations: readonly Violation[], place: string): boolean {
  return violations.every(({ instance }) => instance !== place);
}

/** Also behind `allOf`, which Prism merges. */
function hasBranches(object: { readonly [name: string]: unknown }): boolean {
  return ["allOf", "oneOf", "anyOf"].some((word) => Array.isArray(object[word]));
}

/** A map of properties may have one called `format`, whose value is a schema. */
function isSchema(object: { readonly [name: string]: unknown }): boolean {
  return [...unheeded].every((word) => !isObject(object[word]));
}

/**
 * How many branches the answer keeps of the `oneOf` or `anyOf` that the finding is about, or that was broken around its
 * place in the same answer; undefined when there is none.
 */
export function keptBranches({
  check,
  complaints,
  instance,
  answer,
  contract,
  oracle,
}: Omit<Evidence, "prism">): number | undefined {
  if (check !== "response-schema-conformance") return undefined;
  const choice = choicesOf(complaints).find((other) => instance.startsWith(instanceOf(other)));
  if (choice === undefined) return undefined;
  const told = kept.get(choice);
  if (told !== undefined) return told;
  const value = valueAt(answer, instanceOf(choice));
  const branches = listOr(valueAt(contract.document, choice.pointer)).filter((_, branch) =>
    oracle.accepts(joinPointer(choice.pointer, branch), "response", value),
  ).length;
  kept.set(choice, branches);
  return branches;
}

/** Worked out once: an answer may break thousands of rules within one choice. */
const kept = new WeakMap<Complaint, number>();
const choices = new WeakMap<readonly Complaint[], readonly Complaint[]>();

function choicesOf(complaints: readonly Complaint[]): readonly Complaint[] {
  const told =
    choices.get(complaints) ?? complaints.filter(({ pointer }) => /\/(oneOf|anyOf)$/.test(pointer));
  choices.set(complaints, told);
  return told;
}
