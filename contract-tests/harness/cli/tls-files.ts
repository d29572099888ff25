import type { TlsFiles } from "../targets/tls-settings.ts";
import type { GivenSettings } from "./settings.ts";

/** Certificates and keys among the settings. */
export function tlsFiles({ ca, cert, key, insecure }: GivenSettings): TlsFiles {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(insecure ? { insecure } : {}),
  };
}
