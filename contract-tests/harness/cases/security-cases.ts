import type { Parameter } from "../contract/contract.ts";
import {
  type Alternative,
  chosenSecurity,
  credentialsFor,
  isGiven,
  merged,
  placeholderCredential,
  supportedAlternatives,
  withoutAnyCredential,
  withoutCredentials,
  wrongCredential,
} from "../wire/credentials.ts";
import { type RequestParts, withParameter } from "../wire/request-parts.ts";
import { noCredentials } from "../wire/scheme-form.ts";
import { security } from "../wire/security.ts";
import type { CaseCollector } from "./case-collector.ts";
import { otherValue } from "./other-value.ts";

const wrong = { keyword: "security", in: "security", name: "wrong" } as const;
/** Where no right one is known, nobody can say that a wrong one is taken for it. */
const madeUp = { ...wrong, name: "made-up" } as const;

/**
 * Where security is declared and not optional: no credential, and one that nobody has given out. Of schemes that go
 * together, each one alone is missing and wrong too, for a server may be content with the others; of alternatives, each
 * one is wrong, and right where the caller gives it.
 */
export function addSecurityCases(collector: CaseCollector, base: RequestParts): void {
  const { contract, operation, options } = collector;
  addWrongParameters(collector, base);
  const schemes = chosenSecurity(contract, operation, options.headers, options.secrets);
  if (!schemes || operation.security.some((names) => names.length === 0)) return;
  const own = withoutAnyCredential(contract, operation, options.headers);
  const deviation = (name: string) =>
    ({ pointer: operation.securityPointer, keyword: "security", in: "security", name }) as const;
  collector.rejected(
    "no credential",
    { ...base, credentials: { ...noCredentials, headers: own } },
    deviation("missing"),
  );
  collector.rejected(
    "wrong credential",
    { ...base, credentials: credentialsFor(contract, operation, schemes, own, wrongCredential) },
    deviation("wrong"),
  );
  addAlternatives(collector, base, schemes);
  if (schemes.length < 2) return;
  for (const [index, scheme] of schemes.entries()) {
    const others = schemes.filter((other) => other !== scheme);
    const satisfied = operation.security.some((names) =>
      names.every((name) => others.some((other) => other === contract.securitySchemes.get(name))),
    );
    if (satisfied) continue; // the others are an alternative of their own
    const rest = withoutCredentials([scheme], options.headers);
    const right = credentialsFor(contract, operation, others, rest, placeholderCredential, options.secrets);
    const place = `${index + 1} of ${schemes.length}`;
    collector.rejected(`no credential ${place}`, { ...base, credentials: right }, deviation("missing"));
    collector.rejected(
      `wrong credential ${place}`,
      { ...base, credentials: merged([right, security(scheme).write(wrongCredential)]) },
      deviation("wrong"),
    );
  }
}

/** The alternatives beside the one that requests usually go by. */
function addAlternatives(collector: CaseCollector, base: RequestParts, chosen: Alternative): void {
  const { contract, operation, options } = collector;
  const { headers, secrets } = options;
  const own = withoutAnyCredential(contract, operation, headers);
  const others = supportedAlternatives(contract, operation).filter(
    (schemes) => schemes.length !== chosen.length || schemes.some((scheme) => !chosen.includes(scheme)),
  );
  for (const [index, schemes] of others.entries()) {
    const place = `alternative ${index + 2}`;
    if (schemes.every((scheme) => isGiven(scheme, headers, secrets)))
      collector.accepted("coverage", `valid by ${place}`, {
        ...base,
        credentials: credentialsFor(contract, operation, schemes, headers, placeholderCredential, secrets),
      });
    collector.rejected(
      `wrong credential by ${place}`,
      { ...base, credentials: credentialsFor(contract, operation, schemes, own, wrongCredential) },
      { ...wrong, pointer: operation.securityPointer },
    );
  }
}

/** Credentials that are documented as parameters: a server that takes any is as open as one that takes none. */
function addWrongParameters(collector: CaseCollector, base: RequestParts): void {
  const { contract, operation, oracle } = collector;
  const schemes = operation.security.flat().flatMap((name) => contract.securitySchemes.get(name) ?? []);
  const isScheme = (parameter: Parameter) =>
    schemes.some(
      (scheme) =>
        scheme.kind === "apiKey" &&
        scheme.in === parameter.in &&
        scheme.name.toLowerCase() === parameter.name.toLowerCase(),
    );
  for (const parameter of operation.parameters) {
    if (!parameter.credential || !parameter.required || parameter.in === "cookie" || isScheme(parameter))
      continue;
    const { schema } = parameter;
    const value =
      schema === undefined || oracle.accepts(schema, "request", wrongCredential)
        ? wrongCredential
        : otherValue(oracle, schema, base.parameters.get(parameter), 7);
    if (value === undefined) continue;
    const headers = base.credentials.headers.filter(
      ([name]) => parameter.in !== "header" || name.toLowerCase() !== parameter.name.toLowerCase(),
    );
    const parts = { ...base, credentials: { ...base.credentials, headers } };
    collector.rejected(`${parameter.name} wrong`, withParameter(parts, parameter, value), {
      ...(collector.isOwn(parameter) || collector.given(parameter) ? wrong : madeUp),
      pointer: parameter.pointer,
    });
  }
  if (!operation.asksForAuthorization || schemes.length > 0) return;
  const others = base.credentials.headers.filter(([name]) => name.toLowerCase() !== "authorization");
  const headers = [...others, ["authorization", `Bearer ${wrongCredential}`] as const];
  collector.rejected(
    "Authorization wrong",
    { ...base, credentials: { ...base.credentials, headers } },
    {
      ...(collector.options.headers.some(([name]) => name.toLowerCase() === "authorization")
        ? wrong
        : madeUp),
      pointer: operation.pointer,
    },
  );
}
