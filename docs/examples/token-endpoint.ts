import { ElevenLabsClient } from "elevenlabs-single-use-token";
import { createTokenEndpoint } from "elevenlabs-single-use-token/token-endpoint";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { visitorOf } from "./sessions.ts";

const limiter = new RateLimiterMemory({ points: 10, duration: 60 });

export const tokenEndpoint = createTokenEndpoint({
  // Reads the key from ELEVENLABS_API_KEY.
  client: new ElevenLabsClient(),
  tokenTypes: ["realtime_scribe"],
  allowedOrigins: ["http://localhost:3000", "https://app.example"],

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
