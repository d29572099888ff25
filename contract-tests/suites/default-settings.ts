import { fileURLToPath } from "node:url";
import type { SuiteSettings } from "./suite-settings.ts";

/** The contract that this project is made from. */
export const ownContractFile = fileURLToPath(new URL("../../generated/openapi.yaml", import.meta.url));

/** What `npm test` judges: the Prism mock of our own contract. */
export const defaultSettings: SuiteSettings = { contractFile: ownContractFile };
