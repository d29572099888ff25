import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { tokenEndpoint } from "./token-endpoint.ts";

const answerTokenRequest = getRequestListener(tokenEndpoint);

/** `server.listen(3000)` starts it. */
export const server = createServer((request, response) => {
  if (request.url === "/api/single-use-token") {
    void answerTokenRequest(request, response);
    return;
  }
  response.writeHead(404).end();
});
