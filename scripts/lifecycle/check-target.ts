import { tokensNeeded } from "../../contract-tests/suites/lifecycle/judge-lifecycle.ts";
import { InputError } from "../cli/input-error.ts";

/**
 * The base URL to judge, without a trailing slash.
 *
 * @throws {InputError} when it is no URL, would carry the key unencrypted, or is somebody else's and writes weren't allowed.
 */
export function checkTarget(target: string, allowWrites: boolean): string {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new InputError(
      `--target takes a base URL such as https://api.elevenlabs.io, not ${JSON.stringify(target)}.`,
    );
  }
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (!loopback && url.protocol === "http:") {
    throw new InputError(`--target ${url.origin} would carry the key unencrypted; use https.`);
  }
  if (!loopback && !allowWrites) {
    throw new InputError(
      `${url.origin} would mint ${tokensNeeded} tokens; add --allow-writes to allow that.`,
    );
  }
  return url.origin + url.pathname.replace(/(?<!\/)\/+$/, "");
}
