import type { HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";

/** Who is asked. A target sends a request as it stands: no retry, no redirect followed, no header added but Host. */
export interface Target {
  readonly kind: "prism" | "url" | "simulator" | "har";
  /** Base URL, or the file's name for recorded traffic; shown in reports. */
  readonly address: string;
  send(request: HttpRequest, options: SendOptions): Promise<SendResult>;
  /** Frees sockets and servers; safe to call twice. */
  close(): Promise<void>;
}

export interface SendOptions {
  /** Milliseconds from first byte sent to last byte received, after which the result is a TIMEOUT failure. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type SendResult = { readonly response: HttpResponse } | { readonly failure: TransportFailure };
