import { expect, it } from "vitest";
import type { Sent } from "./paced-sender.ts";
import { Patience } from "./patience.ts";

const silence: Sent = { failure: { code: "TIMEOUT", message: "" } };
const broken: Sent = { failure: { code: "ECONNRESET", message: "" } };
const answer: Sent = { response: { status: 200, headers: [], body: new Uint8Array(), durationMs: 1 } };

/** The time that each request gets of a server that never answers, until the run is given up. */
function silentRun(patience: Patience): number[] {
  const waits: number[] = [];
  while (!patience.runIsOver) {
    while (!patience.operationIsOver) {
      waits.push(patience.timeoutMs);
      patience.hear(silence);
    }
    patience.nextOperation();
  }
  return waits;
}

it("gives an operation up after three silences in a row, and the run after three such operations", () => {
  expect(silentRun(new Patience(10_000))).toHaveLength(9);
});

it("waits less than 40 s in all for a server that never answers, at the default of 10 s a request", () => {
  const total = silentRun(new Patience(10_000)).reduce((sum, wait) => sum + wait, 0);
  expect(total).toBeLessThan(40_000);
});

it("gives the whole time again once something is answered", () => {
  const patience = new Patience(10_000);
  for (const sent of [silence, silence, answer]) patience.hear(sent);
  expect(patience.timeoutMs).toBe(10_000);
  for (const sent of [silence, silence]) patience.hear(sent);
  expect(patience.operationIsOver).toBe(false);
});

it("counts a connection that is cut off as a kind of response", () => {
  const patience = new Patience(10_000);
  for (const sent of [broken, broken, broken, broken]) patience.hear(sent);
  expect(patience.operationIsOver).toBe(false);
});

it("starts again with the next operation if one of three was answered", () => {
  const patience = new Patience(10_000);
  for (let operation = 0; operation < 2; operation++) {
    for (const sent of [silence, silence, silence]) patience.hear(sent);
    patience.nextOperation();
  }
  patience.hear(answer);
  patience.nextOperation();
  for (const sent of [silence, silence, silence]) patience.hear(sent);
  expect(patience.runIsOver).toBe(false);
});
