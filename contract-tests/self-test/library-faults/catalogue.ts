import { answerFaults } from "./answers.ts";
import type { LibraryFault } from "./library-fault.ts";
import { requestFaults } from "./requests.ts";

/** Every fault of the library contract. A new one is a declaration in the file of its side. */
export const libraryFaults: readonly LibraryFault[] = [...answerFaults, ...requestFaults];
