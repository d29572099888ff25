/** The package's entry `token-endpoint`. */
export { createTokenEndpoint, type TokenEndpoint } from "./create-token-endpoint.ts";
export type {
  Authorization,
  Caller,
  TokenClient,
  TokenEndpointEvent,
  TokenEndpointOptions,
} from "./token-endpoint-options.ts";
