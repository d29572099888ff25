import { getRequestListener } from "@hono/node-server";
import express, { type ErrorRequestHandler } from "express";
import { tokenEndpoint } from "./token-endpoint.ts";

/** `app.listen(3000)` starts it. */
export const app = express();

// Before express.json() and its kind, which would read the body that the endpoint reads itself.
app.all("/api/single-use-token", getRequestListener(tokenEndpoint));

app.use(express.json());

/** Express alone prints a stack trace for each visitor who leaves in the middle of a request. */
const onError: ErrorRequestHandler = (error, _request, response, next) => {
  const status = error.status ?? 500;
  if (status >= 500) console.error(error);
  if (response.headersSent) next(error);
  else response.sendStatus(status);
};
app.use(onError);
