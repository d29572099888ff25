import picomatch from "picomatch";
import type { Contract, Operation } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { nearestName } from "../http/nearest-name.ts";
import { UserError } from "../http/user-error.ts";
import { type Shard, shardOf } from "./shard.ts";

/** Which operations of a contract a run is about. */
export interface OperationChoice {
  /** Filters of which one has to match. Default: every operation. */
  readonly only?: readonly string[];
  /** Filters of which none may match. */
  readonly skip?: readonly string[];
  /** One part of what is left: `{ index: 1, count: 2 }` is the first half. */
  readonly shard?: Shard;
  /** Of what is left, the operation with this id alone is judged; sequences make use of the others. */
  readonly focus?: string;
}

export interface ChosenOperations {
  readonly operations: readonly Operation[];
  /** Those of all shards: what a sequence may make use of. */
  readonly unskipped: readonly Operation[];
  /** What the filters leave out: told, since it isn't judged. A shard's other parts are judged elsewhere. */
  readonly leftOut: readonly NotJudged[];
}

/**
 * The operations that are left by the filters. A filter is a path (`/admin/**`), a method (`DELETE`), both
 * (`DELETE /admin/**`), `tag:NAME`, `deprecated`, or an operationId; `*` stands for anything within a segment, `**` for
 * any segments, and braces for themselves.
 *
 * @throws {UserError} when a filter matches no operation, or all together leave none
 */
export function chooseOperations(
  contract: Pick<Contract, "operations" | "resolve">,
  { only = [], skip = [], shard, focus }: OperationChoice,
): ChosenOperations {
  const all = contract.operations;
  const wanted = only.map((text) => filterFor(text, "--only", all));
  const unwanted = skip.map((text) => filterFor(text, "--skip", all));
  const leftOut: NotJudged[] = [];
  const left = all.filter((operation) => {
    const skipped = unwanted.find(({ matches }) => matches(operation));
    const reason = skipped
      ? `left out by --skip ${skipped.text}`
      : wanted.length > 0 && !wanted.some(({ matches }) => matches(operation))
        ? `left out by --only ${only.join(" --only ")}`
        : undefined;
    if (reason !== undefined) leftOut.push({ operation: operation.id, reason });
    return reason === undefined;
  });
  if (left.length === 0 && all.length > 0)
    throw new UserError(
      "--only and --skip leave no operations to judge: skip fewer, or select more with --only.",
    );
  const operations = shardOf(contract, left, shard).filter(({ id }) => focus === undefined || id === focus);
  return { operations, unskipped: left, leftOut };
}

/**
 * The operations that any of the filters matches.
 *
 * @param option how a filter is named in messages, such as `--only`
 * @throws {UserError} when a filter matches none
 */
export function matchingOperations(
  all: readonly Operation[],
  filters: readonly string[],
  option: string,
): readonly Operation[] {
  const wanted = filters.map((text) => filterFor(text, option, all));
  return all.filter((operation) => wanted.some(({ matches }) => matches(operation)));
}

interface Filter {
  readonly text: string;
  matches(operation: Operation): boolean;
}

function filterFor(text: string, option: string, all: readonly Operation[]): Filter {
  if (text.trim() === "")
    throw new UserError(`${option} is empty: give a filter such as "DELETE /admin/**", or omit it.`);
  const filter = { text, matches: matcher(text.trim()) };
  if (all.some(filter.matches)) return filter;
  const some = all.slice(0, 5).map(({ id }) => id);
  const more = all.length > some.length ? ` and ${all.length - some.length} more` : "";
  const near = nearestName(
    text.trim(),
    all.flatMap(({ operationId = [], tags, id, path }) => [
      ...[operationId].flat(),
      ...tags.map((tag) => `tag:${tag}`),
      id,
      path,
    ]),
  );
  throw new UserError(
    `${option} "${text}" matches no operation: the contract has ${some.join(", ")}${more}.${near === undefined ? "" : ` Did you mean "${near}"?`}`,
  );
}

function matcher(text: string): (operation: Operation) => boolean {
  const tag = /^tag:(.+)$/.exec(text)?.[1];
  if (tag !== undefined) return ({ tags }) => tags.includes(tag);
  if (text === "deprecated") return ({ deprecated }) => deprecated;
  const [, method, path] = /^([A-Z]+|\*)?(?:^|\s+|$)(\/.*)?$/.exec(text) ?? [];
  if (path !== undefined || method !== undefined) {
    const fits = path === undefined ? () => true : glob(path);
    return (operation) =>
      (method === undefined || method === "*" || operation.method === method) && fits(operation.path);
  }
  const fits = glob(text);
  return ({ operationId }) => operationId !== undefined && fits(operationId);
}

/** The braces of a path template are no alternatives here. */
function glob(pattern: string): (text: string) => boolean {
  return picomatch(pattern, { nobrace: true, noextglob: true, nobracket: true, dot: true });
}
