import type { CaseCollector } from "./case-collector.ts";
import { credentialsFor, supportedSecurity, withoutCredentials, wrongCredential } from "./credentials.ts";
import { noCredentials, type RequestParts } from "./request-parts.ts";

/** Where security is declared and not optional: no credential, and one that nobody has given out. */
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
}
