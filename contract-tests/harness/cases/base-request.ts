import type { MediaType, Parameter } from "../contract/contract.ts";
import { sameShape } from "../contract/match-operation.ts";
import type { Oracle } from "../schema/oracle.ts";
import { validValue } from "../schema/valid-value.ts";
import { documentedFamily, whyBodyNotJudged, writeBody } from "../wire/body.ts";
import { chosenSecurity, credentialsFor, merged, placeholderCredential } from "../wire/credentials.ts";
import { mayBeNothing, propertyNames } from "../wire/raw-parameter.ts";
import { buildRequest, type RequestParts } from "../wire/request-parts.ts";
import { type Credentials, noCredentials } from "../wire/scheme-form.ts";
import { withMembers } from "./caller-values.ts";
import type { CaseCollector } from "./case-collector.ts";
import { bodyExample, parameterExample } from "./example-value.ts";

/** The smallest valid request of the operation; undefined, and told why, when none can be made. */
export function baseRequest(collector: CaseCollector): RequestParts | undefined {
  const { operation, oracle } = collector;
  const parameters = new Map<Parameter, unknown>();
  for (const parameter of operation.parameters.filter((p) => p.required || collector.given(p))) {
    const made = parameterValue(collector, parameter);
    if (!made) {
      if (mayBeNothing(oracle, parameter)) continue;
      collector.skip(
        parameter.pointer,
        `no request could be made: no valid value was found for the ${parameter.in} parameter ${parameter.name}`,
      );
      return undefined;
    }
    parameters.set(parameter, made.value);
  }
  const { requestBody } = operation;
  const body = requestBody?.required ? firstBody(collector, requestBody.contents) : undefined;
  if (requestBody?.required && !body) {
    const names = requestBody.contents.map(({ name }) => name).join(" or ") || "no media type";
    collector.skip(requestBody.pointer, `no request could be made: no valid body was found (${names})`);
    return undefined;
  }
  const parts = { parameters, credentials: usualCredentials(collector), ...(body ? { body } : {}) };
  if (buildRequest(oracle, operation, parts)) return parts;
  collector.skip(operation.pointer, "no request could be built from valid values");
  return undefined;
}

/** Exactly one alternative of what the operation asks for, and the caller's own headers. */
function usualCredentials(collector: CaseCollector): Credentials {
  const { operation, contract, options } = collector;
  const schemes = chosenSecurity(contract, operation, options.headers, options.secrets);
  if (!schemes && operation.security.length > 0 && operation.security.every((names) => names.length > 0)) {
    collector.skip(
      operation.securityPointer,
      "its security schemes aren't supported: requests are sent without credentials",
    );
  }
  const credentials = credentialsFor(
    contract,
    operation,
    schemes ?? [],
    options.headers,
    placeholderCredential,
    options.secrets,
  );
  const isAuthorized = credentials.headers.some(([name]) => name.toLowerCase() === "authorization");
  if (!operation.asksForAuthorization || isAuthorized || schemes) return credentials;
  const line = ["authorization", `Bearer ${placeholderCredential}`] as const;
  return merged([credentials, { ...noCredentials, headers: [line] }]);
}

/** Where the empty list or object is valid, which can't be written: the simplest that can. */
function simplestWritable(oracle: Oracle, schema: string): readonly unknown[] {
  if (![[], {}].some((empty) => oracle.accepts(schema, "request", empty))) return [];
  const names = [...propertyNames(oracle, schema), "key"];
  const values = ["text", 1, true];
  // Documented members come before made-up ones.
  return [
    ...values.map((value) => [value]),
    ...names.flatMap((name) => values.map((value) => ({ [name]: value }))),
  ];
}

/** A valid value that arrives as it was meant: the caller's, or else the document's examples first. */
export function parameterValue(
  collector: CaseCollector,
  parameter: Parameter,
): { readonly value: unknown } | undefined {
  const { oracle, operation, options, paths } = collector;
  const given = collector.given(parameter);
  if (given) return given;
  const own =
    parameter.in === "header"
      ? options.headers.find(([name]) => name.toLowerCase() === parameter.name.toLowerCase())
      : undefined;
  if (own) return { value: own[1] };
  const examples = parameter.examples.map(
    (example) => (parameterExample(oracle, parameter, example) ?? example).value,
  );
  if (parameter.credential) examples.push(placeholderCredential);
  if (parameter.schema === undefined) return { value: examples[0] ?? "text" };
  const alone = { ...operation, path: parameter.in === "path" ? `/{${parameter.name}}` : "/" };
  const arrives = (value: unknown) => {
    const request = buildRequest(oracle, alone, {
      parameters: new Map([[parameter, value]]),
      credentials: noCredentials,
    });
    if (value === "" || !request) return false;
    if (parameter.in !== "path") return true;
    // A value may be another documented path's own: "/things/new" isn't the thing called "new".
    const path = operation.path
      .replace(`{${parameter.name}}`, request.path.slice(1))
      .replace(/\{[^{}]+\}/g, "~");
    const match = paths.match(path);
    return match !== undefined && sameShape(match.path, operation.path);
  };
  const simplest = simplestWritable(oracle, parameter.schema);
  return validValue(oracle, parameter.schema, {
    examples: [...examples, ...simplest],
    also: arrives,
  });
}

function firstBody(collector: CaseCollector, contents: readonly MediaType[]): RequestParts["body"] {
  for (const mediaType of contents) {
    const body = bodyValue(collector, mediaType, false);
    if (body) return body;
  }
  return undefined;
}

/** A valid body of the media type: an example or else the smallest, or with every optional property. */
export function bodyValue(
  { oracle, options }: CaseCollector,
  mediaType: MediaType,
  optional: boolean,
  withExamples = !optional,
): RequestParts["body"] {
  const context = { oracle, mediaType };
  const family = documentedFamily(mediaType.name)?.name;
  const isJudged = whyBodyNotJudged(context) === undefined && family !== "binary";
  const documented = withExamples ? mediaType.examples : [];
  const examples = documented.map((example) => {
    const meant = isJudged ? bodyExample(oracle, mediaType, mediaType.schema, example) : undefined;
    return (meant ?? example).value;
  });
  if (whyBodyNotJudged(context) !== undefined) {
    const text = examples.find((value) => typeof value === "string");
    return text === undefined ? undefined : { mediaType, value: text };
  }
  if (family === "binary")
    return { mediaType, value: typeof examples[0] === "string" ? examples[0] : "contract-tests" };
  if (mediaType.schema === undefined)
    return { mediaType, value: examples[0] ?? (family === "text" ? "contract-tests" : {}) };
  // An empty form is no body.
  const simplest = family === "form" && !optional ? simplestWritable(oracle, mediaType.schema) : [];
  const made = validValue(oracle, mediaType.schema, {
    examples: [...examples, ...simplest],
    optional,
    also: (value) => (writeBody(context, value)?.body.length ?? 0) > 0,
  });
  return made && { mediaType, value: withMembers(oracle, mediaType.schema, made.value, options.given) };
}
