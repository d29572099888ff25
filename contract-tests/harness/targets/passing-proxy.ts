import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { HeaderLine } from "../http/message.ts";
import type { PassingExchange } from "../run/traffic-source.ts";
import { BodyTap, judgedBytes } from "./body-tap.ts";
import { TargetError } from "./target-error.ts";
import { headerLines, type UrlTargetOptions } from "./url.ts";

export interface PassingProxyOptions {
  /** Base URL of the server behind it. */
  readonly target: string;
  readonly connection: UrlTargetOptions;
  /** Port on loopback; 0: any free one. */
  readonly port: number;
  /** Is told of each exchange when its answer has passed. */
  readonly passed: (exchange: PassingExchange) => void;
}

export interface PassingProxy {
  /** Base URL on loopback. */
  readonly address: string;
  /** What passed and can't be judged: one sentence each. */
  readonly leftOut: () => readonly string[];
  close(): Promise<void>;
}

/**
 * Stands between clients and a server and changes nothing but `Host`: each connection of a client has one of its own to the
 * server, so that an end of either is an end of both; bodies stream, upgraded connections are passed as they are.
 *
 * @throws {TargetError} when the port can't be had
 */
export async function startPassingProxy(options: PassingProxyOptions): Promise<PassingProxy> {
  const { connection, passed } = options;
  const base = new URL(options.target);
  const isSecure = base.protocol === "https:";
  const relay = isSecure ? undefined : connection.proxy;
  const hop = relay?.url ?? base;
  const prefix = (relay ? base.origin : "") + base.pathname.replace(/\/$/, "");
  const agents = new WeakMap<Duplex, Agent>();
  const upgraded = new Set<Duplex>();
  const counts = { upgraded: 0, brokenOff: 0 };
  let number = 0;

  const server = createServer({
    keepAliveTimeout: 0,
    requestTimeout: 0,
    headersTimeout: 0,
    maxHeaderSize: 65_536,
  });
  server.on("connection", (socket: Socket) => {
    const kept = { keepAlive: true, maxSockets: 1, maxFreeSockets: 1 };
    const own = hop.protocol === "https:" ? new HttpsAgent({ ...kept, ...connection.tls }) : new Agent(kept);
    agents.set(socket, own);
    socket.once("close", () => own.destroy());
  });

  function ask(incoming: IncomingMessage, socket: Duplex) {
    const agent = connection.agent ?? agents.get(socket);
    const lines = headerLines(incoming.rawHeaders).filter(([name]) => name.toLowerCase() !== "host");
    const isOpen = !incoming.headers["content-length"] && !incoming.headers["transfer-encoding"];
    const isEmpty = isOpen && !/^(GET|HEAD|DELETE|OPTIONS|TRACE|CONNECT)$/.test(incoming.method ?? "");
    const outgoing = (hop.protocol === "https:" ? httpsRequest : httpRequest)({
      ...(isSecure ? connection.tls : {}),
      ...(agent ? { agent } : {}),
      hostname: hop.hostname.replace(/^\[|\]$/g, ""),
      port: hop.port,
      method: incoming.method ?? "GET",
      path: prefix + (incoming.url ?? "/"),
      headers: [
        ["host", base.host],
        ...lines,
        // Without either Node would announce a chunked body.
        ...(isEmpty ? [["content-length", "0"]] : []),
        ...(relay?.authorization === undefined ? [] : [["proxy-authorization", relay.authorization]]),
      ].flat(),
      setHost: false,
      maxHeaderSize: 65_536,
    });
    outgoing.setNoDelay(true);
    return outgoing;
  }

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const startedAt = performance.now();
    const sent = new BodyTap(incoming);
    const upstream = ask(incoming, incoming.socket);
    incoming.pipe(upstream);
    upstream.on("continue", () => outgoing.writeContinue());
    let isOver = false;
    const tell = (result: Pick<PassingExchange, "response" | "failure" | "isCut" | "gaps">): void => {
      if (isOver) return;
      isOver = true;
      passed({ ...exchangeOf(incoming, sent), ...result });
    };
    outgoing.once("close", () => {
      upstream.destroy();
      if (isOver) return;
      isOver = true;
      counts.brokenOff++;
    });
    upstream.once("error", (error: NodeJS.ErrnoException) => {
      const code = error.code ?? "ERROR";
      tell({ failure: { code, message: error.message }, gaps: [] });
      // As without the proxy: a server that hangs up is a connection that ends.
      if (outgoing.headersSent || code !== "ECONNREFUSED") return void incoming.socket.destroy();
      outgoing
        .writeHead(502, { "content-type": "text/plain", connection: "close" })
        .end(`The target can't be reached (${code}).\n`);
    });
    upstream.once("response", (answer) => {
      const received = new BodyTap(answer);
      // Nothing that the server didn't say.
      outgoing.removeHeader("date");
      outgoing.removeHeader("connection");
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
      if (!answer.headers["content-length"]) outgoing.flushHeaders();
      answer.pipe(outgoing, { end: false });
      const end = (truncated: boolean): void => {
        const isCut = received.isCut;
        tell({
          response: {
            status: answer.statusCode ?? 0,
            headers: headerLines(answer.rawHeaders),
            body: received.body,
            durationMs: performance.now() - startedAt,
            ...(truncated ? { truncated: true } : {}),
          },
          ...(isCut ? { isCut } : {}),
          gaps: isCut
            ? [
                `bodies of more than ${judgedBytes} bytes weren't read: only the status, headers and media type of these responses are judged`,
              ]
            : [],
        });
      };
      answer.once("end", () => {
        if (answer.rawTrailers.length > 0)
          outgoing.addTrailers(
            headerLines(answer.rawTrailers).map(([name, value]): [string, string] => [name, value]),
          );
        outgoing.end();
        end(!answer.complete);
      });
      answer.once("aborted", () => {
        end(true);
        incoming.socket.destroy();
      });
    });
  }

  function exchangeOf(incoming: IncomingMessage, sent: BodyTap): PassingExchange {
    const path = incoming.url ?? "/";
    const { body } = sent;
    return {
      place: `#${++number}`,
      url: base.origin + base.pathname.replace(/\/$/, "") + path,
      request: {
        method: incoming.method ?? "GET",
        path,
        // As it went on, so that its curl line asks the server in the same way.
        headers: headerLines(incoming.rawHeaders).map(
          ([name, value]): HeaderLine => [name, name.toLowerCase() === "host" ? base.host : value],
        ),
        ...(body.length > 0 ? { body } : {}),
      },
      gaps: [],
      ...(sent.isCut ? { unusable: `request bodies of more than ${judgedBytes} bytes weren't read` } : {}),
    };
  }

  function upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const startedAt = performance.now();
    const upstream = ask(incoming, socket);
    const end = () => void socket.destroy();
    upstream.once("error", end);
    socket.once("error", () => upstream.destroy());
    upstream.once("upgrade", (answer, other, first) => {
      counts.upgraded++;
      socket.write(headOf(answer));
      if (first.length > 0) socket.write(first);
      if (head.length > 0) other.write(head);
      upgraded.add(socket).add(other);
      for (const [one, two] of [
        [socket, other],
        [other, socket],
      ] as const) {
        one.on("error", () => two.destroy());
        one.once("close", () => {
          upgraded.delete(one);
          two.destroy();
        });
        one.pipe(two);
      }
    });
    upstream.once("response", (answer) => {
      const received = new BodyTap(answer);
      const sent = new BodyTap(incoming);
      socket.write(headOf(answer, ["transfer-encoding", "connection"], ["connection: close"]));
      answer.pipe(socket);
      answer.once("end", () =>
        passed({
          ...exchangeOf(incoming, sent),
          response: {
            status: answer.statusCode ?? 0,
            headers: headerLines(answer.rawHeaders),
            body: received.body,
            durationMs: performance.now() - startedAt,
          },
          ...(received.isCut ? { isCut: true as const } : {}),
        }),
      );
    });
    upstream.end();
  }

  server.on("request", pass);
  server.on("checkContinue", pass);
  server.on("upgrade", upgrade);
  const problem = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once("error", resolve);
    server.listen(options.port, "127.0.0.1", () => resolve(undefined));
  });
  if (problem)
    throw new TargetError(
      `The port ${options.port} can't be used (${problem.code ?? problem.message}): give another --port, or none.`,
    );
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return {
    address: `http://127.0.0.1:${port}`,
    leftOut: () => [
      ...(counts.upgraded > 0
        ? [
            `${counts.upgraded} upgraded connections (WebSockets) were passed on: their messages aren't judged`,
          ]
        : []),
      ...(counts.brokenOff > 0
        ? [`${counts.brokenOff} requests were aborted by the client before they were answered`]
        : []),
    ],
    close: () =>
      new Promise((resolve) => {
        for (const socket of upgraded) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function headOf(
  { httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage,
  left: readonly string[] = [],
  more: readonly string[] = [],
): Buffer {
  const lines = headerLines(rawHeaders).flatMap(([name, value]) =>
    left.includes(name.toLowerCase()) ? [] : [`${name}: ${value}`],
  );
  return Buffer.from(
    [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`, ...lines, ...more, "", ""].join("\r\n"),
    "latin1",
  );
}
