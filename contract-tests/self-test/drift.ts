import { alterAnswer, onSuccess, withJson } from "../../src/simulator/alter.ts";
import type { Fault } from "../../src/simulator/handler.ts";

/**
 * What isn't a breach yet: the contract leaves it open, and the harness only warns. `caughtBy` names the checks of which
 * one must warn; none may report an error.
 */
export const tokenDrifts: readonly Fault[] = [
  {
    id: "undocumented-property-sent",
    caughtBy: ["undocumented-property"],
    breach: "The answer has a property that the contract doesn't know yet.",
    wrap: onSuccess(withJson((body) => ({ ...Object(body), expires_in: 900 }))),
  },
];

export const libraryDrifts: readonly (Fault & { readonly operations: readonly string[] })[] = [
  {
    id: "value-beyond-open-list-sent",
    caughtBy: ["undocumented-enum-value"],
    breach: "The answer has a value that an open list doesn't hold yet.",
    operations: ["GET /status"],
    wrap: alterAnswer(
      (answer, request) => answer.status === 200 && request.url.startsWith("/status"),
      withJson((body) => ({ ...Object(body), mood: "festive" })),
    ),
  },
];
