import type { AnswerForm, Operation as Row } from "../../../src/calls/operation.ts";
import { type Operation, successesOf } from "../operation-model.ts";

/**
 * How the client asks for the documented successes and reads them: `json` names the one success there is, where it is
 * whole JSON, so that the client needn't look for it; `answers` lists them otherwise.
 */
export function answerMembers(
  operation: Pick<Operation, "responses">,
): Pick<Row, "accept" | "json" | "answers"> {
  const answers = successes(operation);
  const accept = [...new Set(Object.values(answers).flatMap(Object.keys))].join(", ") || "*/*";
  const forms = Object.entries(answers).map(([status, own]) => ({ status, own: Object.entries(own) }));
  const [only, otherStatus] = forms;
  const [[mediaType, form] = [], otherType] = only?.own ?? [];
  const json = form === "json" && !otherStatus && !otherType ? `${only?.status} ${mediaType}` : undefined;
  return {
    ...(accept === "application/json" ? {} : { accept }),
    ...(json ? { json } : { answers }),
  };
}

/** Media ranges come last. */
function successes(operation: Pick<Operation, "responses">): Record<string, Record<string, AnswerForm>> {
  return Object.fromEntries(
    successesOf(operation).map(({ status, content }) => [
      status,
      Object.fromEntries(
        [...content]
          .sort((a, b) => breadth(a.mediaType) - breadth(b.mediaType))
          .map(({ mediaType, form }) => [mediaType, form]),
      ),
    ]),
  );
}

function breadth(mediaType: string): number {
  return mediaType.startsWith("*/") ? 2 : mediaType.includes("*") ? 1 : 0;
}
