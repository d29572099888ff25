import type { Contract, Server } from "../contract/contract.ts";
import { nearestName } from "../http/nearest-name.ts";
import type { GivenSettings } from "./settings.ts";
import { UsageError } from "./usage-error.ts";

/** One of several servers to judge. */
export interface ServerTarget {
  readonly url: string;
  /** Made from the values of its variables (`eu`); used in the names of its reports. */
  readonly name: string;
}

const variable = /\{([^{}]+)\}/g;

/**
 * The servers that an address with `{variables}` means: that of `--target`, or else the first of the document's servers with
 * the variables of `--server-variable`. A variable without a value gets the document's default. Empty if there is
 * nothing to fill in.
 *
 * @throws {UsageError} if a variable or value isn't the document's, or no value is known
 */
export function serverTargets(
  { operations }: Pick<Contract, "operations">,
  { target, serverVariables = [] }: GivenSettings,
): readonly ServerTarget[] {
  const servers = operations.flatMap((operation) => operation.servers);
  const template = target ?? documentedTemplate(servers, serverVariables);
  const names = [...(template ?? "").matchAll(variable)].map(([, name]) => name ?? "");
  for (const [name] of serverVariables) if (!names.includes(name)) throw unknown(name, names, template);
  if (template === undefined || names.length === 0) return [];
  let all: readonly (readonly [url: string, given: readonly string[]])[] = [[template, []]];
  for (const name of new Set(names)) {
    const given = serverVariables.filter(([own]) => own === name).map(([, value]) => value);
    const values = checked(servers, name, given);
    all = all.flatMap(([url, before]) =>
      values.map(
        (value) =>
          [url.replaceAll(`{${name}}`, value), given.length > 0 ? [...before, value] : before] as const,
      ),
    );
  }
  return all.map(([url, given]) => {
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))
      return { url, name: given.join("-").replace(/[^\w.-]+/g, "_") };
    throw new UsageError(
      `${url} isn't an absolute URL: give a full --target, such as http://127.0.0.1:4010.`,
    );
  });
}

function documentedTemplate(
  servers: readonly Server[],
  given: NonNullable<GivenSettings["serverVariables"]>,
): string | undefined {
  if (given.length === 0) return undefined; // a mock of the document is judged
  const [first] = servers.filter(({ variables }) => given.every(([name]) => variables.has(name)));
  return (first ?? servers.find(({ variables }) => variables.size > 0))?.url ?? "";
}

/** The caller's values, or else the document's own. */
function checked(servers: readonly Server[], name: string, given: readonly string[]): readonly string[] {
  const documented = servers.flatMap(({ variables }) => variables.get(name) ?? []);
  const listed = documented.flatMap(({ values }) => values ?? []);
  for (const value of given) {
    if (listed.length === 0 || listed.includes(value)) continue;
    const near = nearestName(value, listed);
    throw new UsageError(
      `The document's servers don't list ${name} ${value}: ${near === undefined ? `use one of ${[...new Set(listed)].join(", ")}.` : `did you mean ${near}?`}`,
    );
  }
  const usual = documented.find((one) => one.default !== undefined)?.default;
  if (given.length > 0) return given;
  if (usual !== undefined) return [usual];
  throw new UsageError(`The address needs a value for {${name}}: give --server-variable ${name}=…`);
}

function unknown(name: string, names: readonly string[], template: string | undefined): UsageError {
  const near = nearestName(name, names);
  const known =
    names.length === 0
      ? `${template ? "the address has none" : "the document's servers have none"}.`
      : near === undefined
        ? `use one of ${names.join(", ")}.`
        : `did you mean ${near}?`;
  return new UsageError(`--server-variable ${name} isn't a variable of the server: ${known}`);
}

/** A report's file for one of several servers: `report.html` becomes `report.eu.html`. */
export function fileFor(file: string, { name }: ServerTarget): string {
  return name === "" ? file : file.replace(/(\.[^./\\]*)?$/, (ending) => `.${name}${ending}`);
}
