import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { announcesLength } from "../http/announces-length.ts";
import { largestBody } from "../http/content-coding.ts";
import { isLoopback } from "../http/loopback.ts";
import type { HeaderLine, HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";
import type { SendOptions, SendResult, Target, TargetCapabilities, TargetKind } from "../run/target.ts";
import type { HttpProxy } from "./proxy.ts";
import type { TlsSettings } from "./tls-settings.ts";

export interface UrlTargetOptions {
  /** Default "url". */
  readonly kind?: TargetKind;
  /** Default: no static mock; writes are allowed on this machine alone. */
  readonly capabilities?: TargetCapabilities;
  /** Certificates and keys for https. */
  readonly tls?: TlsSettings;
  /** The proxy that requests go through. Default: none. */
  readonly proxy?: HttpProxy;
  /** Opens connections in place of the target's own agent: a tunnel through the proxy. */
  readonly agent?: HttpAgent;
}

/**
 * A server that already runs at `baseUrl` (http or https, a path before the operations' own is kept). Requests go out
 * as they stand: no redirect is followed, nothing is sent twice, nothing is decoded.
 */
export function urlTarget(baseUrl: string, options: UrlTargetOptions = {}): Target {
  const base = new URL(baseUrl);
  const secure = base.protocol === "https:";
  if (!secure && base.protocol !== "http:") throw new TypeError(`${baseUrl} is neither http nor https.`);
  const { tls = {}, proxy } = options;
  const kept = { keepAlive: true, maxSockets: 64 };
  // A proxy takes whole addresses of servers without TLS (RFC 9112, section 3.2.2); to others it opens a tunnel.
  const relay = secure ? undefined : proxy;
  const server = relay?.url ?? base;
  const agent =
    options.agent ??
    (server.protocol === "https:"
      ? new HttpsAgent({ ...kept, ...(secure ? tls : {}) })
      : new HttpAgent(kept));
  const prefix = (relay ? base.origin : "") + base.pathname.replace(/\/$/, "");
  const sendOnce = (
    request: HttpRequest,
    { timeoutMs, signal }: SendOptions,
    isFirst: boolean,
  ): Promise<SendResult> =>
    new Promise((resolve) => {
      let hasBegun = false;
      let isInHandshake = false;
      const startedAt = performance.now();
      const outgoing = (server.protocol === "https:" ? httpsRequest : httpRequest)({
        ...(secure ? tls : {}),
        agent: isFirst || options.agent ? agent : false,
        hostname: server.hostname.replace(/^\[|\]$/g, ""),
        port: server.port,
        method: request.method,
        path: prefix + request.path,
        headers: [
          ...flatten(request, base.host),
          ...(relay?.authorization === undefined ? [] : ["proxy-authorization", relay.authorization]),
        ],
        setHost: false,
        ...(signal ? { signal } : {}),
      });
      const timer = setTimeout(() => {
        settle({ failure: { code: "TIMEOUT", message: `no complete response within ${timeoutMs} ms` } });
      }, timeoutMs);
      const settle = (result: SendResult): void => {
        clearTimeout(timer);
        resolve(result);
        if ("failure" in result) outgoing.destroy();
      };
      outgoing.once("socket", (socket) => {
        isInHandshake = server.protocol === "https:" && !outgoing.reusedSocket;
        if (!isInHandshake) return;
        socket.once("secureConnect", () => {
          isInHandshake = false;
        });
      });
      outgoing.once("error", (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        // The server may close an idle connection at any time: the request then goes out on a fresh one (RFC 9112,
        // section 9.5; it was never taken up, since not one byte came back).
        if (outgoing.reusedSocket && /^(ECONNRESET|EPIPE)$/.test(error.code ?? "") && !hasBegun && isFirst)
          resolve(sendOnce(request, { timeoutMs, ...(signal ? { signal } : {}) }, false));
        else settle({ failure: failureOf(error, isInHandshake) });
      });
      outgoing.once("response", (incoming) => {
        hasBegun = true;
        read(incoming, startedAt, (result) => settle(result));
      });
      outgoing.end(request.body);
    });
  return {
    kind: options.kind ?? "url",
    address: baseUrl,
    capabilities: options.capabilities ?? { isStatic: false, allowsWrites: isLoopback(baseUrl) },
    send: (request, options) => sendOnce(request, options, true),
    close: async () => agent.destroy(),
  };
}

/** A connection that ends before TLS is agreed on has refused it. */
function failureOf(error: NodeJS.ErrnoException, isInHandshake: boolean): TransportFailure {
  const { code = "ERROR", message } = error;
  if (isInHandshake && /^(ECONNRESET|EPIPE)$/.test(code))
    return { code: "EPROTO", message: "the handshake was aborted" };
  // Of what OpenSSL says (`error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/…`) its reason alone.
  const [, reason = message] = /\berror:[0-9a-f]+:[^:]*:[^:]*:([^:]+)/i.exec(message) ?? [];
  return { code, message: reason };
}

function flatten(request: HttpRequest, host: string): string[] {
  const lines = [["host", host], ...request.headers].flat();
  const has = (name: string) => request.headers.some(([key]) => key.toLowerCase() === name);
  if (request.body && !has("content-length")) lines.push("content-length", String(request.body.length));
  else if (!request.body && !has("content-length") && announcesLength(request.method))
    lines.push("content-length", "0");
  return lines;
}

function read(incoming: IncomingMessage, startedAt: number, done: (result: SendResult) => void): void {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const finish = (truncated: boolean): void => {
    const response: HttpResponse = {
      status: incoming.statusCode ?? 0,
      headers: headerLines(incoming.rawHeaders),
      body: Buffer.concat(chunks),
      durationMs: performance.now() - startedAt,
      ...(truncated ? { truncated } : {}),
    };
    done({ response });
  };
  incoming.on("data", (chunk: Uint8Array) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= largestBody) return;
    const message = `bodies of more than ${largestBody / 1_048_576} MiB aren't judged`;
    done({ failure: { code: "BODY_TOO_LARGE", message } });
  });
  incoming.once("end", () => finish(!incoming.complete));
  incoming.once("error", () => finish(true));
  incoming.once("aborted", () => finish(true));
}

/** Raw headers of a message of Node as lines. */
export function headerLines(raw: readonly string[]): HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) lines.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return lines;
}
