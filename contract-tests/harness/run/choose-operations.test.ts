import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { chooseOperations } from "./choose-operations.ts";

const answer = { responses: { 200: { description: "ok" } } };
const contract = readContract(
  new TextEncoder().encode(
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Shop", version: "1" },
      paths: {
        "/items": {
          get: { ...answer, operationId: "items.list", tags: ["items"] },
          post: { ...answer, tags: ["items"] },
        },
        "/items/{id}": { get: { ...answer, operationId: "items.get", deprecated: true }, delete: answer },
        "/admin/users/{id}": { delete: { ...answer, tags: ["admin", "users"] } },
      },
    }),
  ),
  "shop.json",
);

const chosen = (choice: Parameters<typeof chooseOperations>[1]) =>
  chooseOperations(contract, choice).operations.map(({ id }) => id);

describe("a filter", () => {
  it.each([
    ["/items", ["GET /items", "POST /items"]],
    ["/items/*", ["GET /items/{id}", "DELETE /items/{id}"]],
    ["/items/{id}", ["GET /items/{id}", "DELETE /items/{id}"]],
    ["/items/**", ["GET /items", "POST /items", "GET /items/{id}", "DELETE /items/{id}"]],
    ["DELETE", ["DELETE /items/{id}", "DELETE /admin/users/{id}"]],
    ["DELETE /admin/**", ["DELETE /admin/users/{id}"]],
    ["* /items", ["GET /items", "POST /items"]],
    ["tag:users", ["DELETE /admin/users/{id}"]],
    ["deprecated", ["GET /items/{id}"]],
    ["items.list", ["GET /items"]],
    ["items.*", ["GET /items", "GET /items/{id}"]],
  ])("%s chooses %j", (filter, expected) => {
    expect(chosen({ only: [filter] })).toEqual(expected);
    expect(chosen({ skip: [filter] })).toEqual(
      contract.operations.map(({ id }) => id).filter((id) => !expected.includes(id)),
    );
  });

  it.each(["", "  "])("that is empty (%j) is refused", (filter) => {
    expect(() => chosen({ only: [filter] })).toThrow("--only is empty: give a filter such as");
  });

  it.each(["/item", "PATCH", "delete /items/{id}", "tag:Users", "items", "GET /admin/**"])(
    "that matches nothing (%s) is refused, with what there is",
    (filter) => {
      expect(() => chosen({ skip: [filter] })).toThrow(
        `--skip "${filter}" matches no operation: the contract has GET /items, POST /items, `,
      );
    },
  );
});

it.each([
  ["/item", "/items"],
  ["tag:user", "tag:users"],
  ["items.lst", "items.list"],
])("says what %s was probably meant to be", (filter, near) => {
  expect(() => chooseOperations(contract, { only: [filter] })).toThrow(`Did you mean "${near}"?`);
});

it("reports what is left out, and by which filter", () => {
  expect(chooseOperations(contract, { only: ["/items/**"], skip: ["DELETE"] }).leftOut).toEqual([
    { operation: "DELETE /items/{id}", reason: "left out by --skip DELETE" },
    { operation: "DELETE /admin/users/{id}", reason: "left out by --skip DELETE" },
  ]);
});

it("refuses filters that leave nothing", () => {
  expect(() => chosen({ only: ["DELETE"], skip: ["/**"] })).toThrow("leave no operations");
});

it("takes the shard of what the filters leave", () => {
  expect(chosen({ only: ["tag:items", "DELETE"], shard: { index: 2, count: 2 } })).toEqual([
    "DELETE /admin/users/{id}", // what belongs to the items stays together
  ]);
});
