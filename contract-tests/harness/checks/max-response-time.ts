import { joinPointer } from "../contract/json-pointer.ts";
import type { Check } from "./check.ts";

/** A limit of this run, not of the contract: `--max-response-time`, in milliseconds. */
export const maxResponseTime: Check = {
  id: "max-response-time",
  rule: "Every response is complete within the time allowed.",
  begin:
    () =>
    ({ operation, exchange, response, limits }) => {
      const pointer = joinPointer(operation.pointer, "responses");
      const expected = `at most ${limits.maxResponseTimeMs} ms`;
      if (exchange.failure?.code === "TIMEOUT") {
        return [
          {
            kind: "no-answer-in-time",
            pointer,
            message: "No complete response arrived in time.",
            expected,
            actual: exchange.failure.message,
          },
        ];
      }
      if (!response) return undefined;
      if (response.durationMs <= limits.maxResponseTimeMs) return [];
      return [
        {
          kind: "slow",
          pointer,
          message: "The response took too long.",
          expected,
          actual: `${Math.round(response.durationMs)} ms`,
        },
      ];
    },
};
