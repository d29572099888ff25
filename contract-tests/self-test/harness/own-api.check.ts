import { afterAll, describe, expect, it } from "vitest";
import { type LendingFault, lendingServer } from "../lending-server.ts";
import { command } from "./command.ts";
import { OwnApi, rightCredential } from "./own-api.ts";

const api = new OwnApi();
afterAll(() => api.end());
const coverage = ["--phases", "coverage", ...rightCredential];

it("has nothing against an API that conforms, and sees every operation succeed", async () => {
  const { code, output, ids, summary, success } = await api.judged(undefined, rightCredential);
  expect(ids).toEqual([]);
  expect(code, output).toBe(0);
  expect(summary.notJudged).toEqual([]);
  expect(output).toMatch(/\n✓ conforms: /);
  for (const operation of ["POST /books/{bookId}/loan", "DELETE /books/{bookId}"]) {
    // What was lent can't be lent again: each valid request gets a book of its own.
    const { tried = 0, succeeded = 0 } = success.get(operation) ?? {};
    expect(tried).toBeGreaterThan(10);
    expect(succeeded).toBe(tried);
  }
});

describe("finds on an API that conforms but for one fault", () => {
  it.each<[LendingFault, string]>([
    ["more than 20 days crash", "not-a-server-error | POST /books/{bookId}/loan | "],
    ["any number of days", "negative-data-rejection | POST /books/{bookId}/loan | "],
    ["limit ignored", "pagination-conformance | GET /books | "],
    ["changing what isn't there crashes", "not-a-server-error | PATCH /books/{bookId} | "],
    ["lending what isn't there crashes", "not-a-server-error | POST /books/{bookId}/loan | "],
    ["year isn't stored", "read-after-write | GET /books/{bookId} | "],
    ["any genre is taken", "negative-data-rejection | PATCH /books/{bookId} | "],
  ])("%s", async (fault, id) => {
    const { output, ids } = await api.judged(fault, coverage);
    expect(
      ids.some((one) => one.startsWith(id)),
      output,
    ).toBe(true);
  });

  it("a DELETE without a credential, which isn't intermittent because its book is gone the second time", async () => {
    const { summary } = await api.judged("anybody may delete", coverage);
    const found = summary.findings.map(({ check, operation, intermittent, occurrences }) => ({
      check,
      operation,
      intermittent,
      occurrences,
    }));
    const finding = { check: "ignored-auth", operation: "DELETE /books/{bookId}", occurrences: 3 };
    expect(found).toEqual([finding, finding]);
  });
});

it("tells a value of the wrong type once, not of its list as well", async () => {
  const { summary } = await api.judged("any genre is stored", coverage);
  const told = summary.findings.filter(({ operation }) => operation === "PATCH /books/{bookId}");
  const ofType = told.filter(({ id }) => /^response-schema-conformance .* type( |$)/.test(id));
  expect(ofType.map(({ message }) => message)).toEqual([
    'The body doesn\'t match the schema: /genre must be string and must be one of "novel", "poetry", "science".',
  ]);
  const ofList = told.filter(({ id }) => /^response-schema-conformance .* enum( |$)/.test(id));
  expect(ofList.map(({ actual }) => actual)).toEqual(['"not-in-the-list"']);
  expect(told.filter(({ severity }) => severity === "warning")).toEqual([]);
});

it("replays findings on the server that is mended, whose earlier steps are refused now", async () => {
  const { summary, output } = await api.judged("any genre is stored", coverage);
  expect(summary.findings.length).toBeGreaterThan(3);
  expect(
    summary.findings.some(({ steps = [] }) => steps.some((step) => step.case.expectation === "rejected")),
  ).toBe(true);
  expect(output).toContain("# The run deleted what these requests name. To create it and send them again:");
  const target = await lendingServer(api.servers);
  const args = ["--spec", api.spec, "--target", target, ...rightCredential];
  const again = await command(["replay", api.file, ...args]);
  expect(again.output).toMatch(/\n0 still there, \d+ gone, 0 not tried/);
  expect(again.code).toBe(0);
});

it("says what kept it from having a thing to try an operation on", async () => {
  const only = await api.judged(undefined, [...coverage, "--only", "GET /books/{bookId}"]);
  expect(only.output).toContain(
    "give --param bookId=… (POST /books, which creates what it needs, is left out by --only GET /books/{bookId})",
  );
  expect(only.output).toMatch(/✓ conforms as far as judged: .* 6 of 7 operations not sent a valid request/);
});

it("doesn't count a 409 as a rejection of the data where valid requests get it too", async () => {
  const { output, summary } = await api.judged("lent before the data is looked at", coverage);
  expect(summary.findings, output).toEqual([]);
  // On a book that isn't lent the data is looked at.
  const counts = summary.counts.find(
    ({ check, operation }) =>
      check === "negative-data-rejection" && operation === "POST /books/{bookId}/loan",
  );
  expect(counts?.passed).toBeGreaterThan(10);
});
