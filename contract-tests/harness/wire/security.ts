import type { SecurityScheme } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";
import { apiKeyScheme } from "./api-key-scheme.ts";
import { basicScheme, bearerScheme } from "./authorization-scheme.ts";
import { type Carrier, type Credentials, noCredentials, type SchemeForm } from "./scheme-form.ts";

/** Nothing is known of such a scheme: the contract's reader has told that it isn't judged. */
const unsupportedScheme: SchemeForm<unknown> = {
  write: () => noCredentials,
  isCarried: () => true,
  without: (_, headers) => headers,
};

/** A scheme of a contract, with the form of its kind. */
export interface Security {
  write(secret: string): Credentials;
  isCarried(request: Carrier): boolean;
  without(headers: readonly HeaderLine[]): readonly HeaderLine[];
}

export function security(scheme: SecurityScheme): Security {
  switch (scheme.kind) {
    case "apiKey":
      return bind(apiKeyScheme, scheme);
    case "basic":
      return bind(basicScheme, scheme);
    case "bearer":
      return bind(bearerScheme, scheme);
    default:
      return bind(unsupportedScheme, scheme);
  }
}

function bind<Scheme>(form: SchemeForm<Scheme>, scheme: Scheme): Security {
  return {
    write: (secret) => form.write(scheme, secret),
    isCarried: (request) => form.isCarried(scheme, request),
    without: (headers) => form.without(scheme, headers),
  };
}
