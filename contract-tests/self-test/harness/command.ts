import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { conformance } from "../../harness/cli/conformance.ts";
import { UserError } from "../../harness/http/user-error.ts";

export interface Outcome {
  readonly code: number;
  readonly output: string;
  /** The one sentence of a run that couldn't be done. */
  readonly error: string;
}

/** The command as a user calls it, in this process; `shown` is told of everything that it has shown so far. */
export async function command(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { signal, shown }: { readonly signal?: AbortSignal; readonly shown?: (output: string) => void } = {},
): Promise<Outcome> {
  let output = "";
  const stdout = {
    write: (text: string) => {
      output += text;
      shown?.(output);
      return true;
    },
    columns: 200,
    isTTY: false,
  };
  try {
    return {
      code: await conformance(args, { stdout, env, ...(signal ? { signal } : {}) }),
      output,
      error: "",
    };
  } catch (error) {
    if (error instanceof UserError) return { code: 2, output, error: error.message };
    throw error;
  }
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Servers on loopback that note what they are asked; all end with `close`. */
export class TestServers {
  readonly seen: Seen[] = [];
  readonly #servers: Server[] = [];

  async serve(answer: (request: Seen, response: Parameters<RequestListener>[1]) => void): Promise<string> {
    const server = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk as Uint8Array); // a request without encoding gives buffers
      const { method = "", url = "", headers } = request;
      const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
      this.seen.push(seen);
      answer(seen, response);
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // a TCP server has one
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    for (const server of this.#servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    this.seen.length = 0;
  }
}
