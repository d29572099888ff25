import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import type { HeaderLine } from "../http/message.ts";
import { Oracle } from "../schema/oracle.ts";
import { judgeRequest } from "../wire/judge-request.ts";
import { operationCases } from "./operation-cases.ts";

interface Extras {
  readonly path?: string;
  readonly own?: readonly HeaderLine[];
  readonly securitySchemes?: object;
}

function plan(operation: object, { path = "/a", own = [], securitySchemes = {} }: Extras = {}) {
  const paths = { [path]: { post: { responses: { 200: { description: "" } }, ...operation } } };
  const document = { openapi: "3.1.0", paths, components: { securitySchemes } };
  const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
  const [only] = contract.operations;
  if (!only) throw new Error("no operation");
  const table = new PathTable([path]);
  const oracle = new Oracle(contract);
  const phases = new Set(["coverage", "examples"] as const);
  const { cases, notJudged } = operationCases(contract, oracle, table, only, { headers: own, phases });
  return {
    cases,
    valid: cases.find(({ id }) => id.endsWith("› valid"))?.request,
    told: [...contract.notJudged, ...notJudged].map(({ reason }) => reason).join("\n"),
    kinds: (expectation: string) =>
      cases.filter((one) => one.expectation === expectation).map(({ id }) => id.slice(id.indexOf("›") + 2)),
    broken: cases
      .filter(({ expectation }) => expectation === "rejected")
      .map(({ request, deviation }) => ({
        meant: deviation?.pointer,
        found: judgeRequest(contract, oracle, table, request).violations.map(({ pointer }) => pointer),
      })),
  };
}

const query = (schema: object, more: object = {}) => [{ name: "x", in: "query", schema, ...more }];
const body = (type: string, schema: object) => ({
  requestBody: { required: true, content: { [type]: { schema } } },
});

describe("names and paths that HTTP doesn't take as they are", () => {
  it.each(["header", "cookie"])("report a %s with a blank in its name, and send the rest", (place) => {
    const made = plan({ parameters: [{ name: "X Y", in: place, required: true, schema: {} }] });
    expect(made.valid?.path).toBe("/a");
    expect(made.told).toContain('"X Y"');
  });

  it("report a key with a blank in its name", () => {
    const securitySchemes = { key: { type: "apiKey", in: "header", name: "X Y" } };
    const made = plan({ security: [{ key: [] }] }, { securitySchemes });
    expect(made.valid).toBeDefined();
    expect(made.told).toContain("aren't supported");
  });

  it.each([
    ["/a b/{id}:cancel", "/a%20b/text:cancel"],
    ["/é/{id}", "/%C3%A9/text"],
    ["/a%20b/{id}", "/a%20b/text"],
  ])("percent-encode the path %s", (path, sent) => {
    const made = plan(
      { parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }] },
      { path },
    );
    expect(made.valid?.path).toBe(sent);
  });

  it("find a path whether or not it is encoded", () => {
    const table = new PathTable(["/a b/{id}:cancel"]);
    expect(table.match("/a%20b/%2F:cancel")?.values.get("id")).toBe("%2F");
    expect(table.match("/a b/x%3acancel")?.values.get("id")).toBe("x");
    expect(table.match("/a+b/x:cancel")).toBeUndefined();
  });

  it("send no half of a surrogate pair", () => {
    const made = plan({ parameters: query({ type: "string", enum: ["😀", "b"] }) });
    expect(made.kinds("rejected").length).toBeGreaterThan(0);
  });
});

describe("values that have no form, or look like nothing", () => {
  it("send a required map, deep or spread, with a member", () => {
    const map = { type: "object", additionalProperties: { type: "integer" } };
    expect(plan({ parameters: query(map, { required: true, style: "deepObject" }) }).valid?.path).toBe(
      "/a?x%5Bkey%5D=1",
    );
    const spread = plan({ parameters: query({ type: "object" }, { required: true }) });
    expect(spread.valid?.path).toBe("/a?key=text");
    expect(spread.kinds("rejected")).not.toContain("x missing");
  });

  it("leave a required member out of an object that has others", () => {
    const schema = {
      type: "object",
      required: ["a"],
      properties: { a: {}, b: {} },
      example: { a: "1", b: "2" },
    };
    const made = plan({ parameters: query(schema, { style: "deepObject" }) });
    expect(made.kinds("rejected")).toContain("x /a missing");
  });

  it("send a required list with an item", () => {
    const made = plan({
      parameters: query({ type: "array", items: { type: "string" } }, { required: true }),
    });
    expect(made.valid?.path).toMatch(/^\/a\?x=.+/);
    const form = body("multipart/form-data", {
      type: "object",
      required: ["files"],
      properties: { files: { type: "array", items: { type: "string", format: "binary" } } },
    });
    expect(new TextDecoder().decode(plan(form).valid?.body)).toContain('name="files"; filename=');
  });

  it("write required maps and lists of a form, deep ones as payment APIs take them", () => {
    const schema = {
      type: "object",
      required: ["metadata", "items", "expand"],
      properties: {
        metadata: { type: "object", additionalProperties: { type: "string" } },
        items: {
          type: "array",
          minItems: 0,
          items: { type: "object", required: ["price"], properties: { price: { type: "integer" } } },
        },
        expand: { type: "array", items: { type: "string" } },
      },
    };
    const deep = { style: "deepObject", explode: true };
    const form = (encoding: object) =>
      plan({
        requestBody: {
          required: true,
          content: { "application/x-www-form-urlencoded": { schema, encoding } },
        },
      });
    const made = form({ metadata: deep, items: deep, expand: deep });
    expect(decodeURIComponent(new TextDecoder().decode(made.valid?.body))).toBe(
      "metadata[extra1]=text&items[0][price]=1&expand[0]=text",
    );
    for (const { meant, found } of made.broken) expect(found).toContain(meant);
    expect(decodeURIComponent(new TextDecoder().decode(form({}).valid?.body))).toBe(
      'metadata={"extra1":"text"}&items={"price":1}&expand=text',
    );
  });

  it("let an empty value be where allowEmptyValue does", () => {
    const number = { type: "integer", minimum: 1 };
    const sent = (more: object) =>
      plan({ parameters: query(number, more) }).cases.map(({ request }) => request.path);
    expect(sent({ allowEmptyValue: true })).not.toContain("/a?x=");
  });

  it("make no wrong list of a form out of a list of one", () => {
    const tags = { type: "array", items: { type: "string" } };
    for (const type of ["application/x-www-form-urlencoded", "multipart/form-data"]) {
      const kinds = plan(body(type, { type: "object", required: ["tags"], properties: { tags } })).kinds(
        "rejected",
      );
      expect(kinds).not.toContain("body /tags string instead of array");
      expect(kinds).toContain("body /tags missing");
    }
  });

  it("send no body without a byte as one that is there", () => {
    const form = { type: "object", properties: { a: { type: "integer" } } };
    const made = plan(body("application/x-www-form-urlencoded", form));
    expect(new TextDecoder().decode(made.valid?.body)).toBe("a=1");
    for (const [type, schema] of [
      ["application/x-www-form-urlencoded", { ...form, required: ["a"] }],
      ["text/plain", { type: "string", minLength: 1 }],
    ] as const) {
      const optional = { requestBody: { content: { [type]: { schema } } } };
      for (const { meant, found } of plan(optional).broken) expect([meant, found]).not.toEqual([meant, []]);
    }
    const empty = plan(body("text/plain", { type: "string" })).cases.filter(
      ({ request, expectation }) => expectation === "accepted" && request.body?.length === 0,
    );
    expect(empty).toEqual([]);
  });

  it("report a body that can't be generated", () => {
    expect(plan(body("text/csv", { type: "array" })).told).toContain("text/csv");
    expect(plan(body("application/octet-stream", { type: "object" })).told).toContain("octet-stream");
  });
});

it("names the same place in a made case and when it reads the request back", () => {
  const item = { type: "integer", maximum: 9 };
  const schema = {
    type: "object",
    properties: { n: item, list: { type: "array", items: item, maxItems: 2 } },
  };
  for (const type of ["application/x-www-form-urlencoded", "multipart/form-data", "application/x-ndjson"]) {
    const { broken } = plan(body(type, schema));
    expect(broken.length).toBeGreaterThan(2);
    for (const one of broken) expect(one).toEqual({ ...one, found: expect.arrayContaining([one.meant]) });
  }
});

it("judges a text by the number that it spells", () => {
  const made = plan(body("text/plain", { type: "integer", minimum: 3 }));
  expect(new TextDecoder().decode(made.valid?.body)).toBe("3");
  expect(made.kinds("rejected")).toContain("body below minimum");
});

describe("standing headers", () => {
  const accept = (operation: object, own: readonly HeaderLine[] = []) =>
    plan(operation, { own }).valid?.headers.filter(([name]) => name.toLowerCase() === "accept");
  const answers = {
    responses: { 200: { description: "", content: { "text/csv": {}, "application/hal+json": {} } } },
  };

  it("prefer JSON where it is documented, unless the caller says otherwise", () => {
    expect(accept(answers)).toEqual([["accept", "application/hal+json, */*;q=0.5"]]);
    expect(accept({})).toEqual([["accept", "*/*"]]);
    const json = { description: "", content: { "application/problem+json": {} } };
    const text = { description: "", content: { "text/csv": {} } };
    expect(accept({ responses: { 200: text, 400: json } })).toEqual([["accept", "*/*"]]);
    expect(accept({ responses: { default: json } })?.[0]?.[1]).toMatch(/^application\/problem\+json/);
    expect(accept(answers, [["Accept", "text/csv"]])).toEqual([["Accept", "text/csv"]]);
  });

  it("contain the Authorization that a header parameter requires, and no second one", () => {
    const parameters = [{ name: "Authorization", in: "header", required: true, schema: { type: "string" } }];
    const sent = (own: readonly HeaderLine[] = []) =>
      plan({ parameters }, { own }).valid?.headers.filter(([name]) => name.toLowerCase() === "authorization");
    expect(sent()?.[0]?.[1]).toMatch(/^Bearer contract-tests/);
    expect(sent([["Authorization", "mine"]])).toEqual([["Authorization", "mine"]]);
  });
});
