import { expect, expectTypeOf, test } from "vitest";
import type { RequestOptions } from "../client-options.ts";
import type { HttpResponsePromise } from "../http-response-promise.ts";
import { buildCallSurface, type WithRequestOptions } from "./call-surface.ts";
import type { Operation } from "./operation.ts";

const operation: Operation = {
  method: "GET",
  path: "/",
  json: "200 application/json",
};

test("lays calls out by their dotted ids", () => {
  const surface = buildCallSurface(
    {
      "books.loans.create": operation,
      "books.loans.list": operation,
      "books.get": operation,
      ping: operation,
    },
    (id, own) => () => [id, own === operation],
  );
  expect(
    JSON.parse(JSON.stringify(surface, (_, value) => (typeof value === "function" ? value() : value))),
  ).toEqual({
    books: {
      loans: { create: ["books.loans.create", true], list: ["books.loans.list", true] },
      get: ["books.get", true],
    },
    ping: ["ping", true],
  });
});

test("adds request options and a promise to every generated call, however deep", () => {
  interface Generated {
    readonly books: {
      readonly loans: { create(book: "a" | "b", request: { body: number }): { id: string } };
    };
    ping(): void;
  }
  type Surface = WithRequestOptions<Generated>;
  expectTypeOf<Parameters<Surface["books"]["loans"]["create"]>>().toEqualTypeOf<
    [book: "a" | "b", request: { body: number }, requestOptions?: RequestOptions]
  >();
  expectTypeOf<ReturnType<Surface["books"]["loans"]["create"]>>().toEqualTypeOf<
    HttpResponsePromise<{ id: string }>
  >();
  expectTypeOf<Parameters<Surface["ping"]>>().toEqualTypeOf<[requestOptions?: RequestOptions]>();
});
