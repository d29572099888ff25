import type { AnswerForm, Answers } from "./operation.ts";

/** What a success is read as. */
export interface ExpectedAnswer {
  /** `undefined` where no body is documented. */
  readonly form: AnswerForm | undefined;
  /** The documented status and media type, as the validators are listed: `200 application/json`. */
  readonly key: string;
}

/**
 * What the contract says of a success: by its status, else by its class (`2XX`), else by the first documented one; among
 * several media types by what came, else by the first.
 */
export function expectedAnswer(answers: Answers, status: number, contentType: string | null): ExpectedAnswer {
  const documented =
    [`${status}`, "2XX", "default"].find((name) => answers[name]) ?? Object.keys(answers)[0] ?? "";
  const forms = answers[documented] ?? {};
  const types = Object.keys(forms);
  const came = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  const type = types.find((name) => isOf(came, name.split(";", 1)[0])) ?? types[0] ?? "";
  return { form: forms[type], key: `${documented} ${type}` };
}

/** Whether a media type is another one, or in its range (RFC 9110 §12.5.1). */
function isOf(came = "", documented = ""): boolean {
  const [prefix, rest] = documented.toLowerCase().split("*");
  return rest === undefined ? came === prefix : came.startsWith(`${prefix}`);
}
