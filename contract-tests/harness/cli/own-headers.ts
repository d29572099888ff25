import { validateHeaderValue } from "node:http";
import type { Contract } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";
import type { EnvironmentHeader } from "./command-extension.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The caller's headers: those of `--header`, and those of the environment if the contract documents the header (so a
 * key isn't sent to an unrelated server).
 *
 * @throws {UsageError} when a value can't be sent
 */
export function ownHeaders(
  given: readonly HeaderLine[],
  contract: Contract,
  variables: readonly EnvironmentHeader[],
  env: Readonly<Record<string, string | undefined>>,
): readonly HeaderLine[] {
  const own = [...given];
  for (const { variable, header } of variables) {
    const value = env[variable]?.trim();
    if (!value || own.some(([name]) => name.toLowerCase() === header)) continue;
    if (knowsHeader(contract, header)) own.push([header, value]);
  }
  for (const [name, value] of own) assertSendable(name, value);
  return own;
}

/** `header` in lower case. */
function knowsHeader({ operations, securitySchemes }: Contract, header: string): boolean {
  return (
    operations.some(({ parameters }) =>
      parameters.some((p) => p.in === "header" && p.name.toLowerCase() === header),
    ) ||
    [...securitySchemes.values()].some(
      (scheme) => scheme.kind === "apiKey" && scheme.in === "header" && scheme.name.toLowerCase() === header,
    )
  );
}

/** Reported without the value, which may be a credential. */
function assertSendable(name: string, value: string): void {
  try {
    validateHeaderValue(name, value);
  } catch {
    throw new UsageError(
      `The value of the header ${name} can't be sent: it contains characters that HTTP headers don't allow (outside Latin-1, or control characters).`,
    );
  }
}
