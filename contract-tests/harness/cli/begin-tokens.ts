import type { Contract } from "../contract/contract.ts";
import type { Redactor } from "../redaction/redact.ts";
import { FreshTokens } from "../run/fresh-tokens.ts";
import type { Target } from "../run/target.ts";
import type { CommandArguments } from "./parse-arguments.ts";

/**
 * The credentials that the configuration file has fetched, each once; undefined if there are none.
 *
 * @throws {UserError} if one can't be obtained: reported before anything is judged
 */
export async function beginTokens(
  config: Pick<NonNullable<CommandArguments["config"]>, "tokens" | "file"> | undefined,
  contract: Contract,
  target: Target,
  redactor: Pick<Redactor, "learn">,
  signal: AbortSignal | undefined,
): Promise<FreshTokens | undefined> {
  if (!config || config.tokens.size === 0) return undefined;
  const { secretsOfTokens, tokenSupplies } = await import("./token-supplies.ts");
  for (const secret of secretsOfTokens(config.tokens)) redactor.learn(secret);
  const tokens = new FreshTokens(tokenSupplies(config, contract, target), redactor.learn);
  await tokens.begin(signal);
  return tokens;
}
