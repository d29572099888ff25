import { isDeepStrictEqual } from "node:util";
import { type JsonObject, listOr, objectOr } from "../../contract-tests/harness/contract/json-object.ts";
import { valueAt } from "../../contract-tests/harness/contract/json-pointer.ts";
import { keptBranches } from "../../contract-tests/harness/targets/answer-limits.ts";
import {
  examplesIn,
  hasReferenceInExample,
  isExample,
} from "../../contract-tests/harness/targets/document-facts.ts";
import { editObjects } from "../../contract-tests/harness/targets/edit-schemas.ts";
import { type Evidence, isLostConnection } from "../../contract-tests/harness/targets/evidence.ts";
import { editedContract, provesAnswer } from "../../contract-tests/harness/targets/re-judge.ts";

/** Something that is wrong with a document, with the proof that a finding has its cause there. */
export interface DocumentFault {
  readonly name: string;
  /** One sentence. */
  readonly cause: string;
  readonly fits: (evidence: Omit<Evidence, "prism">) => boolean;
}

/** What is wrong with a document, by which its mock is blamed. In order: the first that fits explains a finding. */
export const documentFaults: readonly DocumentFault[] = [
  {
    name: "no-documented-success",
    cause: "The operation documents no success, so the mock can only return an error or nothing at all.",
    fits: ({ check, exchange, operation }) =>
      (check === "positive-data-acceptance" || check === "not-a-server-error") &&
      exchange.response !== undefined &&
      !operation.responses.some(({ status }) => /^([123]|default)/.test(status)),
  },
  {
    name: "informational-answer",
    cause:
      "The operation documents a 1xx status as its final answer, which HTTP doesn't allow; Prism throws when it has to send it.",
    fits: ({ check, exchange, operation }) =>
      isLostConnection({ check, exchange }) &&
      operation.responses.every(({ status }) => status.startsWith("1")),
  },
  {
    name: "example-breaks-schema",
    cause:
      "The mock returns an example (or default) of the document that doesn't match the schema beside it.",
    fits: ({ check, contract, ...facts }) =>
      /^(response-schema-conformance|write-only-leak)$/.test(check) &&
      examplesIn(contract, facts)(facts.instance),
  },
  {
    name: "listed-value-breaks-schema",
    cause:
      "The mock returns a value that an `enum` of the document lists, but the `type` beside it excludes.",
    fits: ({ check, complaint, contract, answer, instance }) => {
      const schema = objectOr(valueAt(contract.document, complaint.pointer.replace(/\/[^/]*$/, "")));
      const value = valueAt(answer, instance);
      return (
        check === "response-schema-conformance" &&
        value !== undefined &&
        listOr(schema["enum"]).some((listed) => isDeepStrictEqual(listed, value))
      );
    },
  },
  {
    name: "example-is-no-event-stream",
    cause: "The mock returns an example of the document that isn't an event stream, despite its media type.",
    fits: ({ check, exchange, contract, answered }) =>
      check === "event-stream-conformance" &&
      isExample(contract, answered, new TextDecoder().decode(exchange.response?.body)),
  },
  {
    name: "reference-in-example",
    cause:
      "An example of the document contains a `$ref` as data: Prism inserts its target, which doesn't match the schema.",
    fits: ({ check, contract, answered }) =>
      check === "response-schema-conformance" && hasReferenceInExample(contract, answered),
  },
  {
    name: "nullable-in-3.1",
    cause: "The document says `nullable`, which isn't a keyword in OpenAPI 3.1; Prism reads it as in 3.0.",
    fits: (evidence) => {
      const edited = editedContract(evidence.contract, "nullable", (document) =>
        editObjects(document, nullable),
      );
      return edited !== undefined && provesAnswer(evidence, edited);
    },
  },
  {
    name: "branches-overlap",
    cause: "The response matches several branches of a `oneOf`, because the document's branches overlap.",
    fits: (evidence) => (keptBranches(evidence) ?? 0) > 1,
  },
];

/** As OpenAPI 3.0 reads it. */
function nullable(object: JsonObject): JsonObject {
  if (object["nullable"] !== true || object["type"] === undefined) return object;
  const listed = Array.isArray(object["enum"]) ? { enum: [...object["enum"], null] } : {};
  return { ...object, ...listed, type: [object["type"], "null"].flat() };
}
