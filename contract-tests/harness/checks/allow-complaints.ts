import type { Contract, Operation } from "../contract/contract.ts";
import { PathTable, sameShape } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import type { Complaint, JudgedExchange } from "./check.ts";

const tables = new WeakMap<Contract, PathTable>();

/**
 * Where `Allow` differs from the contract (RFC 9110, section 10.2.1): a documented method that it leaves out, or an
 * undocumented one. Warnings, since a server may allow other callers, or other states of a resource, more. OPTIONS may
 * be listed anywhere, and HEAD where GET is documented. Undefined without the header.
 */
export function allowComplaints(judged: JudgedExchange): readonly Complaint[] | undefined {
  const { contract, operation, exchange, response } = judged;
  const allow = response && headerValue(response.headers, "allow");
  if (allow === undefined) return undefined;
  const named = [
    ...new Set(
      allow
        .split(",")
        .map((method) => method.trim().toUpperCase())
        .filter((method) => method !== ""),
    ),
  ];
  const paths = tables.get(contract) ?? new PathTable(contract.operations.map(({ path }) => path));
  tables.set(contract, paths);
  const here = methodsOf(contract, [operation.path]);
  const fitting = methodsOf(contract, [
    operation.path,
    ...paths.matchAll(exchange.case.request.path.split("?")[0] ?? ""),
  ]);
  const own = pathItemOf(operation);
  return [
    ...here
      .filter((method) => !named.includes(method))
      .map((method) =>
        complaint(
          `allow-lacks-${method.toLowerCase()}`,
          own,
          here,
          allow,
          `leaves out ${method}, which is documented`,
        ),
      ),
    ...named
      .filter((method) => !fitting.includes(method) && method !== "OPTIONS")
      .filter((method) => !(method === "HEAD" && fitting.includes("GET")))
      .map((method) =>
        complaint(
          `allow-names-${method.toLowerCase()}`,
          own,
          here,
          allow,
          `names ${method}, which isn't documented`,
        ),
      ),
  ];
}

function complaint(
  kind: string,
  pointer: string,
  documented: readonly string[],
  allow: string,
  what: string,
): Complaint {
  return {
    kind,
    severity: "warning",
    pointer,
    message: `The Allow header ${what} for this path.`,
    expected: documented.join(", "),
    actual: allow === "" ? "no method" : allow,
  };
}

function methodsOf({ operations }: Contract, paths: readonly string[]): readonly string[] {
  const there = operations.filter((other) => paths.some((path) => sameShape(path, other.path)));
  return [...new Set(there.map(({ method }) => method))];
}

/** Pointer of the path that an operation belongs to. */
export function pathItemOf({ pointer }: Operation): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}
