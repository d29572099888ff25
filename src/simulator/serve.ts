import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Handler, ReceivedRequest } from "./handler.ts";
import { originForm } from "./token-door.ts";

/** A request larger than this is answered 413 before the handler is asked. */
const maxRequestBytes = 8 * 1024 * 1024;

export interface ServeOptions {
  /** 0, the default, lets the system choose a free port. */
  readonly port?: number;
  /** The interface to listen on; 127.0.0.1 by default, which only this machine can reach. */
  readonly host?: string;
  /** Takes over connections that request a WebSocket; any other upgrade is ignored. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface Served {
  /** Base URL without a trailing slash: `http://127.0.0.1:49152`. */
  readonly address: string;
  /** Stops listening, closes every open connection and resolves when none is left; safe to call twice. */
  close(): Promise<void>;
}

/** The server couldn't listen; `message` is one sentence fit for a terminal. */
export class ServeError extends Error {
  override readonly name = "ServeError";
}

/**
 * Serves a handler over HTTP/1.1, with every {@link Answer.wire} behaviour played out on the socket.
 *
 * @throws {ServeError} if the port is taken or forbidden, or the host isn't this machine's.
 */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<Served> {
  const { port = 0, host = "127.0.0.1", onUpgrade } = options;
  const closing = new AbortController();
  const sockets = new Set<Socket>();

  const server = createServer((request, response) => {
    void respond(handler, request, response, closing.signal);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  if (onUpgrade)
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      if (request.headers.upgrade?.toLowerCase() === "websocket") onUpgrade(request, socket, head);
      else ignoreUpgrade(server, request, socket, head);
    });

  await listen(server, port, host);

  let closed: Promise<void> | undefined;
  return {
    address: baseUrl(server.address(), host),
    close() {
      closed ??= new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return closed;
    },
  };
}

/**
 * Has a request answered as if it asked for no other protocol: a server may ignore Upgrade (RFC 9110 §7.8), and
 * Java's client asks for h2c by default. Node takes the connection out of HTTP for any Upgrade, so that the request is
 * put back without it.
 */
function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Socket, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (!/^(upgrade|http2-settings|connection)$/i.test(rawHeaders[at] ?? ""))
      lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
  socket.resume();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new ServeError(whyNotListening(error, port, host))),
    );
    server.listen(port, host, resolve);
  });
}

function whyNotListening(error: NodeJS.ErrnoException, port: number, host: string): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is already in use; stop the server there or choose another port with --port.`;
    case "EACCES":
      return `Port ${port} on ${host} can't be opened by this user; choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `Host ${host} isn't an address of this machine; choose another with --host.`;
    default:
      return `Cannot listen on ${host}:${port} (${error.code ?? error.message}).`;
  }
}

function baseUrl(address: AddressInfo | string | null, host: string): string {
  if (address === null || typeof address === "string") return `http://${host}`;
  return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
}

async function respond(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const body = await readBody(request);
    const answer = body === undefined ? tooLarge : await handler(receivedRequest(request, body));
    const delay = answer.wire?.delayMs ?? 0;
    if (delay > 0) await sleep(delay, undefined, { signal: AbortSignal.any([gone.signal, closing]) });
    if (!response.destroyed) send(response, answer);
  } catch (error) {
    // Somebody hung up: there is nobody left to answer.
    if (gone.signal.aborted || closing.aborted) return;
    // The handler threw, or its answer can't be written: that is a fault of the simulation, so it is said.
    if (response.headersSent) response.destroy();
    else send(response, broken(error));
  }
}

const tooLarge: Answer = {
  status: 413,
  headers: { "content-type": "application/json", connection: "close" },
  body: '{"detail":"Request body too large"}',
};

function broken(error: unknown): Answer {
  const reason = error instanceof Error ? error.message : String(error);
  const body = `The simulator failed to answer: ${reason}\n`;
  return { status: 500, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

/** The whole body, or undefined when it is larger than is read. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    // A request without an encoding set yields buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxRequestBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function receivedRequest(request: IncomingMessage, body: Uint8Array): ReceivedRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return { method: request.method ?? "", url: originForm(request.url ?? ""), headers, body };
}

function send(response: ServerResponse, answer: Answer): void {
  const { wire = {} } = answer;
  if (wire.reset) {
    response.socket?.resetAndDestroy();
    return;
  }

  const body = Buffer.from(answer.body);
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) {
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  }

  if (wire.declaredLength !== undefined) {
    response.setHeader("content-length", wire.declaredLength);
    // The framing is a lie, so nothing that follows on this connection could be understood.
    response.shouldKeepAlive = false;
  }

  if (wire.cutAfterBytes === undefined) {
    response.end(body);
    return;
  }
  if (!response.hasHeader("content-length") && !response.hasHeader("transfer-encoding")) {
    response.setHeader("content-length", body.length);
  }
  const cut = () => response.socket?.destroy();
  const part = body.subarray(0, wire.cutAfterBytes);
  if (part.length > 0) response.write(part, cut);
  else {
    response.flushHeaders();
    response.socket?.write("", cut);
  }
}
