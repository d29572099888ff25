import { checks } from "../checks/registry.ts";
import type { Contract } from "../contract/contract.ts";
import type { OperationEntry } from "../run/operation-entry.ts";
import type { GivenValue } from "../run/resolve-values.ts";
import { type RunOptions, runOptionKinds } from "../run/run-options.ts";
import { type CommandArguments, settingsFrom } from "./parse-arguments.ts";
import type { GivenSettings } from "./settings.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The settings as the run takes them; headers and tokens come from elsewhere.
 *
 * @throws {UsageError} when no check is left
 */
export function runSettings(given: CommandArguments): Omit<RunOptions, "contract" | "target" | "headers"> {
  const { onlyChecks, skippedChecks, acceptedStatuses, auth, headers: _, ...settings } = given.settings;
  const isOfRun = (name: string) => name in runOptionKinds && name !== "target";
  // What is left has the types of the settings that it was.
  const ofRun = Object.fromEntries(Object.entries(settings).filter(([name]) => isOfRun(name))) as Omit<
    typeof settings,
    "target"
  >;
  return {
    ...ofRun,
    ...(onlyChecks || skippedChecks ? { checks: chosenChecks(onlyChecks, skippedChecks) } : {}),
    ...(acceptedStatuses ? { acceptedStatuses: new Map(acceptedStatuses) } : {}),
    ...(auth ? { auth: new Map(auth) } : {}),
    values: valuesOf(given),
    entries: entriesOf(given),
  };
}

function chosenChecks(only: readonly string[] | undefined, skipped: readonly string[] | undefined) {
  const chosen = checks.filter(({ id }) => (only?.includes(id) ?? true) && !skipped?.includes(id));
  if (chosen.length === 0) throw new UsageError("--check and --skip-check leave no checks to run.");
  return chosen;
}

/** Those of the configuration file, of its entries, and, with the highest priority, of the command line. */
function valuesOf({ own, config }: CommandArguments): readonly (readonly GivenValue[])[] {
  const ofEntries = (config?.operations ?? []).flatMap(({ match, written, texts }) =>
    valuesIn(settingsFrom(texts, written), `${written}: param`, match),
  );
  return [
    config ? valuesIn(config.settings, `${config.file}: param`) : [],
    ofEntries,
    valuesIn(own, "--param"),
  ];
}

function valuesIn(
  { params = [] }: GivenSettings,
  written: string,
  match?: readonly string[],
): readonly GivenValue[] {
  return params.map(([name, value]) => ({
    name,
    value,
    written: `${written} ${name}`,
    ...(match ? { match } : {}),
  }));
}

function entriesOf({ config }: CommandArguments): readonly OperationEntry[] {
  return (config?.operations ?? []).map(({ match, written, texts }): OperationEntry => {
    const { params: _, acceptedStatuses, ...settings } = settingsFrom(texts, written);
    return {
      ...settings,
      match,
      written,
      ...(acceptedStatuses ? { acceptedStatuses: new Map(acceptedStatuses) } : {}),
    };
  });
}

/** Every credential among the settings, for redaction. */
export function secretsIn(
  { settings, own, config }: CommandArguments,
  contract: Contract,
): readonly string[] {
  const names = new Set(
    contract.operations.flatMap(({ parameters }) =>
      parameters.filter(({ credential }) => credential).map(({ name }) => name.toLowerCase()),
    ),
  );
  const entries = (config?.operations ?? []).map(({ texts, written }) => settingsFrom(texts, written));
  const params = [own, ...(config ? [config.settings] : []), ...entries].flatMap(
    (given) => given.params ?? [],
  );
  return [
    ...(settings.auth ?? []).flatMap(([, value]) => [value, value.slice(value.indexOf(":") + 1)]),
    ...params
      .filter(([name]) => names.has((name.split(".").at(-1) ?? "").toLowerCase()))
      .map(([, value]) => value),
  ].filter((value) => value !== "");
}
