import { BaselineError } from "../baseline/baseline.ts";
import { ContractError } from "../contract/contract-error.ts";
import { HarError } from "../recordings/har-error.ts";
import { ReportError } from "../reports/report.ts";
import { UsageError } from "./usage-error.ts";

/** True for errors whose message is a sentence for the person at the terminal. */
export function isUserError(error: unknown): error is Error {
  return [UsageError, ContractError, HarError, BaselineError, ReportError].some(
    (kind) => error instanceof kind,
  );
}
