import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import { documentProvider } from "../../contract-tests/harness/provider/document-provider.ts";
import type { Handler } from "../../contract-tests/harness/provider/handler.ts";
import { parseJsonReport } from "../../contract-tests/harness/reports/read-json-report.ts";
import type { RunOptions } from "../../contract-tests/harness/run/run-options.ts";
import { measureSensitivity } from "../../contract-tests/harness/sensitivity/measure.ts";
import type { Mutant } from "../../contract-tests/harness/sensitivity/mutant.ts";
import { placeholderCredential } from "../../contract-tests/harness/wire/credentials.ts";
import { command } from "../../contract-tests/self-test/harness/command.ts";
import { libraryFile } from "../../contract-tests/self-test/library-provider.ts";
import { serve } from "../../src/simulator/serve.ts";
import { projectRoot } from "../project-root.ts";
import { exampleDocuments } from "./foreign-documents.ts";

/**
 * The figure of `--sensitivity` is true: servers of which it says that the run would notice them, and servers of which it
 * says the opposite, are each judged again by the plain command, with the same options and by the whole contract.
 */
interface Proof {
  readonly name: string;
  readonly file: string;
  /** Options of the command, and the same as the run takes them. */
  readonly args: readonly string[];
  readonly options: Omit<RunOptions, "contract">;
  /** Faults that are drawn from the contract's. */
  readonly sample: number;
}

const plain = { args: [], options: {} } as const;
const examples = { args: ["--phases", "examples"], options: { phases: ["examples"] } } as const;
const few = {
  args: ["--max-cases", "6", "--fuzz-runs", "1"],
  options: { maxCases: 6, fuzzRuns: 1 },
} as const;
const token = { name: "the token contract", file: join(projectRoot, "generated/openapi.yaml") };
const library = { name: "the library contract", file: libraryFile };

/** With ALL_FAULTS=1 the whole proof: contracts of other people too, and 20 servers of each kind. */
const isWhole = process.env["ALL_FAULTS"] !== undefined;
const most = isWhole ? 20 : 3;

async function proofs(): Promise<readonly Proof[]> {
  const narrow = [{ ...token, ...few, sample: 26 }];
  if (!isWhole) return [...narrow, { ...library, ...examples, sample: 12 }];
  const documents = (await exampleDocuments(projectRoot)).judged;
  const foreign = ["3.1/json/train-travel.json", "3.0/json/petstore.json", "3.0/json/schema-types.json"];
  return [
    { ...token, ...plain, sample: Number.POSITIVE_INFINITY },
    ...narrow,
    { ...library, ...plain, sample: 200 },
    { ...library, ...few, sample: 200 },
    ...documents
      .filter(({ name }) => foreign.includes(name))
      .flatMap(({ name, file }) => [
        { name, file, ...plain, sample: 200 },
        { name, file, ...few, sample: 120 },
      ]),
  ];
}

const folder = mkdtempSync(join(tmpdir(), "sensitivity-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ids of the errors that the plain command finds, but for those of the clock. */
async function errorsOf({ file, args }: Proof, handler: Handler): Promise<ReadonlySet<string>> {
  const served = await serve(handler);
  const report = join(folder, "report.json");
  try {
    const { error } = await command([
      "--spec",
      file,
      "--target",
      served.address,
      ...args,
      "--report",
      report,
    ]);
    if (error !== "") throw new Error(error);
  } finally {
    await served.close();
  }
  const { summary } = parseJsonReport(await readFile(report, "utf8"), report);
  const errors = summary.findings.filter(
    ({ severity, check }) => severity === "error" && check !== "max-response-time",
  );
  return new Set(errors.map(({ id }) => id));
}

describe.each(await proofs())("on $name with $args", (proof) => {
  it("what it says of a server is what the command finds", async () => {
    const contract = await loadContract(proof.file);
    const outcomes: { readonly mutant: Mutant; readonly isNoticed: boolean }[] = [];
    const told = await measureSensitivity({
      run: { ...proof.options, contract },
      capabilities: { isStatic: false, allowsWrites: true },
      sample: proof.sample,
      onOutcome: (mutant, isNoticed) => outcomes.push({ mutant, isNoticed }),
    });
    const some = (isNoticed: boolean) => drawn(outcomes.filter((outcome) => outcome.isNoticed === isNoticed));
    const chosen = [...some(true), ...some(false)];
    const credentials = new Set([placeholderCredential]);
    const clean = await errorsOf(proof, documentProvider(contract.document, { credentials }));
    const wrong: string[] = [];
    for (const { mutant, isNoticed } of chosen) {
      const errors = await errorsOf(proof, mutant.handler());
      const news = [...errors].filter((id) => !clean.has(id));
      if (news.length > 0 !== isNoticed) wrong.push(`${mutant.id}: ${news.join(", ") || "nothing found"}`);
    }
    console.log(
      `${proof.name} ${proof.args.join(" ")}: ${told?.noticed} of ${told?.tried}; judged again: ${some(true).length} noticed, ${some(false).length} missed, ${wrong.length} wrong`,
    );
    expect(wrong).toEqual([]);
    expect(chosen.length).toBeGreaterThanOrEqual(most);
  });
});

function drawn<Item>(items: readonly Item[]): readonly Item[] {
  const length = Math.min(most, items.length);
  const all = fc.shuffledSubarray([...items], { minLength: length, maxLength: length });
  return fc.sample(all, { seed: 1, numRuns: 1 })[0] ?? [];
}
