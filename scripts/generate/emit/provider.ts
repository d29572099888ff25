import type { Provider } from "../provider.ts";
import { notice } from "./notice.ts";

/** What the client needs to know of the provider, under names that are the same for every provider. */
export function emitProvider({ name, keyVariable, environments, secretPrefixes }: Provider): string {
  const members = [...environments]
    .map(([key, address]) => `  ${key}: ${JSON.stringify(address)},\n`)
    .join("");
  const prefixes = secretPrefixes.map((prefix) => JSON.stringify(prefix)).join(", ");
  return `// ${notice}

/** The provider's name. */
export const providerName = ${JSON.stringify(name)};

/** The provider's addresses by name; the first is the default. */
export const environments = {
${members}} as const;
/** One of the provider's addresses. */
export type Environment = (typeof environments)[keyof typeof environments];

/** The environment variable that holds the API key when an application gives none. */
export const keyVariable = ${JSON.stringify(keyVariable)};

/** What the provider's keys and tokens begin with. */
export const secretPrefixes = [${prefixes}] as const;
`;
}

/**
 * The client under the names by which applications import it: names can't be computed in a module, so that this one, alone
 * in generated/, imports from src/. Its own names win over those of the contract's components.
 */
export function emitProviderNames({ name, environments }: Provider): string {
  const [first] = environments.keys();
  return `// ${notice}
import { type Environment, environments } from "./provider.ts";

export { ApiClient as ${name}Client } from "../src/api-client.ts";
export { ApiError as ${name}Error } from "../src/errors/api-error.ts";
export { ApiTimeoutError as ${name}TimeoutError } from "../src/errors/api-timeout-error.ts";
export type { ApiErrorCode as ${name}ErrorCode } from "../src/errors/error-code.ts";
export { isApiError as is${name}Error } from "../src/errors/is-api-error.ts";
export * as ${name} from "../src/namespace.ts";
export * from "./enums.ts";
export type * from "./models.ts";

/** The provider's addresses, by name. ${first} is the default. */
export const ${name}Environment = environments;
/** One of the provider's addresses. */
export type ${name}Environment = Environment;
`;
}
