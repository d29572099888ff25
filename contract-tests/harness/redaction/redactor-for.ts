import type { Contract } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";
import { contractSecretNames } from "./contract-secret-names.ts";
import { publishedSecrets } from "./published-secrets.ts";
import { createRedactor, type Redactor } from "./redact.ts";
import { secretShapes } from "./secret-shapes.ts";
import { secretsInHeaders } from "./secrets-in-headers.ts";

/** The redactor for a run by this contract with these headers of the caller's own. */
export function redactorFor(contract: Contract, headers: readonly HeaderLine[]): Redactor {
  const names = contractSecretNames(contract.document);
  return createRedactor(secretsInHeaders(headers), {
    names,
    shapes: secretShapes(contract.document, names),
    published: publishedSecrets(contract.document, names),
    ownHeaders: new Set(headers.map(([name]) => name.toLowerCase())),
  });
}
