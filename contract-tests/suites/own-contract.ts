import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The contract that this project is made from, relative to the working directory: as reports name it. */
export const ownContractFile = relative(
  process.cwd(),
  fileURLToPath(new URL("../../generated/openapi.yaml", import.meta.url)),
);

/**
 * The operation that the project's own tests are about. What else is imported is judged by `npm run conformance`: whether
 * the mock serves a further page well is no matter of these tests.
 */
export const tokenOperationId = "tokens.singleUse.create";
