/** A made-up contract with a specimen of everything that the rules speak of. A function, so that each use may edit it. */
export function shopContract() {
  return {
    openapi: "3.1.1",
    info: { title: "Shop", version: "1.0.0" },
    servers: [{ url: "https://api.example.com" }],
    paths: {
      "/orders/{kind}": {
        get: {
          operationId: "orders.list",
          parameters: [kind(), { name: "limit", in: "query", schema: { type: "integer" } }],
          responses: { "200": { description: "ok", content: json("Order") } },
        },
        post: {
          operationId: "orders.create",
          description: "Places an order.",
          parameters: [
            kind(),
            { name: "limit", in: "query", schema: { type: "integer", maximum: 100, default: 10 } },
            { name: "note", in: "query", schema: { type: "string", maxLength: 20 } },
            { name: "X-Shop", in: "header", required: true, schema: { type: "string" } },
          ],
          requestBody: { content: { ...json("NewOrder"), "application/xml": { schema: ref("NewOrder") } } },
          responses: {
            "200": {
              description: "ok",
              headers: { "X-Rate": { required: true, schema: { type: "integer" } } },
              content: json("Order"),
            },
            "422": { description: "not valid" },
          },
        },
      },
      "/health": { get: { operationId: "health.get", responses: { "204": { description: "up" } } } },
    },
    components: {
      schemas: {
        Kind: { type: "string", enum: ["book", "game", "map"] },
        State: { type: "string", enum: ["open", "closed"] },
        NewOrder: {
          type: "object",
          properties: { title: { type: "string" }, count: { type: "integer" } },
          required: ["title"],
        },
        Order: {
          type: "object",
          properties: {
            id: { type: "string", format: "uuid" },
            version: { const: "v1" },
            state: ref("State"),
            total: { type: "integer" },
            place: {
              type: "array",
              prefixItems: [{ type: "string" }, { type: "integer" }],
              items: false,
              minItems: 2,
            },
            remark: { type: "string" },
          },
          required: ["id", "version", "state", "total", "place"],
        },
      },
    },
  };
}

function kind() {
  return { name: "kind", in: "path", required: true, schema: ref("Kind") };
}

function json(name: string) {
  return { "application/json": { schema: ref(name) } };
}

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}
