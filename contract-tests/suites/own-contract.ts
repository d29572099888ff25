import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The contract that this project is made from, relative to the working directory: as reports name it. */
export const ownContractFile = relative(
  process.cwd(),
  fileURLToPath(new URL("../../generated/openapi.yaml", import.meta.url)),
);
