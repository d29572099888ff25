import type { AnswerForm, Answers } from "./operation.ts";

/** What a success is read as. */
export interface ExpectedAnswer {
  /** `undefined` where no body is documented. */
  readonly form: AnswerForm | undefined;
  /** The documented status and media type, as the validators are listed: `200 application/json`. */
  readonly key: string;
}

/** What the contract says of every success, where it documents only one; `undefined` where there is a choice. */
export function onlyAnswer(answers: Answers): ExpectedAnswer | undefined {
  const [only, other] = Object.entries(answers).flatMap(([status, forms]) =>
    Object.entries(forms).map(([type, form]) => ({ form, key: `${status} ${type}` })),
  );
  return other ? undefined : only;
}
