import { refusal } from "../errors/refusal.ts";

/**
 * Refuses a member in the wrong place, which would otherwise be left out of the request silently.
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
