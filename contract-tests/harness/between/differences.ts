import type { Operation } from "../contract/contract.ts";
import { objectOr } from "../contract/json-object.ts";
import { joinPointer, valueAt } from "../contract/json-pointer.ts";
import { canonical } from "./canonical.ts";
import type { Change, OperationPair, Side, Sides, TouchingChange } from "./change.ts";
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
  operationId: "a name used only inside the document",
  deprecated: "a deprecation changes no response",
  callbacks: "callbacks are requests sent by the provider",
};
const words = ["summary", "description", "tags", "externalDocs"];

function fieldChanges(
  documents: Sides<unknown>,
  base: Operation,
  revision: Operation,
): { readonly changes: readonly Change[]; readonly words: number } {
  const fields = (side: Side, { pointer }: Operation) => objectOr(valueAt(documents[side], pointer));
  const [before, after] = [fields("base", base), fields("revision", revision)];
  const differs = (name: string) => canonical(before[name]) !== canonical(after[name]);
  const changes = Object.entries(unseen).flatMap(([name, reason]): Change[] => {
    if (!differs(name)) return [];
    return [
      {
        kind: `${name.toLowerCase()}-changed`,
        key: `${name} ${base.pointer} ${revision.pointer}`,
        message: `${name} differs`,
        pointers: { base: joinPointer(base.pointer, name), revision: joinPointer(revision.pointer, name) },
        observed: "never",
        reason,
      },
    ];
  });
  const isBodiless = !base.requestBody && !revision.requestBody && differs("requestBody");
  if (isBodiless)
    changes.push({
      kind: "request-body-changed",
      key: `requestBody ${base.pointer} ${revision.pointer}`,
      message: "requestBody differs",
      pointers: { base: base.pointer, revision: revision.pointer },
      observed: "never",
      reason: `a ${revision.method} request's body has no meaning in HTTP, so none is sent`,
    });
  return { changes: [...changes, ...serverChanges(base, revision)], words: words.filter(differs).length };
}

/** Servers are those of the operation, its path or the document. */
function serverChanges(base: Operation, revision: Operation): Change[] {
  const urls = ({ servers }: Operation) => servers.map(({ url }) => url).join(", ");
  const [before, after] = [urls(base), urls(revision)];
  if (before === after) return [];
  const [one, other] = [base.servers[0]?.pointer ?? "", revision.servers[0]?.pointer ?? ""];
  return [
    {
      kind: "servers-changed",
      key: `servers ${one} ${before} ${other} ${after}`,
      message: `servers: ${before} → ${after}`,
      pointers: { base: one, revision: other },
      observed: "never",
      reason: "only one server is judged, whichever others are documented",
    },
  ];
}
