import {
  credentialsFor,
  noCredentials,
  supportedSecurity,
  withoutCredentials,
  wrongCredential,
} from "../wire/credentials.ts";
import type { RequestParts } from "../wire/request-parts.ts";
import type { CaseCollector } from "./case-collector.ts";

/**
 * Where security is declared and not optional: no credential, and one that nobody has given out. Of schemes that go
 * together, each one alone is missing and wrong too, for a server may be content with the others.
 */
export function addSecurityCases(collector: CaseCollector, base: RequestParts): void {
  const { contract, operation, options } = collector;
  const schemes = supportedSecurity(contract, operation);
  if (!schemes || operation.security.some((names) => names.length === 0)) return;
  const own = withoutCredentials(schemes, options.headers);
  const deviation = (name: string) =>
    ({ pointer: operation.securityPointer, keyword: "security", in: "security", name }) as const;
  collector.rejected(
    "no credential",
    { ...base, credentials: { ...noCredentials, headers: own } },
    deviation("missing"),
  );
  collector.rejected(
    "wrong credential",
    { ...base, credentials: credentialsFor(schemes, own, wrongCredential) },
    deviation("wrong"),
  );
  if (schemes.length < 2) return;
  for (const [index, scheme] of schemes.entries()) {
    const others = schemes.filter((other) => other !== scheme);
    const satisfied = operation.security.some((names) =>
      names.every((name) => others.some((other) => other === contract.securitySchemes.get(name))),
    );
    if (satisfied) continue; // the others are an alternative of their own
    const rest = withoutCredentials([scheme], options.headers);
    const place = `${index + 1} of ${schemes.length}`;
    collector.rejected(
      `no credential ${place}`,
      { ...base, credentials: credentialsFor(others, rest) },
      deviation("missing"),
    );
    const wrong = credentialsFor([scheme], [], wrongCredential);
    const right = credentialsFor(others, rest);
    collector.rejected(
      `wrong credential ${place}`,
      {
        ...base,
        credentials: {
          headers: [...right.headers, ...wrong.headers],
          query: [...right.query, ...wrong.query],
          cookies: [...right.cookies, ...wrong.cookies],
        },
      },
      deviation("wrong"),
    );
  }
}
