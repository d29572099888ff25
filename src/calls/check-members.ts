import { refusal } from "../errors/refusal.ts";

/**
 * A member in the wrong place would be left out of the request without a word.
 *
 * @param members the names that there may be, apart by blanks
 * @throws ApiError with code `invalid_argument`
 */
export function checkMembers(what: string, value: object | undefined, members = ""): void {
  if (value && typeof value !== "object") throw refusal("argument", `The ${what} must be an object.`);
  for (const name in value)
    if (!members.split(" ").includes(name))
      throw refusal("argument", `The ${what} has no member "${name}"; use: ${members}.`);
}
