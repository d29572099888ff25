import type { Contract, Operation, ResponseRule } from "../contract/contract.ts";
import type { JsonObject } from "../contract/json-object.ts";
import { readContract } from "../contract/load-contract.ts";
import { PathTable } from "../contract/match-operation.ts";

/** A document as the provider serves it. */
export interface ProvidedContract {
  readonly document: JsonObject;
  readonly operations: readonly Operation[];
  readonly securitySchemes: Contract["securitySchemes"];
  readonly paths: PathTable;
}

/** Reads a document that may have been edited on the way. */
export function providedContract(document: JsonObject): ProvidedContract {
  const contract = readContract(Buffer.from(JSON.stringify(document)), "the provider's document");
  const { operations, securitySchemes } = contract;
  const paths = new PathTable(operations.map(({ path }) => path));
  return { document: contract.document, operations, securitySchemes, paths };
}

/** Every schema by which the operations' requests, or answers, are judged. */
export function schemasOf(
  operations: readonly Operation[],
  direction: "request" | "response",
): readonly string[] {
  const described = operations.flatMap(({ parameters, requestBody, responses }) =>
    direction === "request"
      ? [...parameters, ...(requestBody?.contents ?? [])]
      : responses.flatMap(({ contents, headers }) => [...contents, ...headers]),
  );
  return [...new Set(described.flatMap(({ schema }) => schema ?? []))];
}

/** The response that documents a status: by itself, by its range, or `default`. */
export function responseFor({ responses }: Operation, status: number): ResponseRule | undefined {
  const named = (name: string) => responses.find((response) => response.status === name);
  return named(String(status)) ?? named(`${Math.floor(status / 100)}XX`) ?? named("default");
}

/** The path of a request, without its query. */
export function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? "";
}
