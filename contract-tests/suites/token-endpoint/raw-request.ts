import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** The answer's head, header names in lower case. */
  readonly head: string;
  readonly body: string;
  /** Milliseconds from the connection to the end of the answer. */
  readonly durationMs: number;
}

/**
 * Writes bytes as they are on a connection of its own and reads one answer, until its Content-Length is complete or
 * the server ends the connection.
 */
export function rawRequest(address: string, bytes: string | Uint8Array): Promise<RawAnswer> {
  const { port, hostname } = new URL(address);
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = "";
    const finish = () => {
      const { status, head, body } = parsed(received);
      socket.destroy();
      if (Number.isNaN(status))
        reject(new Error(`no HTTP answer but ${JSON.stringify(received.slice(0, 200))}`));
      else resolve({ status, head, body, durationMs: performance.now() - start });
    };
    socket.setEncoding("utf8");
    socket.write(bytes);
    socket.on("data", (data) => {
      // An interim answer (RFC 9110 section 15.2) only announces the one that counts.
      received = (received + data).replace(/^HTTP\/1\.1 1\d\d [^\r\n]*\r\n\r\n/, "");
      if (complete(received)) finish();
    });
    socket.on("end", finish);
    // The server answers and hangs up while we still write: what was answered counts.
    socket.on("error", finish);
  });
}

function parsed(received: string) {
  const end = received.indexOf("\r\n\r\n");
  const head = received
    .slice(0, Math.max(0, end))
    .replaceAll(/^[^:\r\n]+(?=:)/gm, (name) => name.toLowerCase());
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? Number.NaN),
    head,
    body: received.slice(end + 4),
  };
}

function complete(received: string): boolean {
  const { status, head, body } = parsed(received);
  if (Number.isNaN(status) || status < 200) return false;
  if (status === 204) return true;
  const length = /^content-length: (\d+)/m.exec(head)?.[1];
  if (length !== undefined) return Buffer.byteLength(body) >= Number(length);
  return body.endsWith("0\r\n\r\n");
}
