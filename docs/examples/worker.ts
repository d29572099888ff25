import { ElevenLabsClient } from "elevenlabs-single-use-token";
import { createTokenEndpoint, type TokenEndpoint } from "elevenlabs-single-use-token/token-endpoint";
import { verify } from "hono/jwt";

export interface Env {
  /** `wrangler secret put ELEVENLABS_API_KEY` */
  readonly ELEVENLABS_API_KEY: string;
  /** Signs the JSON Web Tokens that your sign-in hands out. */
  readonly SESSION_SECRET: string;
  readonly APP_ORIGIN: string;
  /** Another address than the provider's own, for tests. */
  readonly ELEVENLABS_BASE_URL?: string;
}

let tokenEndpoint: TokenEndpoint | undefined;

function createEndpoint(env: Env): TokenEndpoint {
  return createTokenEndpoint({
    client: new ElevenLabsClient({ apiKey: env.ELEVENLABS_API_KEY, baseUrl: env.ELEVENLABS_BASE_URL }),
    tokenTypes: ["realtime_scribe"],
    allowedOrigins: [env.APP_ORIGIN],
    async authorize(request) {
      const session = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
      const { sub } = await verify(session, env.SESSION_SECRET, "HS256");
      return typeof sub === "string" ? { id: sub } : null;
    },
  });
}

// The flag enable_request_signal lets the endpoint notice when a caller leaves.
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (new URL(request.url).pathname !== "/api/single-use-token") return new Response(null, { status: 404 });
    tokenEndpoint ??= createEndpoint(env);
    return tokenEndpoint(request);
  },
};
