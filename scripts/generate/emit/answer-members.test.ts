import { expect, test } from "vitest";
import type { AnswerForm } from "../../../src/calls/operation.ts";
import { answerMembers } from "./answer-members.ts";

/** Responses by status, each with the form of its media types. */
function members(responses: Record<string, Record<string, AnswerForm>>) {
  return answerMembers({
    responses: Object.entries(responses).map(([status, content]) => ({
      status,
      isSuccess: /^2/.test(status),
      content: Object.entries(content).map(([mediaType, form]) => ({
        mediaType,
        form,
        schemaPath: undefined,
        isList: false,
      })),
    })),
  });
}

test("names the only success where it is whole JSON, whatever the errors are", () => {
  expect(members({ 201: { "application/json": "json" }, 422: { "application/json": "json" } })).toEqual({
    json: "201 application/json",
  });
});

test("asks for JSON by its own media type", () => {
  expect(members({ 200: { "application/problem+json": "json" } })).toEqual({
    accept: "application/problem+json",
    json: "200 application/problem+json",
  });
});

test.each([
  [
    "two media types, the range last",
    { 200: { "*/*": "bytes", "application/json": "json" } },
    { accept: "application/json, */*", answers: { 200: { "application/json": "json", "*/*": "bytes" } } },
  ],
  [
    "two statuses of the same",
    { 200: { "application/json": "json" }, 202: { "application/json": "json" } },
    { answers: { 200: { "application/json": "json" }, 202: { "application/json": "json" } } },
  ],
  [
    "a body or none",
    { 200: { "application/json": "json" }, 204: {} },
    { answers: { 200: { "application/json": "json" }, 204: {} } },
  ],
  [
    "bytes",
    { 200: { "audio/mpeg": "bytes" } },
    { accept: "audio/mpeg", answers: { 200: { "audio/mpeg": "bytes" } } },
  ],
  ["nothing", { 204: {} }, { accept: "*/*", answers: { 204: {} } }],
] as const)("lists %s", (_, responses, wanted) => {
  expect(members(responses)).toEqual(wanted);
});
