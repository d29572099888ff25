import { providerName } from "../../generated/provider.ts";
import { ApiError } from "./api-error.ts";

/** The deadline passed; its `code` is `timeout`. */
export class ApiTimeoutError extends ApiError {
  override readonly name = `${providerName}TimeoutError`;

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super({ ...options, message, code: "timeout" });
  }
}
