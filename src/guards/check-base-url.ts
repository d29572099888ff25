import { ElevenLabsError } from "../errors/eleven-labs-error.ts";

/**
 * The address without trailing slashes. Only https: keeps the key from being read on the way; loopback has no way.
 *
 * @throws ElevenLabsError with code `invalid_configuration`
 */
export function checkBaseUrl(address: string, allowHttp: boolean | undefined): string {
  let url: URL | undefined;
  try {
    url = new URL(address);
  } catch {}
  if (
    url &&
    !/[@?#]/.test(address) &&
    (url.protocol === "https:" ||
      (url.protocol === "http:" &&
        (allowHttp || /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1])$/.test(url.hostname))))
  )
    return address.replace(/\/+$/, "");
  throw new ElevenLabsError({
    code: "invalid_configuration",
    message:
      "The base URL must be an absolute https: address without user, query or fragment (http: only on loopback or with dangerouslyAllowHttp).",
  });
}
