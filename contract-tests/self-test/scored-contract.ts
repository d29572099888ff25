import { cleanVariations } from "../../src/simulator/clean/any-contract.ts";
import { tokenCleanVariations } from "../../src/simulator/clean/token-contract.ts";
import { tokenFaults } from "../../src/simulator/faults/catalogue.ts";
import type { CleanVariation, Fault, Handler } from "../../src/simulator/handler.ts";
import { keyHeader, tokenPath } from "../../src/simulator/token-contract.ts";
import { tokenProvider } from "../../src/simulator/token-provider.ts";
import type { Contract } from "../harness/contract/contract.ts";
import { loadContract } from "../harness/contract/load-contract.ts";
import { documentProvider } from "../harness/provider/document-provider.ts";
import { placeholderCredential } from "../harness/wire/credentials.ts";
import { libraryCleanVariations } from "./library-clean.ts";
import { libraryFaults } from "./library-faults/catalogue.ts";
import { libraryFile, libraryProvider } from "./library-provider.ts";
import { notesFaults, notesFile, notesProvider } from "./notes-provider.ts";

/** A contract on which the harness is scored, with servers that keep it and servers that don't. */
export interface ScoredContract {
  readonly name: string;
  /** Its provider keeps what it is told. Default false: it answers by rule. */
  readonly remembers?: boolean;
  readonly contract: Contract;
  /** A new conforming server: what faults and clean variations are laid over. */
  readonly provider: () => Handler;
  readonly faults: readonly (Fault & { readonly operations?: readonly string[] })[];
  readonly clean: readonly (CleanVariation & { readonly operations?: readonly string[] })[];
}

/** One operation of each kind of answer: what a variation does to a header or a body it does to all alike. */
const libraryKinds = [
  "GET /books/{isbn}",
  "DELETE /books/{isbn}",
  "GET /books/{isbn}/cover",
  "POST /loans",
  "GET /floors/{floor}",
  "GET /events",
  "GET /status",
];

const tokenFile = "generated/openapi.yaml";

/**
 * The token operation as it is documented today, whatever else is, but with the key demanded, by the contract and by its
 * provider: the faults of a provider that forgets to ask for it are to be caught whatever the page says of the key.
 *
 * @param root Folder of the project.
 */
export async function tokenContract(root: string): Promise<ScoredContract> {
  const contract = await loadContract(`${root}/${tokenFile}`);
  const operations = contract.operations
    .filter(({ path }) => path === tokenPath)
    .map((operation) => ({
      ...operation,
      parameters: operation.parameters.map((parameter) =>
        parameter.in === "header" && parameter.name === keyHeader
          ? { ...parameter, required: true }
          : parameter,
      ),
    }));
  return {
    name: "token",
    contract: { ...contract, operations },
    provider: () => tokenProvider({ requireKey: true }),
    faults: tokenFaults,
    clean: [...cleanVariations, ...tokenCleanVariations],
  };
}

export async function libraryContract(): Promise<ScoredContract> {
  return {
    name: "library",
    contract: await loadContract(libraryFile),
    provider: libraryProvider,
    faults: libraryFaults,
    clean: [
      ...cleanVariations.map((variation) => ({ ...variation, operations: libraryKinds })),
      ...libraryCleanVariations,
    ],
  };
}

/** A contract on which requests have effects; its faults show in several exchanges together. */
export async function notesContract(): Promise<ScoredContract> {
  const contract = await loadContract(notesFile);
  return {
    name: "notes",
    remembers: true,
    contract,
    provider: () => notesProvider(contract),
    faults: notesFaults.map(({ id, caughtBy, breach }) => ({
      id,
      caughtBy: [caughtBy],
      breach,
      wrap: () => notesProvider(contract, id),
    })),
    clean: [],
  };
}

/**
 * Any contract, kept by a provider that reads it: there is no catalogue for it, only what can be derived.
 *
 * @throws {ContractError} when the file can't be read as an OpenAPI document.
 */
export async function anyContract(file: string): Promise<ScoredContract> {
  const contract = await loadContract(file);
  return {
    name: contract.title,
    contract,
    provider: () => documentProvider(contract.document, { credentials: new Set([placeholderCredential]) }),
    faults: [],
    clean: cleanVariations,
  };
}
