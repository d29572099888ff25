// Prism in a thread of its own, which `prism-thread.ts` starts and tells what to serve. Plain JavaScript, so that nothing has to be compiled
// before the second that loading Prism takes; its inner entries have no types anyway.
import { subscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import { nearResources } from "./prism-routes.mjs";

const { getHttpOperationsFromSpec, createServer, createLogger, route } = loadPrism();

/** Prism compares a request with every operation: it gets those that could match. */
const nearRoute = ({ resources, input }) => {
  const routed = route({
    // A base URL of the request's own is compared with the servers of all operations.
    resources: input.url.baseUrl ? resources : nearResources(resources, input.url.path),
    input,
  });
  // Prism refuses content where none is documented. OpenAPI forbids none, and servers ignore it: many clients send `{}`.
  if (routed._tag === "Right" && routed.right.request?.body === undefined)
    delete input.headers["content-length"];
  return routed;
};

// Some requests make Prism throw where nobody catches: the connection ends, and Prism goes on serving the others.
const sockets = new Set();
subscribe("http.server.request.start", ({ socket }) => sockets.add(socket));
subscribe("http.server.response.finish", ({ socket }) => sockets.delete(socket));
process.on("uncaughtException", () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

const [{ contractFile, port }] = await once(parentPort, "message");

try {
  const operations = await getHttpOperationsFromSpec(contractFile);
  const server = createServer(operations, {
    cors: false,
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: false, // our own oracle does, and Prism's takes most of a request's time on large contracts
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    components: { logger: createLogger("prism", { enabled: false }), route: nearRoute },
  });
  const address = await server.listen(port, "127.0.0.1");
  parentPort.postMessage({ address });
} catch (error) {
  // Prism throws plain strings as well.
  parentPort.postMessage({ problem: error instanceof Error ? error.message : String(error) });
}

/** Prism's parts, as the package `@stoplight/prism-cli` has them: it need not be installed. */
function loadPrism() {
  try {
    const own = createRequire(import.meta.url);
    const require = createRequire(own.resolve("@stoplight/prism-cli/package.json"));
    return {
      ...require("@stoplight/prism-http"),
      ...require("@stoplight/prism-http-server"),
      ...require("@stoplight/prism-core"),
      route: require("@stoplight/prism-http/dist/router").default,
    };
  } catch (error) {
    const missing = error.code === "MODULE_NOT_FOUND" || error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
    parentPort.postMessage({ problem: error.message, missing });
    process.exit();
  }
}
