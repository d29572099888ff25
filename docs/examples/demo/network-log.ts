import type { Page } from "playwright-core";

/** Everything that a page sent and received, as text: addresses, headers, bodies, WebSocket frames. */
export interface NetworkLog {
  readonly lines: readonly string[];
  /** Resolves when what was under way has been written down. */
  settled(): Promise<void>;
}

export function networkLog(page: Page): NetworkLog {
  const lines: string[] = [];
  const pending = new Set<Promise<void>>();
  const write = (entry: Promise<string>) => {
    const written = entry
      .then(
        (line) => void lines.push(line),
        (error: unknown) => void lines.push(`not readable: ${error}`),
      )
      .finally(() => pending.delete(written));
    pending.add(written);
  };

  page.on("request", (request) => {
    write(
      request.allHeaders().then((headers) => {
        return `> ${request.method()} ${request.url()} ${JSON.stringify(headers)} ${request.postData() ?? ""}`;
      }),
    );
  });
  page.on("response", (response) => {
    write(
      Promise.all([response.allHeaders(), response.text().catch(() => "")]).then(([headers, body]) => {
        return `< ${response.status()} ${response.url()} ${JSON.stringify(headers)} ${body}`;
      }),
    );
  });
  page.on("websocket", (socket) => {
    lines.push(`> WebSocket ${socket.url()}`);
    socket.on("framesent", ({ payload }) => lines.push(`> ${payload}`));
    socket.on("framereceived", ({ payload }) => lines.push(`< ${payload}`));
  });
  page.on("console", (message) => lines.push(`console ${message.text()}`));

  return {
    lines,
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}
