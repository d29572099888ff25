import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { nearResources } from "./prism-routes.mjs";

const { default: route } = createRequire(import.meta.url)("@stoplight/prism-http/dist/router");

const resources = [
  "/a",
  "/a/{b}",
  "/a/b",
  "/a/{b}/c",
  "/a/x/c",
  "/{a}/b",
  "/a%20b/c",
  "/a.{format}",
  "/a/",
].flatMap((path) => [
  { path, method: "get", id: `get ${path}` },
  { path, method: "put", id: `put ${path}` },
]);
const requests = [
  "/a",
  "/a/b",
  "/a/z",
  "/a/x/c",
  "/a/y/c",
  "/a%20b/c",
  "/a b/c",
  "/%61",
  "/a.json",
  "/a/",
  "/",
  "/no/such/path",
];

it.each(requests)("Prism routes %s among the near operations as among all", (path) => {
  for (const method of ["get", "put", "delete"]) {
    const input = { method, url: { path } };
    const asked = (among: unknown) => JSON.stringify(route({ resources: among, input }));
    expect(asked(nearResources(resources, path))).toBe(asked(resources));
  }
});

it("leaves most operations of a document out", () => {
  expect(nearResources(resources, "/a/x/c").map(({ id }) => id)).toEqual([
    "get /a/{b}/c",
    "put /a/{b}/c",
    "get /a/x/c",
    "put /a/x/c",
  ]);
});
