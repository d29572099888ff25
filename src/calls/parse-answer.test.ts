import { expect, test } from "vitest";
import { operations } from "../../generated/operations.ts";
import type { Answer } from "../transport/answer.ts";
import type { Operation } from "./operation.ts";
import { parseAnswer } from "./parse-answer.ts";

const [entry] = Object.entries<Operation>(operations);
if (!entry) throw new Error("the contract has no operation");
const [id, operation] = entry;

const answer = (status: number, text: string): Answer => ({
  ok: true,
  status,
  bytes: new TextEncoder().encode(text),
  text,
  rawResponse: () => ({}) as never, // only an error would show it
});

test("judges a status by the first documented success when its own has no schema", () => {
  expect(parseAnswer(id, operation, answer(201, '{"token":"t"}'))).toEqual({ token: "t" });
  expect(() => parseAnswer(id, operation, answer(201, '{"token":""}'))).toThrow("breaks the contract");
});

test("reads JSON where it has a schema, though another success is documented as bytes", () => {
  const mixed: Operation = { ...operation, answersBytes: true };
  expect(parseAnswer(id, mixed, answer(200, '{"token":"t"}'))).toEqual({ token: "t" });
});
