/** A contract for programs, and small programs that ask by it. */
export const document = {
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  servers: [{ url: "/v1" }],
  security: [{ key: [] }],
  paths: {
    "/things": {
      get: {
        parameters: [{ name: "sort", in: "query", schema: { enum: ["name", "age"] } }],
        responses: {
          200: {
            description: "ok",
            content: {
              "application/json": {
                schema: { type: "object", required: ["items"], properties: { items: { type: "array" } } },
                example: { items: [{ name: "one" }] },
              },
            },
          },
          401: { description: "no" },
        },
      },
      post: {
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["name"],
                properties: { name: { type: "string" }, size: { enum: ["S", "M"] } },
              },
            },
          },
        },
        responses: {
          201: {
            description: "made",
            content: {
              "application/json": {
                schema: { type: "object", properties: { id: { type: "integer" } } },
                example: { id: 7 },
              },
            },
          },
          401: { description: "no" },
        },
      },
    },
  },
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
};

/** The secret that the programs send. */
export const secret = "sk-program-4c1d7e9a0b35";

/** How a program does what it shouldn't; everything else is done as it should be. */
export interface Flaw {
  readonly path?: string;
  readonly key?: string;
  readonly method?: string;
  readonly sort?: string;
  /** Sent with the request that takes none. */
  readonly body?: string;
  readonly size?: string;
  /** Milliseconds before a request is sent again. */
  readonly waitMs?: number;
  /** Gives up when it is told to wait. */
  readonly givesUp?: boolean;
  readonly redirect?: "manual" | "follow";
  /** Takes the media type as a text. */
  readonly comparesType?: boolean;
  /** Takes no property that it doesn't know. */
  readonly isStrict?: boolean;
}

/** A program for Node that reads and makes things, with this flaw. */
export function programText(flaw: Flaw = {}): string {
  return `
import { request } from "node:http";
const flaw = ${JSON.stringify(flaw)};
const base = process.argv[2] ?? process.env.CONFORMANCE_URL;
const key = flaw.key ?? ${JSON.stringify(secret)};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** fetch sends no body with GET: this does. */
function bare(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, "content-length": body.length } }, (answer) => {
      let text = "";
      answer.on("data", (part) => { text += part; });
      answer.once("end", () => resolve({ status: answer.statusCode, headers: new Headers(Object.entries(answer.headers)), json: async () => JSON.parse(text) }));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
async function call(method, path, body) {
  const headers = { ...(key === "" ? {} : { "x-key": key }), ...(body === undefined ? {} : { "content-type": "application/json" }) };
  for (let again = 0; ; again++) {
    const response = method === "GET" && body !== undefined
      ? await bare(base + path, method, headers, body)
      : await fetch(base + path, { method, headers, body, redirect: flaw.redirect ?? "manual" });
    if (response.status === 429 && again < 3 && !flaw.givesUp) {
      await sleep(flaw.waitMs ?? Number(response.headers.get("retry-after")) * 1000);
      continue;
    }
    if (response.status >= 300) throw new Error("answered " + response.status + " to " + key);
    const type = response.headers.get("content-type");
    if (flaw.comparesType && !type.startsWith("application/json")) throw new Error("not JSON: " + type);
    const value = await response.json();
    if (flaw.isStrict && Object.keys(value).some((name) => !["items", "id"].includes(name))) throw new Error("unknown property");
    return value;
  }
}
const list = await call(flaw.method ?? "GET", (flaw.path ?? "/v1/things") + "?sort=" + (flaw.sort ?? "name"), flaw.body);
if (!Array.isArray(list.items)) throw new Error("no items");
const made = await call("POST", "/v1/things", JSON.stringify({ name: "two", size: flaw.size ?? "S" }));
if (typeof made.id !== "number") throw new Error("no id");
`;
}
