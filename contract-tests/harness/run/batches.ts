import type { Case } from "../cases/case.ts";
import { isSafe } from "../http/loopback.ts";

/**
 * Cases that may be under way together, in their order: up to `most` neighbours that change nothing. One that may change
 * something is alone, so that what it finds and what it leaves doesn't hang on who is quicker.
 */
export function batches(cases: readonly Case[], most: number): readonly (readonly Case[])[] {
  const all: Case[][] = [];
  let open: Case[] | undefined;
  for (const testCase of cases) {
    const isSafeCase = isSafe(testCase.request.method);
    if (isSafeCase && open && open.length < most) open.push(testCase);
    else {
      const batch = [testCase];
      all.push(batch);
      open = isSafeCase ? batch : undefined;
    }
  }
  return all;
}
