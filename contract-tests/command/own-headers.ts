import type { Contract } from "../contract/contract.ts";
import type { HeaderLine } from "../engine/model.ts";

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
