import type { Operation } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { valueAt } from "../contract/json-pointer.ts";
import { canonical } from "./canonical.ts";
import {
  type Change,
  type OperationPair,
  type Side,
  type Sides,
  sides,
  type TouchingChange,
} from "./change.ts";
import { diffAnswers } from "./diff-answers.ts";
import { diffRequests } from "./diff-requests.ts";
import { pairOperations } from "./pair-operations.ts";
import type { ExchangeReader } from "./read-exchange.ts";

export interface Differences {
  readonly changes: readonly TouchingChange[];
  /** How many descriptions, examples and the like differ: they are no changes. */
  readonly words: number;
}

/** What differs between two documents, as far as their operations go; what several share is one change. */
export function differences({
  contracts,
  oracles,
}: Pick<ExchangeReader, "contracts" | "oracles">): Differences {
  const found = new Map<string, { readonly change: Change; readonly operations: OperationPair[] }>();
  let words = 0;
  const add = (change: Change, pair: OperationPair) => {
    const known = found.get(change.key);
    if (!known) found.set(change.key, { change, operations: [pair] });
    else if (!known.operations.includes(pair)) known.operations.push(pair);
  };
  for (const pair of pairOperations(contracts.base, contracts.revision)) {
    const { base, revision } = pair;
    if (!base || !revision) {
      add(presenceChange(pair), pair);
      continue;
    }
    const parts = [diffRequests(contracts, oracles, base, revision), diffAnswers(oracles, base, revision)];
    for (const { changes, words: own } of parts) {
      words += own;
      for (const change of changes) add(change, pair);
    }
    const documents = { base: contracts.base.document, revision: contracts.revision.document };
    const fields = fieldChanges(documents, base, revision);
    words += fields.words;
    for (const change of fields.changes) add(change, pair);
  }
  return { changes: [...found.values()], words };
}

function presenceChange({ id, base, revision }: OperationPair): Change {
  const side: Side = base ? "base" : "revision";
  const pointer = (base ?? revision)?.pointer ?? "";
  return {
    kind: side === "base" ? "operation-removed" : "operation-added",
    key: `operation ${side} ${id}`,
    message: side === "base" ? "the operation is gone" : "the operation is new",
    pointers: { [side]: pointer },
    observed: "operation",
    documentedBy: side,
  };
}

/** Fields of an operation that no exchange shows. */
const unseen: Readonly<Record<string, string>> = {
  operationId: "a name in the document alone",
  deprecated: "a deprecation changes no answer",
  servers: "one server is asked, whatever others are documented",
  callbacks: "callbacks are requests that the provider sends",
};
const words = ["summary", "description", "tags", "externalDocs"];

function fieldChanges(
  documents: Sides<unknown>,
  base: Operation,
  revision: Operation,
): { readonly changes: readonly Change[]; readonly words: number } {
  const fields = (side: Side, { pointer }: Operation) => {
    const value = valueAt(documents[side], pointer);
    return isObject(value) ? value : {};
  };
  const [before, after] = [fields("base", base), fields("revision", revision)];
  const differs = (name: string) => canonical(before[name]) !== canonical(after[name]);
  const changes = Object.entries(unseen).flatMap(([name, reason]): Change[] => {
    if (!differs(name)) return [];
    const pointers = Object.fromEntries(
      sides.map((side) => [side, `${side === "base" ? base.pointer : revision.pointer}/${name}`]),
    );
    return [
      {
        kind: `${name.toLowerCase()}-changed`,
        key: `${name} ${base.pointer} ${revision.pointer}`,
        message: `${name} differs`,
        pointers,
        observed: "never",
        reason,
      },
    ];
  });
  return { changes, words: words.filter(differs).length };
}
