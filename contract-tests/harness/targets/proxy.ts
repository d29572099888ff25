import type { Agent } from "node:http";
import type { SecureContextOptions } from "node:tls";
import { getProxyForUrl } from "proxy-from-env";
import { TargetError } from "./target-error.ts";

/** How an address is reached through a proxy. */
export interface HttpProxy {
  readonly url: URL;
  /** What `Proxy-Authorization` is sent with; undefined without user and password in the proxy's address. */
  readonly authorization?: string;
}

/**
 * The proxy by which `url` is reached, as `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say, in either case of
 * letters.
 *
 * @throws {TargetError} when it is no proxy that speaks HTTP
 */
export function proxyFor(url: string): HttpProxy | undefined {
  const found = getProxyForUrl(url);
  if (found === "") return undefined;
  const proxy = URL.canParse(found) ? new URL(found) : undefined;
  if (!proxy || !/^https?:$/.test(proxy.protocol))
    throw new TargetError(
      "The environment names a proxy that isn't an http URL: correct HTTP_PROXY and HTTPS_PROXY, or add the target to NO_PROXY.",
    );
  if (proxy.username === "") return { url: proxy };
  const pair = [proxy.username, proxy.password].map(decodeURIComponent).join(":");
  return { url: proxy, authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** Tunnels to secure targets (RFC 9110, section 9.3.6); loaded where there is a proxy. */
export async function tunnel({ url }: HttpProxy, tls: SecureContextOptions): Promise<Agent> {
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  return new HttpsProxyAgent(url, { ...tls, keepAlive: true, maxSockets: 64 });
}
