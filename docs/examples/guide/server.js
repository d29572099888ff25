import { randomUUID } from "node:crypto";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { ElevenLabsClient } from "elevenlabs-single-use-token";
import { createTokenEndpoint } from "elevenlabs-single-use-token/token-endpoint";
import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const provider = process.env.PROVIDER ?? "https://api.elevenlabs.io";
const limiter = new RateLimiterMemory({ points: 10, duration: 60 });
/** Stands for the sessions that your application has: names by session id. */
const sessions = new Map();
const visitorOf = (request) =>
  sessions.get(/(?:^|;\s*)session=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1]);

const tokenEndpoint = createTokenEndpoint({
  // Reads the key from ELEVENLABS_API_KEY.
  client: new ElevenLabsClient({ baseUrl: provider }),
  tokenTypes: ["realtime_scribe"],
  // One page, but two origins to a browser.
  allowedOrigins: ["http://localhost:3000", "http://127.0.0.1:3000"],

  authorize(request) {
    const visitor = visitorOf(request);
    return visitor === undefined ? null : { id: visitor };
  },

  async rateLimit({ id }) {
    try {
      await limiter.consume(id);
      return undefined;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return { retryAfterSeconds: refusal.msBeforeNext / 1000 };
      throw refusal;
    }
  },

  onEvent({ outcome, status, instance, upstream }) {
    if (status >= 400) console.error(`token endpoint: ${status} ${outcome}`, instance, upstream ?? "");
  },
});

const app = new Hono();
app.all("/api/single-use-token", (context) => tokenEndpoint(context.req.raw));

// Signing in: yours will ask for more than a name.
app.post("/session", async (context) => {
  const { name } = await context.req.parseBody();
  if (typeof name !== "string" || name.trim() === "") return context.json({ name: null }, 422);
  const id = randomUUID();
  sessions.set(id, name);
  setCookie(context, "session", id, { httpOnly: true, sameSite: "Strict" });
  return context.json({ name });
});

app.get("/config.json", (context) => context.json({ baseUri: provider.replace(/^http/, "ws") }));
const library = "node_modules/@elevenlabs/client";
app.get("/elevenlabs-client.js", serveStatic({ path: `${library}/dist/lib.iife.js` }));
app.get("/scribe-audio-processor.js", serveStatic({ path: `${library}/worklets/scribeAudioProcessor.js` }));
app.get("*", serveStatic({ root: "page" }));

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 3000 }, () => {
  console.log("Open http://localhost:3000");
});
