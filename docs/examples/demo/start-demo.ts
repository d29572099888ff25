import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import type { ElevenLabsClient } from "../../../src/index.ts";
import { ServeError } from "../../../src/simulator/serve.ts";
import { createTokenEndpoint } from "../../../src/token-endpoint/index.ts";
import { DemoSessions } from "./demo-sessions.ts";

export interface DemoOptions {
  readonly client: ElevenLabsClient;
  /** Where the page opens its sockets: `wss://api.elevenlabs.io` or a simulator's. */
  readonly socketAddress: string;
  /** The folder of the package `@elevenlabs/client`, whose files the page is given. */
  readonly library: string;
  /** 0, the default, lets the system choose a free port. */
  readonly port?: number;
  /** Tokens that an address may have in a minute, whatever name its visitors sign in by; 10 by default. */
  readonly tokensPerMinute?: number;
}

export interface Demo {
  readonly address: string;
  close(): Promise<void>;
}

const tokenPath = "/api/single-use-token";
const ownFiles = ["index.html", "style.css", "app.js", "get-token.js", "open-transcription.js"];
const libraryFiles: Readonly<Record<string, string>> = {
  "elevenlabs-client.js": "dist/lib.iife.js",
  "scribe-audio-processor.js": "worklets/scribeAudioProcessor.js",
};
const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

/**
 * Serves the demo on loopback: a page, a way to sign in, and the token endpoint.
 *
 * @throws {ServeError} when the port can't be had.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  // The address is known once the port is: requests come later than that.
  const server = createServer(
    getRequestListener((request, bindings) => app.fetch(request, bindings), { overrideGlobalObjects: false }),
  );
  const address = await listening(server, options.port ?? 0);

  const files = new Map<string, string>([
    ...ownFiles.map((file) => [file, fileURLToPath(new URL(`page/${file}`, import.meta.url))] as const),
    ...Object.entries(libraryFiles).map(([file, path]) => [file, join(options.library, path)] as const),
  ]);
  const sessions = new DemoSessions();
  const limiter = new RateLimiterMemory({ points: options.tokensPerMinute ?? 10, duration: 60 });
  const tokenEndpoint = createTokenEndpoint({
    client: options.client,
    tokenTypes: ["realtime_scribe"],
    // The same page to a visitor, another origin to a browser.
    allowedOrigins: [address, address.replace("127.0.0.1", "localhost")],
    authorize(request) {
      const visitor = sessions.visitorOf(request);
      return visitor === undefined ? null : { id: visitor.address };
    },
    rateLimit: ({ id }) =>
      limiter.consume(id).then(
        () => undefined,
        ({ msBeforeNext }: RateLimiterRes) => ({ retryAfterSeconds: msBeforeNext / 1000 }),
      ),
  });

  app.all(tokenPath, (context) => tokenEndpoint(context.req.raw));
  app.get("/config.json", (context) => context.json({ tokenPath, socketAddress: options.socketAddress }));
  app.get("/session", (context) => context.json({ name: sessions.visitorOf(context.req.raw)?.name ?? null }));
  app.post("/session", async (context) => {
    const { name } = await context.req.parseBody();
    if (typeof name !== "string" || name.trim() === "") return context.json({ name: null }, 422);
    const address = context.env.incoming.socket.remoteAddress ?? "unknown";
    return context.json({ name }, 200, { "set-cookie": sessions.signIn({ name, address }) });
  });
  app.delete("/session", (context) =>
    context.json({ name: null }, 200, { "set-cookie": sessions.signOut(context.req.raw) }),
  );
  app.get("/", (context) => context.redirect("/index.html"));
  app.get("/:file", async (context) => {
    const file = context.req.param("file");
    const path = files.get(file);
    if (path === undefined) return context.notFound();
    return context.body(await readFile(path, "utf8"), 200, {
      "content-type": mediaTypes[extname(file)] ?? "application/octet-stream",
      "content-security-policy": `default-src 'self'; img-src data:; connect-src 'self' ${options.socketAddress}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      "x-content-type-options": "nosniff",
    });
  });

  // Hono would print a stack trace, also of a visitor who left in the middle of a request or sent half a form.
  app.onError((error, context) => {
    if (!context.req.raw.signal.aborted) console.error(`demo: ${context.req.path}: ${error.message}`);
    return context.json({ problem: "The request could not be read." }, 400);
  });

  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: ReturnType<typeof createServer>, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is already in use" : `can't be had (${error.code})`;
      reject(new ServeError(`Port ${port} on 127.0.0.1 ${why}; choose another with --port.`));
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : port}`);
    });
  });
}
