import {
  chosenSecurity,
  credentialsFor,
  merged,
  withoutAnyCredential,
  withoutCredentials,
  wrongCredential,
} from "../wire/credentials.ts";
import type { RequestParts } from "../wire/request-parts.ts";
import { noCredentials } from "../wire/scheme-form.ts";
import { security } from "../wire/security.ts";
import type { CaseCollector } from "./case-collector.ts";

/**
 * Where security is declared and not optional: no credential, and one that nobody has given out. Of schemes that go
 * together, each one alone is missing and wrong too, for a server may be content with the others.
 */
export function addSecurityCases(collector: CaseCollector, base: RequestParts): void {
  const { contract, operation, options } = collector;
  const schemes = chosenSecurity(contract, operation, options.headers);
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
  if (schemes.length < 2) return;
  for (const [index, scheme] of schemes.entries()) {
    const others = schemes.filter((other) => other !== scheme);
    const satisfied = operation.security.some((names) =>
      names.every((name) => others.some((other) => other === contract.securitySchemes.get(name))),
    );
    if (satisfied) continue; // the others are an alternative of their own
    const rest = withoutCredentials([scheme], options.headers);
    const right = credentialsFor(contract, operation, others, rest);
    const place = `${index + 1} of ${schemes.length}`;
    collector.rejected(`no credential ${place}`, { ...base, credentials: right }, deviation("missing"));
    collector.rejected(
      `wrong credential ${place}`,
      { ...base, credentials: merged([right, security(scheme).write(wrongCredential)]) },
      deviation("wrong"),
    );
  }
}
