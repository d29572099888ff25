import { expect, it } from "vitest";
import { editedAt } from "../harness/contract/edit-document.ts";
import { readContract } from "../harness/contract/load-contract.ts";
import { documentProvider } from "../harness/provider/document-provider.ts";
import { RunMemory } from "../harness/run/run-memory.ts";
import { runAgainst } from "./run-against.ts";

const schemas = {
  Audio: {
    type: "object",
    required: ["kind", "seconds"],
    properties: { kind: { type: "string" }, seconds: { type: "integer" } },
  },
  Printed: {
    type: "object",
    required: ["kind", "pages"],
    properties: { kind: { type: "string" }, pages: { type: "integer" } },
  },
};
const choice = {
  oneOf: [{ $ref: "#/components/schemas/Audio" }, { $ref: "#/components/schemas/Printed" }],
  discriminator: { propertyName: "kind", mapping: { audio: "#/components/schemas/Audio" } },
};
const content = { "application/json": { schema: choice } };
const document = {
  openapi: "3.1.0",
  info: { title: "Formats", version: "1" },
  paths: {
    "/formats": {
      post: {
        requestBody: { required: true, content },
        responses: {
          201: { description: "", content },
          400: { description: "" },
        },
      },
    },
  },
  components: { schemas },
};
const requested = "/paths/~1formats/post/requestBody/content/application~1json/schema";

/** What is found in a provider that judges requests by a document, by the contract above. */
async function found(enforced: object): Promise<readonly string[]> {
  const contract = readContract(Buffer.from(JSON.stringify(document)), "formats.json");
  const { errors } = await runAgainst({
    contract,
    memory: new RunMemory(contract),
    handler: documentProvider(document, { credentials: new Set(), enforced: { ...document, ...enforced } }),
    seed: 1,
    phases: ["examples", "coverage"],
    remembers: false,
    inHaste: false,
  });
  return errors.map(({ id }) => id);
}

it("the independent provider reads discriminators, and isn't blamed", async () => {
  expect(await found(document)).toEqual([]);
});

it("a provider that takes a value which no mapping names is caught", async () => {
  const ids = await found(editedAt(document, `${requested}/discriminator`, undefined));
  expect(ids.join("\n")).toMatch(/^negative-data-rejection \| POST \/formats \| \S*\/discriminator/m);
});

it("a provider that takes the name of a branch for another is caught", async () => {
  const swapped = { audio: "#/components/schemas/Printed" };
  expect(await found(editedAt(document, `${requested}/discriminator/mapping`, swapped))).not.toEqual([]);
});
