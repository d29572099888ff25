import { InputError } from "../cli/input-error.ts";
import { readText, type SourceLimits } from "./read-text.ts";

const maximumRedirects = 5;

/**
 * Fetches a documented page: `https:` only, except from this machine; redirects are followed on the same host alone,
 * so that an address means what it says.
 *
 * @throws InputError with the address and what is wrong with it
 */
export async function fetchPage(given: string, limits: SourceLimits): Promise<string> {
  // One deadline for everything: connecting, redirects and the body.
  const deadline = AbortSignal.timeout(limits.milliseconds);
  // What messages show: a password must not end up in a log, not even that of an address that is refused.
  const address = given.replace(/\/\/[^/?#]*@/, "//…@");
  let url = allowedAddress(address, given);
  try {
    for (let redirects = 0; redirects <= maximumRedirects; redirects += 1) {
      const response = await fetch(url, {
        redirect: "manual",
        signal: deadline,
        headers: { accept: "text/markdown, text/plain;q=0.9, */*;q=0.1" },
      });
      const location =
        response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
      if (location === null) return await textOf(address, response, limits.bytes);
      await response.body?.cancel();
      const next = URL.canParse(location, url) ? new URL(location, url).href : location;
      const target = allowedAddress(address, next, true);
      if (target.host !== url.host)
        throw new InputError(
          `${address}: redirects to another host, ${target.host}; give the address you mean.`,
        );
      url = target;
    }
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(unreachable(address, error, limits));
  }
  throw new InputError(
    `${address}: redirects more than ${maximumRedirects} times, perhaps in a circle; give the page's own address.`,
  );
}

async function textOf(address: string, response: Response, bytes: number): Promise<string> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new InputError(`${address}: answered ${response.status}; check the address in a browser.`);
  }
  if (/^text\/html\b/i.test(response.headers.get("content-type") ?? "")) {
    await response.body?.cancel();
    throw new InputError(
      `${address}: answered HTML, not markdown; give the page's markdown form (its address + ".md").`,
    );
  }
  return readText(address, chunksOf(response.body), bytes);
}

/** An absent body is an empty page, which is refused later for having no OpenAPI block. */
async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  try {
    for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read())
      yield next.value;
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

function allowedAddress(shown: string, address: string, isRedirect = false): URL {
  if (!URL.canParse(address))
    throw new InputError(`${shown}: ${isRedirect ? "redirects to an invalid" : "not a valid"} address.`);
  const url = new URL(address);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback))
    throw new InputError(
      `${shown}: ${isRedirect ? `redirects to ${url.protocol} and ` : ""}only https: is allowed, since a page decides what code is generated.`,
    );
  if (url.username !== "" || url.password !== "")
    throw new InputError(`${shown}: the address must not contain credentials; documented pages are public.`);
  return url;
}

function unreachable(address: string, error: unknown, limits: SourceLimits): string {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError"))
    return `${address}: not received within ${limits.milliseconds / 1000} s; try again, or save the page and import the file.`;
  // undici's fetch tells the reason in `cause`.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason =
    cause instanceof Error ? ("code" in cause ? String(cause.code) : cause.message) : String(cause);
  return `${address}: can't be reached (${reason}); check the address and the network.`;
}
