import { type Sides, sides } from "../between/change.ts";
import type { Contract } from "../contract/contract.ts";
import { UserError } from "../http/user-error.ts";
import { OperationEntries } from "../run/operation-entry.ts";
import { schemeNamed } from "../run/operation-plans.ts";
import { resolveValues } from "../run/resolve-values.ts";
import { credentialsIn, type RunOptions } from "../run/run-options.ts";
import { Oracle } from "../schema/oracle.ts";

type Settings = Omit<RunOptions, "contract" | "target" | "headers">;

/**
 * The settings for runs by either of two documents: what one of them alone knows (a parameter, a scheme, an operation) is
 * left out of the other's.
 *
 * @param fetched schemes whose credential is fetched
 * @throws {UserError} when something is for nothing that either has
 */
export function settingsForSides(
  contracts: Sides<Contract>,
  { values = [], auth = new Map(), entries = [], ...settings }: Settings,
  fetched: Iterable<string> = [],
): Sides<Settings> {
  for (const name of fetched) knownIn(contracts, (contract) => schemeNamed(contract, name));
  const oracles = { base: new Oracle(contracts.base), revision: new Oracle(contracts.revision) };
  const ofValues = values.map((layer) =>
    layer.map((one) => ({
      one,
      known: knownIn(contracts, (contract, side) => resolveValues(contract, oracles[side], [[one]])),
    })),
  );
  const ofAuth = [...credentialsIn({ auth })].map(([name, secret]) => ({
    pair: [name, secret] as const,
    known: knownIn(contracts, (contract) => schemeNamed(contract, name)),
  }));
  const ofEntries = entries.map((one) => ({
    one,
    known: knownIn(contracts, (contract) => new OperationEntries(contract, [one])),
  }));
  const forSide = (side: keyof Sides<Contract>): Settings => ({
    ...settings,
    values: ofValues.map((layer) => layer.flatMap(({ one, known }) => (known[side] ? [one] : []))),
    auth: new Map(ofAuth.flatMap(({ pair, known }) => (known[side] ? [pair] : []))),
    entries: ofEntries.flatMap(({ one, known }) => (known[side] ? [one] : [])),
  });
  return { base: forSide("base"), revision: forSide("revision") };
}

/** Which documents know what `use` asks for; @throws {UserError} that of the revision, when none does. */
function knownIn(
  contracts: Sides<Contract>,
  use: (contract: Contract, side: keyof Sides<Contract>) => unknown,
): Sides<boolean> {
  const known = { base: true, revision: true };
  let problem: UserError | undefined;
  for (const side of sides) {
    try {
      use(contracts[side], side);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      known[side] = false;
      problem = error;
    }
  }
  if (problem && !known.base && !known.revision) throw problem;
  return known;
}
