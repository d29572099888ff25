import { InputError } from "../cli/input-error.ts";
import { assembleContract } from "./assemble-contract.ts";
import { type ContractModel, contractModel } from "./contract-model.ts";
import { emitCallSurface } from "./emit/call-surface.ts";
import { emitEnums } from "./emit/enums.ts";
import { emitManifest } from "./emit/manifest.ts";
import { emitModels } from "./emit/models.ts";
import { emitOpenApiYaml } from "./emit/openapi-yaml.ts";
import { emitOperations } from "./emit/operations.ts";
import { emitProvider, emitProviderNames } from "./emit/provider.ts";
import { emitReadme } from "./emit/readme.ts";
import type { Inputs } from "./inputs.ts";
import { refuseOtherProvider } from "./provider.ts";
import { refuseLintProblems } from "./refuse-lint-problems.ts";
import { refuseDeadRepairs, repairPage } from "./repair-page.ts";

/** The content of every file under generated/, by its name. */
export type Outputs = ReadonlyMap<string, string>;

/**
 * Compiles spec/ to the files of generated/, writing none of them. The same inputs and tool versions give the same
 * bytes.
 *
 * @param root the project's root folder, where redocly.yaml and node_modules are
 * @param repairs what may be mended mechanically, in order
 * @param warn is told what is odd but doesn't stop anything, a sentence at a time
 * @throws InputError with the place in the page when the contract can't be used
 */
export async function compile(
  root: string,
  inputs: Inputs,
  repairs = inputs.provider.repairs,
  warn: (sentence: string) => void = () => undefined,
): Promise<Outputs> {
  const contract = await assembleContract(inputs, repairs);
  const { document } = contract;
  const samples = inputs.samples.map((page) => repairPage(page, "1970-01-01", repairs));
  refuseDeadRepairs(repairs, [...contract.repaired, ...samples.flatMap(({ applied }) => applied)]);
  const [stale] = contract.stale;
  if (stale !== undefined) throw new InputError(stale);
  const yaml = emitOpenApiYaml(document);
  const model = contractModel(document);
  refuseOtherProvider(inputs.provider, model.server, contract.place(["servers"]));
  const emitted = new Map<string, string>([
    ["README.md", emitReadme()],
    ["openapi.yaml", yaml],
    ["operations.ts", emitOperations(model)],
    ["enums.ts", emitEnums(model.components)],
    ["models.ts", emitModels(model.components)],
    ["call-surface.ts", emitCallSurface(model)],
    ["provider.ts", emitProvider(inputs.provider)],
    ["provider-names.ts", emitProviderNames(inputs.provider)],
  ]);
  // The linter is a process of its own, so the two slow emitters work meanwhile; its verdict comes first. It starts when
  // nothing before it can throw any more: a verdict that nobody waits for would end the process.
  const lint = refuseLintProblems(root, yaml, contract.place);
  const slow = emitSlowly(model, root);
  const [verdict] = await Promise.allSettled([lint, slow]);
  if (verdict.status === "rejected") throw verdict.reason;
  [...contract.dropped, ...verdict.value].forEach(warn);
  const [schema, validators] = await slow;
  validators.unchecked.forEach(warn);
  emitted
    .set("schema.ts", schema)
    .set("validators.js", validators.code)
    .set("validators.d.ts", validators.types);
  for (const [file, code] of validators.modules) emitted.set(`validators/${file}`, code);
  const repaired = repairs.map(({ id, why }) => ({
    id,
    why,
    changes: contract.repaired.filter((entry) => entry.id === id).flatMap(({ changes }) => changes),
  }));
  emitted.set(
    "manifest.json",
    emitManifest(root, { inputs, outputs: emitted, repairs: repaired, overlays: contract.overlaid }),
  );
  return emitted;
}

/** The emitters that take a compiler, which is loaded while the linter works. */
async function emitSlowly(model: ContractModel, root: string) {
  const [{ emitSchemaTypes }, { emitValidators }] = await Promise.all([
    import("./emit/schema-types.ts"),
    import("./emit/validators.ts"),
  ]);
  return Promise.all([emitSchemaTypes(model.document), emitValidators(model, root)]);
}
