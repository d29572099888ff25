import { Hono } from "hono";
import { tokenEndpoint } from "./token-endpoint.ts";

/** `serve({ fetch: app.fetch, port: 3000 })` of @hono/node-server starts it; Bun and Deno serve `app` as it is. */
export const app = new Hono();

app.all("/api/single-use-token", (context) => tokenEndpoint(context.req.raw));
