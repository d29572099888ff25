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

/** The same under the names by which applications import it. */
export function emitProviderNames({ name, environments }: Provider): string {
  const [first] = environments.keys();
  return `// ${notice}
import { type Environment, environments } from "./provider.ts";

/** The provider's addresses, by name. ${first} is the default. */
export const ${name}Environment = environments;
/** One of the provider's addresses. */
export type ${name}Environment = Environment;
`;
}
