declare module "proxy-from-env" {
  /** The proxy that the environment names for an address; "" when it is reached without one. */
  export function getProxyForUrl(url: string | URL): string;
}
