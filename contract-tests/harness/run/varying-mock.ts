import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { HeaderLine, HttpRequest } from "../http/message.ts";
import { ownToEachHop, pairs } from "./recording-proxy.ts";
import type { SendResult, Target } from "./target.ts";
import { type PlannedAnswer, type Variation, waitSeconds } from "./variations.ts";

/** A request of the program's, and what became of it. */
export interface ReceivedRequest {
  readonly request: HttpRequest;
  readonly result: SendResult;
  /** Milliseconds, on the clock of `performance.now()`. */
  readonly receivedAt: number;
  /** When it was told to wait; undefined where it wasn't. */
  readonly refusedAt?: number;
  /** It was sent on to another host. */
  readonly isRedirected?: true;
  /** It came to that other host. */
  readonly isElsewhere?: true;
  /** It was answered in the form of the variation. */
  readonly isVaried: boolean;
}

export interface VaryingMock {
  readonly address: string;
  readonly received: readonly ReceivedRequest[];
  close(): Promise<void>;
}

export interface VaryingMockOptions {
  readonly target: Target;
  /** Default: answers pass as they are. */
  readonly variation?: Variation;
  /** The path as the contract knows it. */
  readonly pathOf: (request: HttpRequest) => string;
  /** Whether a JSON body would be valid as this answer to this request. */
  readonly isValid: (request: HttpRequest, answer: PlannedAnswer, value: unknown) => boolean;
}

/** Stands before a mock, keeps what a program sends, and answers in the form of a variation. */
export async function startVaryingMock(options: VaryingMockOptions): Promise<VaryingMock> {
  const { target, variation, pathOf, isValid } = options;
  const received: ReceivedRequest[] = [];
  const told = new Set<string>();
  /** A program may end before its last request is answered. */
  const pending = new Set<Promise<void>>();
  const servers = [createServer(listener(false)), createServer(listener(true))] as const;

  function listener(isElsewhere: boolean): RequestListener {
    return (incoming, outgoing) => {
      const answering = answer(incoming, outgoing, isElsewhere).catch(() => void outgoing.destroy());
      pending.add(answering);
      void answering.then(() => pending.delete(answering));
    };
  }

  async function answer(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    isElsewhere: boolean,
  ): Promise<void> {
    const receivedAt = performance.now();
    const request = await read(incoming);
    const first = { request, receivedAt, ...(isElsewhere ? { isElsewhere: true as const } : {}) };
    const key = keyOf(request);
    if (variation?.instead !== undefined && !isElsewhere && !told.has(key)) {
      told.add(key);
      const planned = variation.instead === "wait" ? refusal : redirection(`${elsewhere()}${request.path}`);
      await new Promise<void>((resolve) => {
        outgoing.once("close", resolve);
        if (outgoing.destroyed) resolve();
        outgoing.writeHead(planned.status, planned.headers.flat()).end(planned.body);
      });
      const response = { ...planned, durationMs: performance.now() - receivedAt };
      const mark =
        variation.instead === "wait" ? { refusedAt: performance.now() } : { isRedirected: true as const };
      received.push({ ...first, result: { response }, isVaried: true, ...mark });
      return;
    }
    const headers = request.headers.filter(([name]) => !ownToEachHop.has(name.toLowerCase()));
    const result = await target.send({ ...request, path: pathOf(request), headers }, { timeoutMs: 10_000 });
    if ("failure" in result) {
      received.push({ ...first, result, isVaried: false });
      return void outgoing.destroy();
    }
    const { response } = result;
    const plain: PlannedAnswer = {
      ...response,
      headers: response.headers.filter(([name]) => !ownToEachHop.has(name.toLowerCase())),
    };
    const isSuccess = response.status < 400;
    const varied = isSuccess
      ? variation?.vary?.(plain, request, (value) => isValid(request, plain, value))
      : undefined;
    const write = isSuccess ? variation?.write : undefined;
    received.push({ ...first, result, isVaried: varied !== undefined || write !== undefined || isElsewhere });
    const planned = varied ?? plain;
    if (write && request.method !== "HEAD") await write(outgoing, planned);
    else outgoing.writeHead(planned.status, planned.headers.flat()).end(planned.body);
  }

  /** `localhost` and 127.0.0.1 are two hosts, whatever a client compares. */
  const elsewhere = () => `http://localhost:${portOf(1)}`;
  const portOf = (index: 0 | 1) => (servers[index].address() as AddressInfo).port; // TCP servers have one

  await Promise.all([listen(servers[0], "127.0.0.1"), listen(servers[1], "localhost")]);
  return {
    address: `http://127.0.0.1:${portOf(0)}`,
    received,
    async close() {
      await Promise.all(pending);
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function listen(server: ReturnType<typeof createServer>, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
}

async function read(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: pairs(incoming.rawHeaders),
    ...(chunks.length > 0 ? { body: new Uint8Array(Buffer.concat(chunks)) } : {}),
  };
}

/** What makes two requests the same one, sent again. */
export function keyOf({ method, path, body }: HttpRequest): string {
  return JSON.stringify([method, path, body ? Buffer.from(body).toString("base64") : ""]);
}

const json: HeaderLine = ["content-type", "application/json"];

const refusal: PlannedAnswer = {
  status: 429,
  headers: [json, ["retry-after", String(waitSeconds)]],
  body: new Uint8Array(Buffer.from('{"detail":"Too many requests: wait as Retry-After says."}')),
};

function redirection(location: string): PlannedAnswer {
  return {
    status: 307,
    headers: [
      ["location", location],
      ["content-length", "0"],
    ],
    body: new Uint8Array(),
  };
}
