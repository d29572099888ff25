import type { Contract, Operation, SecurityScheme } from "../contract/contract.ts";
import { nearestName } from "../http/nearest-name.ts";
import { UserError } from "../http/user-error.ts";
import { Oracle } from "../schema/oracle.ts";
import { chooseOperations } from "./choose-operations.ts";
import { OperationEntries, withHeaders } from "./operation-entry.ts";
import type { PlanOptions } from "./plan-operation.ts";
import { resolveValues } from "./resolve-values.ts";
import { credentialsIn, type RunOptions } from "./run-options.ts";

/** How each operation is planned. */
export type OperationPlans = (operation: Operation) => PlanOptions;

/**
 * The plan of each operation: the run's, with the caller's values and credentials, and what its own entries change.
 *
 * @throws {UserError} when a value or a credential is for nothing that the contract has
 */
export function operationPlans(
  plan: PlanOptions,
  oracle: Oracle,
  entries: OperationEntries,
  options: Pick<RunOptions, "contract" | "values" | "auth" | "tokens">,
): OperationPlans {
  const { contract, values = [], tokens } = options;
  const resolved = resolveValues(contract, oracle, values);
  const given = [...credentialsIn(options), ...(tokens?.standIns ?? [])];
  const secrets = new Map(given.map(([name, secret]) => [schemeNamed(contract, name), secret] as const));
  const plans = new Map<string, PlanOptions>();
  return (operation) => {
    const known = plans.get(operation.id);
    if (known) return known;
    const { headers, maxCases, fuzzRuns } = entries.of(operation);
    const own = resolved.get(operation);
    const changed: PlanOptions = {
      ...plan,
      headers: withHeaders(plan.headers, headers),
      ...(maxCases === undefined ? {} : { maxCases }),
      ...(fuzzRuns === undefined ? {} : { fuzzRuns }),
      ...(own ? { given: own } : {}),
      secrets,
    };
    plans.set(operation.id, changed);
    return changed;
  };
}

/**
 * Sees to it that everything that the caller names is there, before anybody is asked anything.
 *
 * @param fetched schemes whose credential is fetched
 * @throws {UserError} when a filter, a value or a credential is for nothing that the contract has
 */
export function assertChoices(options: RunOptions, fetched: Iterable<string> = []): void {
  const { contract, entries, values = [] } = options;
  chooseOperations(contract, options);
  new OperationEntries(contract, entries);
  for (const name of [...credentialsIn(options).keys(), ...fetched]) schemeNamed(contract, name);
  if (values.some((layer) => layer.length > 0)) resolveValues(contract, new Oracle(contract), values);
}

/** @throws {UserError} when the contract has no such scheme */
export function schemeNamed({ securitySchemes, operations }: Contract, name: string): SecurityScheme {
  const scheme = securitySchemes.get(name);
  const names = [...securitySchemes.keys()];
  const near = nearestName(name, names);
  if (!scheme) {
    const known = names.length === 0 ? "it declares none" : `it declares ${names.join(", ")}`;
    throw new UserError(
      `The contract has no security scheme ${name}: ${near === undefined ? `${known}.` : `did you mean ${near}?`}`,
    );
  }
  if (scheme.kind === "unsupported")
    throw new UserError(
      `The security scheme ${name} isn't supported (${scheme.what}): give its credential with --header.`,
    );
  if (!operations.some(({ security }) => security.some((together) => together.includes(name))))
    throw new UserError(
      `No operation uses the security scheme ${name}: give its credential with --header, or add the security with --overlay.`,
    );
  return scheme;
}
