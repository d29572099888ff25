import type { Contract } from "../contract/contract.ts";
import type { JsonObject } from "../contract/json-object.ts";
import { readContract } from "../contract/load-contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import type { HttpRequest } from "../http/message.ts";
import { Oracle } from "../schema/oracle.ts";
import { judgeRequest } from "../wire/judge-request.ts";
import { type Evidence, isAccepted, isRefused } from "./evidence.ts";

/** A contract, a request, or both, as Prism's rule reads them. */
export interface Reading {
  readonly contract?: Contract;
  readonly oracle?: Oracle;
  readonly request?: HttpRequest;
}

/**
 * True when the case comes out by this reading as the mock answered it: what it accepted breaks nothing, and what it
 * refused breaks something. The case alone is no proof: it must come out otherwise than by the contract.
 */
export function provesAnswer(evidence: Omit<Evidence, "prism">, reading: Reading): boolean {
  if (!isAccepted(evidence) && !isRefused(evidence)) return false;
  const contract = reading.contract ?? evidence.contract;
  // Of one document, schemas and paths are the same, whatever is said of an operation.
  const isSame = contract.document === evidence.contract.document;
  const oracle = reading.oracle ?? (isSame ? evidence.oracle : new Oracle(contract));
  const paths = pathsOf(isSame ? evidence.contract : contract);
  const request = reading.request ?? evidence.exchange.case.request;
  const { operation, violations } = judgeRequest(contract, oracle, paths, request);
  return operation !== undefined && (violations.length === 0) === isAccepted(evidence);
}

const tables = new WeakMap<Contract, PathTable>();

function pathsOf(contract: Contract): PathTable {
  const table = tables.get(contract) ?? new PathTable(contract.operations.map(({ path }) => path));
  tables.set(contract, table);
  return table;
}

export interface EditedContract {
  readonly contract: Contract;
  readonly oracle: Oracle;
}

const edited = new WeakMap<Contract, Map<string, EditedContract | undefined>>();

/**
 * The contract with its document changed; worked out once for each `key`. Undefined when `edit` leaves the document as it
 * is: by the same contract, a case comes out as it did.
 */
export function editedContract(
  contract: Contract,
  key: string,
  edit: (document: JsonObject) => JsonObject,
): EditedContract | undefined {
  const known = edited.get(contract) ?? new Map<string, EditedContract | undefined>();
  edited.set(contract, known);
  if (known.has(key)) return known.get(key);
  const document = edit(contract.document);
  const made = document === contract.document ? undefined : read(contract, document);
  known.set(key, made);
  return made;
}

function read({ file }: Contract, document: JsonObject): EditedContract {
  const contract = readContract(Buffer.from(JSON.stringify(document)), file);
  return { contract, oracle: new Oracle(contract) };
}
