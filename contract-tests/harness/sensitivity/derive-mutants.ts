import type { Operation } from "../contract/contract.ts";
import type { JsonObject } from "../contract/json-object.ts";
import { answerJudge, documentProvider, requestedOperation } from "../provider/document-provider.ts";
import type { Answer, Handler, ReceivedRequest } from "../provider/handler.ts";
import { operationDocument } from "../provider/operation-document.ts";
import { responseFor } from "../provider/provided-contract.ts";
import type { Mutant } from "./mutant.ts";
import { requestMutants } from "./request-mutants.ts";
import { responseMutants } from "./response-mutants.ts";

/** A conforming provider that remembers its first answer of each operation and status. */
export interface RecordingProvider {
  readonly handler: Handler;
  readonly answersOf: (operation: string) => readonly Answer[];
}

export function recordingProvider(document: JsonObject, next: Handler): RecordingProvider {
  const answers = new Map<string, Map<number, Answer>>();
  return {
    handler: async (request) => {
      const answer = await next(request);
      const operation = requestedOperation(document, request);
      if (!operation) return answer;
      const own = answers.get(operation.id) ?? new Map<number, Answer>();
      answers.set(operation.id, own);
      if (!own.has(answer.status)) own.set(answer.status, answer);
      return answer;
    },
    answersOf: (operation) => [...(answers.get(operation)?.values() ?? [])],
  };
}

export interface DerivedMutants {
  readonly mutants: readonly Mutant[];
  /** Documented answers that are none of those given, so that nothing could be derived from them: `GET /books 404`. */
  readonly notReached: readonly string[];
}

/**
 * Servers of which each breaks one rule of one operation.
 *
 * @param answers what a conforming provider answers to it
 * @param broken the breaches of schemas' rules that others have made already: each is made once; added to
 * @param credentials those that are right
 */
export async function deriveMutants(
  document: JsonObject,
  operation: Operation,
  answers: readonly Answer[],
  broken: Set<string>,
  credentials: ReadonlySet<string>,
): Promise<DerivedMutants> {
  const base = documentProvider(document, { credentials });
  const concerns = (request: ReceivedRequest) => requestedOperation(document, request)?.id === operation.id;
  const part = operationDocument(document, operation);
  const judge = await answerJudge(document, operation);
  const mutants: Mutant[] = [];
  for (const answer of answers) {
    for (const mutant of responseMutants(part, operation, answer, base, concerns, judge)) {
      if (mutant.rule !== undefined && broken.has(mutant.rule)) continue;
      if (mutant.rule !== undefined && mutant.equivalent === undefined) broken.add(mutant.rule);
      mutants.push(mutant);
    }
  }
  const enforcing = (enforced: JsonObject) =>
    documentProvider(document, { enforced, misjudged: operation.id, credentials });
  mutants.push(...requestMutants(part, operation, enforcing));
  const notReached = operation.responses
    .filter((documented) => !answers.some(({ status }) => responseFor(operation, status) === documented))
    .map(({ status }) => `${operation.id} ${status}`);
  return { mutants, notReached };
}
