import { createRequire } from "node:module";
import type { Target } from "./target.ts";
import { urlTarget } from "./url.ts";

export interface PrismMockOptions {
  /** Default 0: any free port. */
  readonly port?: number;
}

/**
 * Serves the contract with Prism inside this process, on loopback only. Prism is loaded on the first call, since that
 * takes about a second.
 */
export async function startPrismMock(contractFile: string, options: PrismMockOptions = {}): Promise<Target> {
  const [{ getHttpOperationsFromSpec }, { createServer }, { createLogger }] = loadPrism();
  const operations = await getHttpOperationsFromSpec(contractFile);
  const server = createServer(operations, {
    cors: false,
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    components: { logger: createLogger("prism", { enabled: false }) },
  });
  const address = await server.listen(options.port ?? 0, "127.0.0.1");
  const target = urlTarget(address, { kind: "prism" });
  let closing: Promise<void> | undefined;
  return {
    ...target,
    close: () => {
      closing ??= target.close().then(() => server.close());
      return closing;
    },
  };
}

/** Prism is CommonJS without types for its inner entries that NodeNext could resolve: these are the parts used. */
type Prism = [
  { getHttpOperationsFromSpec(file: string): Promise<unknown[]> },
  {
    createServer(
      operations: unknown[],
      options: object,
    ): { listen(port: number, host: string): Promise<string>; close(): Promise<void> };
  },
  { createLogger(name: string, options: object): unknown },
];

function loadPrism(): Prism {
  const require = createRequire(import.meta.url);
  return [
    require("@stoplight/prism-cli/dist/operations.js"),
    require("@stoplight/prism-http-server"),
    require("@stoplight/prism-core"),
  ];
}
