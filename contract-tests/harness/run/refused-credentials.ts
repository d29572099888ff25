import type { Contract, Operation } from "../contract/contract.ts";
import { type Alternative, chosenSecurity, isGiven } from "../wire/credentials.ts";
import type { SuccessCount } from "./events.ts";
import type { OperationPlans } from "./operation-plans.ts";

/** Operations of which nothing can be judged, since none of their requests got past the credential. */
export interface RefusedCredential {
  readonly operations: ReadonlySet<string>;
  /** One sentence without its full stop: whose credential, and how to give it. */
  readonly reason: string;
}

/**
 * The credentials that every operation refused that requires them: with 401 or 403, whatever else was right about the
 * request. Then it isn't known what the server does for those who may ask, and what was found is about the credential
 * alone. An operation that doesn't require one, or one of several alternatives, tells nothing of it.
 *
 * @param plans what the caller gave for each operation; undefined of a recording, which doesn't say it
 * @param successOf how the valid requests of an operation fared
 * @param isExpected true for operations of which the caller has said what their refusal means
 */
export function refusedCredentials(
  contract: Contract,
  operations: readonly Operation[],
  plans: OperationPlans | undefined,
  successOf: (operation: string) => SuccessCount | undefined,
  isExpected: (operation: Operation) => boolean,
): readonly RefusedCredential[] {
  const groups = new Map<string, { advice: Advice; operations: Operation[] }>();
  for (const operation of operations) {
    const { headers = [], secrets } = plans?.(operation) ?? {};
    const chosen = chosenSecurity(contract, operation, headers, secrets);
    if (!chosen || operation.security.some((names) => names.length === 0) || isExpected(operation)) continue;
    const missing = plans ? chosen.filter((scheme) => !isGiven(scheme, headers, secrets)) : [];
    const advice = { isMissing: missing.length > 0, schemes: missing.length > 0 ? missing : chosen };
    const key = `${advice.isMissing} ${namesOf(contract, advice.schemes).join(" ")}`;
    const group = groups.get(key) ?? { advice, operations: [] };
    groups.set(key, { ...group, operations: [...group.operations, operation] });
  }
  return [...groups.values()].flatMap(({ advice, operations: own }): RefusedCredential[] => {
    const tried = own.filter(({ id }) => (successOf(id)?.tried ?? 0) > 0);
    const statuses = tried.map(({ id }) => refusalOf(successOf(id)));
    const [status] = statuses;
    if (status === undefined || statuses.includes(undefined)) return [];
    return [
      {
        operations: new Set(tried.map(({ id }) => id)),
        reason: reasonFor(contract, advice, status),
      },
    ];
  });
}

interface Advice {
  readonly isMissing: boolean;
  readonly schemes: Alternative;
}

/** The status by which all requests were refused, the most frequent where there are two; undefined when not all were. */
function refusalOf(success: SuccessCount | undefined): string | undefined {
  const statuses = Object.entries(success?.instead ?? {}).sort(([, a], [, b]) => b - a);
  const isAll =
    success?.succeeded === 0 && statuses.every(([status]) => status === "401" || status === "403");
  return isAll ? statuses[0]?.[0] : undefined;
}

function reasonFor(contract: Contract, { isMissing, schemes }: Advice, status: string): string {
  const names = namesOf(contract, schemes);
  const whose = names.map((name) => `\`${name}\``).join(" and ");
  if (!isMissing)
    return `the credential given for ${whose} was refused by every operation that requires it (${status})`;
  const options = schemes.map(({ kind }, index) => {
    const form = kind === "basic" ? "USER:PASSWORD" : kind === "apiKey" ? "KEY" : "TOKEN";
    return `--auth ${names[index] ?? ""}=${form}`;
  });
  return `no credential was given for ${whose}, and every operation that requires it refused (${status}): pass ${options.join(" ")}`;
}

function namesOf({ securitySchemes }: Contract, schemes: Alternative): readonly string[] {
  return schemes.map((scheme) => [...securitySchemes].find(([, one]) => one === scheme)?.[0] ?? "");
}
