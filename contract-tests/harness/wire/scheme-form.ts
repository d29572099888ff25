import type { HeaderLine, HttpRequest } from "../http/message.ts";

/** Where credentials stand in a request. */
export interface Credentials {
  readonly headers: readonly HeaderLine[];
  readonly query: readonly (readonly [string, string])[];
  readonly cookies: readonly (readonly [string, string])[];
}

export const noCredentials: Credentials = { headers: [], query: [], cookies: [] };

/** The parts of a request in which credentials stand. */
export type Carrier = Pick<HttpRequest, "headers" | "path">;

/** One kind of security scheme, in both directions. */
export interface SchemeForm<Scheme> {
  /** The part of a request that carries `secret`. */
  write(scheme: Scheme, secret: string): Credentials;
  /** True when the request carries a credential of the scheme, right or wrong. */
  isCarried(scheme: Scheme, request: Carrier): boolean;
  /** The headers without what fulfils the scheme. */
  without(scheme: Scheme, headers: readonly HeaderLine[]): readonly HeaderLine[];
}
