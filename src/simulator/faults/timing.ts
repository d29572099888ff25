import { alterAnswer, isSuccess } from "../alter.ts";
import type { Answer, Fault } from "../handler.ts";
import { isDocumentedType, refusedKey, requestedType } from "../token-contract.ts";

/** Longer than the response time that the fault score allows, shorter than its timeout. */
export const slowMs = 700;

/** Longer than the fault score's timeout. */
export const hangMs = 60_000;

const slow = (answer: Answer): Answer => ({ ...answer, wire: { ...answer.wire, delayMs: slowMs } });
const hanging = (answer: Answer): Answer => ({ ...answer, wire: { ...answer.wire, delayMs: hangMs } });

/** The server takes too long, or for ever. One request of a kind is enough: a run must not take long either. */
export const timingFaults: readonly Fault[] = [
  {
    id: "first-create-slow",
    caughtBy: ["max-response-time"],
    breach: "The first create takes longer than the time allowed.",
    wrap: (next) => {
      let done = false;
      return alterAnswer(
        (answer) => isSuccess(answer) && !done,
        (answer) => {
          done = true;
          return slow(answer);
        },
      )(next);
    },
  },
  {
    id: "first-create-hangs",
    caughtBy: ["response-received", "max-response-time"],
    breach: "The first create never gets a response.",
    wrap: (next) => {
      let done = false;
      return alterAnswer(
        (answer) => isSuccess(answer) && !done,
        (answer) => {
          done = true;
          return hanging(answer);
        },
      )(next);
    },
  },
  {
    id: "missing-key-hangs",
    caughtBy: ["response-received", "max-response-time"],
    breach: "A create of a documented type without a key never gets a response.",
    wrap: alterAnswer(
      (answer, request) => refusedKey(answer, request) && isDocumentedType(requestedType(request)),
      hanging,
    ),
  },
];
