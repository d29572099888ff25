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
  const oracle = reading.oracle ?? (reading.contract ? new Oracle(reading.contract) : evidence.oracle);
  const paths = new PathTable(contract.operations.map(({ path }) => path));
  const request = reading.request ?? evidence.exchange.case.request;
  const { operation, violations } = judgeRequest(contract, oracle, paths, request);
  return operation !== undefined && (violations.length === 0) === isAccepted(evidence);
}

export interface EditedContract {
  readonly contract: Contract;
  readonly oracle: Oracle;
}

const edited = new WeakMap<Contract, Map<string, EditedContract>>();

/** The contract with its document changed; worked out once for each `key`. */
export function editedContract(
  contract: Contract,
  key: string,
  edit: (document: JsonObject) => JsonObject,
): EditedContract {
  const known = edited.get(contract) ?? new Map<string, EditedContract>();
  edited.set(contract, known);
  const made = known.get(key) ?? read(contract, edit(contract.document));
  known.set(key, made);
  return made;
}

function read({ file }: Contract, document: JsonObject): EditedContract {
  const contract = readContract(Buffer.from(JSON.stringify(document)), file);
  return { contract, oracle: new Oracle(contract) };
}
