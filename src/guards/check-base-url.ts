import { refusal } from "../errors/refusal.ts";

/**
 * The address without trailing slashes. https: keeps the key from being read on the way; loopback has no way.
 *
 * @throws ApiError with code `invalid_configuration`
 */
export function checkBaseUrl(address: string, allowHttp: boolean | undefined): string {
  const isSafe = /^https:|^http:\/\/(([^/]+\.)?localhost|127(\.\d+){3}|\[::1])(:\d+)?\//;
  try {
    const { protocol, href } = new URL(address);
    if ((isSafe.test(href) || (allowHttp && protocol === "http:")) && !/[@?#\s]/.test(address))
      return address.replace(/(?<!\/)\/+$/, "");
  } catch {}
  throw refusal(
    "configuration",
    "The base URL must be https: or on loopback (see dangerouslyAllowHttp), without user, query, fragment or spaces.",
  );
}
