import { isPasswordName } from "../cases/password-name.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { enumOf, flattenSchema } from "../schema/flat-schema.ts";
import type { Check, JudgedExchange, Judgement } from "./check.ts";
import { objectSent } from "./observed.ts";

/**
 * A request that conforms to the contract is due a success. A 404 or 410 to a made-up name in the path says nothing (what it
 * names need not exist, unless the contract lists the names; that the status isn't documented, where it isn't, is told by
 * another check), nor a documented 409, nor does the refusal of a made-up password: that is told as not judged, unless the
 * data is the document's own example. Nor does the refusal of a POST that was accepted before. Whether a recorded request's
 * credential was meant to be right, nobody can tell.
 */
export const positiveDataAcceptance: Check = {
  id: "positive-data-acceptance",
  rule: "A request that conforms to the contract is accepted.",
  begin: () => {
    const made = new Set<string>();
    return (exchange) => judge(exchange, made);
  },
};

function judge(exchange: JudgedExchange, made: Set<string>): Judgement {
  const { response, operation, limits } = exchange;
  if (!response || exchange.exchange.case.expectation !== "accepted") return undefined;
  const { status } = response;
  const accepted = limits.acceptedStatuses.get("positive-data-acceptance");
  const { method, path, body } = exchange.exchange.case.request;
  const key = `${method} ${path} ${Buffer.from(body ?? []).toString("base64")}`;
  if (status < 400 && method === "POST") made.add(key);
  if (accepted ? accepted.has(status) : status < 400) return [];
  if (status >= 500) return undefined; // not-a-server-error has told it
  if (!accepted && namesNothing(exchange))
    return {
      notJudged:
        status === 409
          ? "409 may be due to the resource's state"
          : `${status} is expected for generated data, which may refer to something that doesn't exist`,
    };
  if (!accepted && status < 500 && isMadeUpPassword(exchange))
    return { notJudged: `${status} is expected for a generated password` };
  if (!accepted && [400, 409, 422].includes(status) && made.has(key))
    return { notJudged: `${status} is expected for an exact copy of what was created before` };
  const refused = status === 401 || status === 403;
  if (refused && exchange.exchange.case.phase === "recorded")
    return {
      notJudged: `the credential was refused (${status}), and a recording doesn't show whether it was valid`,
    };
  return [
    {
      kind: refused ? "credential-refused" : "refused",
      pointer: joinPointer(operation.pointer, "responses"),
      message: refused
        ? `The server refused the credential (${status}), so nothing else could be judged: give a valid one with --header.`
        : "The server refused a request that conforms to the contract.",
      expected: accepted ? `one of ${[...accepted].join(", ")}` : "a success (2xx or 3xx)",
      actual: String(status),
    },
  ];
}

/** What asks for a password and for no other credential is how one signs in. */
function isMadeUpPassword(judged: JudgedExchange): boolean {
  const { operation, response, exchange } = judged;
  if (exchange.case.phase === "examples" || operation.security.some((names) => names.length > 0))
    return false;
  if (response?.status !== 401 && response?.status !== 403) return false;
  return Object.keys(objectSent(judged)?.value ?? {}).some(isPasswordName);
}

function namesNothing({ operation, oracle, response, rule, exchange }: JudgedExchange): boolean {
  if (!response || exchange.case.phase === "examples") return false;
  // What the contract lists is there.
  const isNamed = operation.parameters.some(
    ({ in: place, schema }) =>
      place === "path" && (schema === undefined || !enumOf(flattenSchema(oracle, schema))),
  );
  if (response.status === 404 || response.status === 410) return isNamed;
  if (response.status !== 409 || !rule) return false;
  return isNamed || !["GET", "HEAD"].includes(exchange.case.request.method);
}
