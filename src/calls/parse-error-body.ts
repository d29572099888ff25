/** The body of an error answer: parsed when it is JSON, otherwise its text; `undefined` when there is none. */
export function parseErrorBody(text: string | undefined): unknown {
  try {
    return JSON.parse(`${text}`);
  } catch {
    return text || undefined;
  }
}
