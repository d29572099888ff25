import type { TokenEndpointOptions } from "./token-endpoint-options.ts";

/** Every option, so that a misspelt one isn't ignored: without `rateLimit` there is no limit. */
const optionNames: Readonly<Record<keyof TokenEndpointOptions, true>> = {
  client: true,
  authorize: true,
  tokenTypes: true,
  allowedOrigins: true,
  allowCredentials: true,
  allowedHeaders: true,
  rateLimit: true,
  upstreamTimeoutInSeconds: true,
  hookTimeoutInSeconds: true,
  bodyTimeoutInSeconds: true,
  challenge: true,
  onEvent: true,
};

/**
 * Finds what is wrong with the options when the endpoint is created, not when somebody requests a token.
 *
 * @throws {TypeError} with one sentence that names the option and how to fix it.
 */
export function checkOptions(options: TokenEndpointOptions): void {
  // Callers in plain JavaScript pass anything, so nothing of the declared types is taken for granted here.
  const given: Partial<Record<keyof TokenEndpointOptions, unknown>> = options ?? {};

  for (const name in given) {
    if (!Object.hasOwn(optionNames, name))
      throw new TypeError(
        `createTokenEndpoint: there is no option ${JSON.stringify(name)}; use: ${Object.keys(optionNames).join(", ")}.`,
      );
  }
  const { client } = options ?? {};
  if (typeof client?.tokens?.singleUse?.create !== "function") {
    fail("client", "must be a client that has tokens.singleUse.create()");
  }
  if (typeof given.authorize !== "function") {
    fail(
      "authorize",
      "must be a function that authenticates the request; without it, anyone could get a token",
    );
  }
  if (!isStrings(given.tokenTypes) || given.tokenTypes.length === 0) {
    fail("tokenTypes", "must list at least one token type");
  }
  if (!isStrings(given.allowedOrigins)) {
    fail("allowedOrigins", 'must list the origins of your pages, such as "https://app.example"');
  }
  for (const origin of given.allowedOrigins) checkOrigin(origin);
  for (const name of ["upstreamTimeoutInSeconds", "bodyTimeoutInSeconds", "hookTimeoutInSeconds"] as const) {
    const seconds = given[name];
    if (seconds !== undefined && !(typeof seconds === "number" && seconds > 0 && seconds <= 3600)) {
      fail(name, "must be a number of seconds above 0 and at most 3600");
    }
  }
  if (
    given.allowedHeaders !== undefined &&
    !(isStrings(given.allowedHeaders) && given.allowedHeaders.every((name) => headerName.test(name)))
  ) {
    fail("allowedHeaders", "must be a list of header names");
  }
  if (
    given.challenge !== undefined &&
    !(typeof given.challenge === "string" && headerValue.test(given.challenge))
  ) {
    fail("challenge", 'must be a value for WWW-Authenticate in printable ASCII, such as "Bearer"');
  }
  if (given.allowCredentials !== undefined && typeof given.allowCredentials !== "boolean") {
    fail("allowCredentials", "must be true or false");
  }
  for (const name of ["rateLimit", "onEvent"] as const) {
    if (given[name] !== undefined && typeof given[name] !== "function") fail(name, "must be a function");
  }
}

/** RFC 9110 §5.6.2 and §5.5, of which only printable ASCII is safe everywhere. */
const headerName = /^[!#$%&'*+.^_`|~\w-]+$/;
const headerValue = /^[!-~](?:[ -~]*[!-~])?$/;

function checkOrigin(origin: string): void {
  if (origin === "*" || origin === "null") {
    fail("allowedOrigins", `must not contain ${JSON.stringify(origin)}, which would admit anyone's pages`);
  }
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if ((url?.protocol !== "https:" && url?.protocol !== "http:") || url.hostname.includes("*")) {
    fail(
      "allowedOrigins",
      `contains ${JSON.stringify(origin)}, which isn't an origin such as "https://app.example"`,
    );
  }
  if (url.origin !== origin) {
    fail(
      "allowedOrigins",
      `contains ${JSON.stringify(origin)}, which browsers write as ${JSON.stringify(url.origin)}`,
    );
  }
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function fail(option: keyof TokenEndpointOptions, problem: string): never {
  throw new TypeError(`createTokenEndpoint: ${option} ${problem}.`);
}
