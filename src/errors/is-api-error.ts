import { providerName } from "../../generated/provider.ts";
import type { ApiError } from "./api-error.ts";

/** Like `instanceof ApiError`, but by name: also true for errors of another copy of this package. */
export function isApiError(value: unknown): value is ApiError {
  return (
    value instanceof Error &&
    "code" in value &&
    [`${providerName}Error`, `${providerName}TimeoutError`, "UnprocessableEntityError"].includes(value.name)
  );
}
