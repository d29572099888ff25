import { ApiError } from "./api-error.ts";

/** The error for something that the caller gave and that can't be used; nothing was sent. */
export function refusal(what: "argument" | "configuration", message: string): ApiError {
  return new ApiError({ code: `invalid_${what}`, message });
}
