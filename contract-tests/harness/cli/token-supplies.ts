import type { Contract } from "../contract/contract.ts";
import { isObject, type JsonObject, objectOr, textOr } from "../contract/json-object.ts";
import { nearestName } from "../http/nearest-name.ts";
import type { TokenSupply } from "../run/fresh-tokens.ts";
import type { Target } from "../run/target.ts";
import { Oracle } from "../schema/oracle.ts";
import { clientCredentialsSupply } from "../targets/client-credentials.ts";
import { loginSupply } from "../targets/login.ts";
import type { ConfigFile } from "./config-file.ts";
import { UsageError } from "./usage-error.ts";

type Tokens = Pick<ConfigFile, "tokens"> & { readonly file: string };

/**
 * Where the tokens of the configuration file's `auth` come from, by scheme.
 *
 * @throws {UserError} when an entry can't work
 */
export function tokenSupplies(
  { tokens, file }: Tokens,
  contract: Contract,
  target: Target,
): ReadonlyMap<string, TokenSupply> {
  return new Map(
    [...tokens].map(([scheme, entry]) => {
      const written = `${file}: auth.${scheme}`;
      const kind = contract.securitySchemes.get(scheme)?.kind;
      if (kind === "basic")
        throw new UsageError(`${written}: a basic credential can't be fetched: write "user:password".`);
      return [scheme, supplyOf(entry, written, scheme, contract, target)] as const;
    }),
  );
}

function supplyOf(
  entry: JsonObject,
  written: string,
  scheme: string,
  contract: Contract,
  target: Target,
): TokenSupply {
  const { clientCredentials, login } = known(entry, ["clientCredentials", "login"], written);
  if (isObject(login)) {
    const own = `${written}.login`;
    const { operation, body, token, expiresIn } = known(
      login,
      ["operation", "body", "token", "expiresIn"],
      own,
    );
    const seconds = expiresIn === undefined ? undefined : pointer(expiresIn, "expiresIn", own);
    return loginSupply(contract, new Oracle(contract), target, {
      operation: needed(operation, "operation", own),
      ...(body === undefined ? {} : { body }),
      token: pointer(token, "token", own),
      ...(seconds === undefined ? {} : { expiresIn: seconds }),
      written: own,
    });
  }
  if (!isObject(clientCredentials))
    throw new UsageError(`${written} must be a string, or have "clientCredentials" or "login".`);
  const own = `${written}.clientCredentials`;
  const names = ["tokenUrl", "clientId", "clientSecret", "scope", "audience", "secretIn"];
  const { tokenUrl, clientId, clientSecret, scope, audience, secretIn } = known(
    clientCredentials,
    names,
    own,
  );
  if (secretIn !== undefined && secretIn !== "basic" && secretIn !== "post")
    throw new UsageError(`${own}: "secretIn" must be basic or post.`);
  return clientCredentialsSupply({
    tokenUrl: addressOf(tokenUrl ?? documentedTokenUrl(contract, scheme), target, own),
    clientId: needed(clientId, "clientId", own),
    clientSecret: needed(clientSecret, "clientSecret", own),
    ...(typeof scope === "string" ? { scope } : {}),
    ...(typeof audience === "string" ? { audience } : {}),
    ...(secretIn === undefined ? {} : { secretIn }),
  });
}

function known(entry: JsonObject, names: readonly string[], written: string): JsonObject {
  for (const name of Object.keys(entry)) {
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    throw new UsageError(
      `${written}: There is no setting ${name}: ${near === undefined ? `use ${names.join(", ")}.` : `did you mean ${near}?`}`,
    );
  }
  return entry;
}

function needed(value: unknown, name: string, written: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`${written} needs "${name}", a non-empty string.`);
}

function pointer(value: unknown, name: string, written: string): string {
  const text = needed(value, name, written);
  if (text.startsWith("/")) return text;
  throw new UsageError(
    `${written}: "${name}" must be a JSON Pointer, such as /access_token, but is ${text}.`,
  );
}

function documentedTokenUrl({ document, resolve }: Contract, scheme: string): unknown {
  const schemes = objectOr(objectOr(document["components"])["securitySchemes"]);
  if (!Object.hasOwn(schemes, scheme)) return undefined;
  const { value } = resolve(
    `/components/securitySchemes/${scheme.replaceAll("~", "~0").replaceAll("/", "~1")}`,
  );
  return objectOr(objectOr(objectOr(value)["flows"])["clientCredentials"])["tokenUrl"];
}

/** A documented address may be relative to the server's (OpenAPI 3.1, section 4.8.29.1). */
function addressOf(given: unknown, target: Target, written: string): string {
  const text = textOr(given);
  const base = target.address.replace(/\/?$/, "/");
  if (text !== undefined && URL.canParse(text, base)) return new URL(text, base).href;
  throw new UsageError(`${written} needs "tokenUrl": the document names none.`);
}

/** Every text that says who asks: for redaction. */
export function secretsOfTokens(tokens: ReadonlyMap<string, JsonObject>): readonly string[] {
  const texts = (value: unknown): readonly string[] => {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
  };
  return [...tokens.values()].flatMap((entry) => [
    ...texts(objectOr(entry["login"])["body"]),
    ...texts(objectOr(entry["clientCredentials"])["clientSecret"]),
  ]);
}
