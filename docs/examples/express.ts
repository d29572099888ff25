import { getRequestListener } from "@hono/node-server";
import express from "express";
import { tokenEndpoint } from "./token-endpoint.ts";

/** `app.listen(3000)` starts it. */
export const app = express();

// Before express.json() and its kind, which would read the body that the endpoint reads itself.
app.all("/api/single-use-token", getRequestListener(tokenEndpoint));

app.use(express.json());
