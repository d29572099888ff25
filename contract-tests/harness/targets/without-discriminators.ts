import type { Contract } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import { editObjects, without } from "./edit-schemas.ts";
import { type EditedContract, editedContract } from "./re-judge.ts";

/** The contract as whoever doesn't read discriminators has it; undefined when it has none. */
export function withoutDiscriminators(contract: Contract): EditedContract | undefined {
  return editedContract(contract, "discriminators", (document) =>
    editObjects(document, (object) =>
      isObject(object["discriminator"]) ? without(object, new Set(["discriminator"])) : object,
    ),
  );
}
