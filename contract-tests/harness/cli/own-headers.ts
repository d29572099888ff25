import { validateHeaderValue } from "node:http";
import type { Contract } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";
import { UsageError } from "./usage-error.ts";

const keyHeader = "xi-api-key";

/**
 * The caller's headers: those of `--header`, and ELEVENLABS_API_KEY as `xi-api-key` where the contract knows that header
 * (so that the key goes to no server that has nothing to do with it).
 */
export function ownHeaders(
  given: readonly HeaderLine[],
  contract: Contract,
  env: Readonly<Record<string, string | undefined>>,
): readonly HeaderLine[] {
  const own = withKey(given, contract, env);
  for (const [name, value] of own) assertSendable(name, value);
  return own;
}

function withKey(
  given: readonly HeaderLine[],
  contract: Contract,
  env: Readonly<Record<string, string | undefined>>,
): readonly HeaderLine[] {
  const key = env["ELEVENLABS_API_KEY"]?.trim();
  if (!key || given.some(([name]) => name.toLowerCase() === keyHeader)) return given;
  const asParameter = contract.operations.some(({ parameters }) =>
    parameters.some((p) => p.in === "header" && p.name.toLowerCase() === keyHeader),
  );
  const asScheme = [...contract.securitySchemes.values()].some(
    (scheme) => scheme.kind === "apiKey" && scheme.in === "header" && scheme.name.toLowerCase() === keyHeader,
  );
  return asParameter || asScheme ? [...given, [keyHeader, key]] : given;
}

/** Told without the value, which may be a credential. */
function assertSendable(name: string, value: string): void {
  try {
    validateHeaderValue(name, value);
  } catch {
    throw new UsageError(
      `The value of the header ${name} can't be sent: it holds characters that no HTTP header takes (beyond Latin-1, or control characters).`,
    );
  }
}
