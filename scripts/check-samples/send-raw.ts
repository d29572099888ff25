import { connect } from "node:net";
import type { WireForm } from "./wire-forms.ts";

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends a request byte by byte as its client does, and reads the answer of one connection. */
export function sendRaw(address: string, path: string, { headers, body = "" }: WireForm): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(address);
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...headers.map((line) => line.replace("{key}", "key")),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = "";
    const end = (): void => {
      socket.destroy();
      const [start = "", ...rest] = received.split("\r\n\r\n");
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(start)?.[1] ?? 0), body: rest.join("\r\n\r\n") });
    };
    socket.setTimeout(5_000, end);
    socket.setEncoding("utf8");
    socket.on("data", (data) => {
      received += data;
      // Both servers answer with one JSON object.
      const headEnd = received.indexOf("\r\n\r\n");
      if (headEnd !== -1 && received.includes("}", headEnd)) end();
    });
    socket.on("close", end);
    socket.on("error", reject);
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
