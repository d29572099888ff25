import fc from "fast-check";
import { readContract } from "../../harness/contract/load-contract.ts";
import { createValueJudge } from "../../harness/provider/value-judge.ts";
import { Oracle, SchemaError } from "../../harness/schema/oracle.ts";
import { components, type RandomCase, randomCase } from "./random-schemas.ts";

export interface Differential {
  /** Schemas and values that both judged. */
  readonly pairs: number;
  /** Of those, what both found valid: neither should be rare. */
  readonly valid: number;
  /** The smallest schema and value that they disagree on, and who says what. */
  readonly disagreement: string | undefined;
}

/** Schemas are compiled together: alone, each would need a document, and the validators made anew. */
const batch = fc.array(randomCase, { minLength: 1, maxLength: 60, size: "max" });

/**
 * Judges random schemas and values by the oracle and by a validator that shares no code with it
 * (docs/decisions/012-independent-judge.md), until `isEnough` says so.
 *
 * @param seed the same seed makes the same schemas and values
 */
export async function compareJudges(
  seed: number,
  isEnough: (pairs: number) => boolean,
): Promise<Differential> {
  let pairs = 0;
  let valid = 0;
  const property = fc.asyncProperty(batch, async (cases) => {
    const { verdicts, disagreement } = await judged(cases);
    pairs += verdicts.length;
    valid += verdicts.filter((isValid) => isValid).length;
    if (disagreement !== undefined) throw new Error(disagreement);
  });
  for (let round = 0; !isEnough(pairs); round++) {
    const outcome = await fc.check(property, { seed: seed + round, numRuns: 1 });
    if (outcome.failed)
      return { pairs, valid, disagreement: `seed ${seed + round}: ${messageOf(outcome.errorInstance)}` };
  }
  return { pairs, valid, disagreement: undefined };
}

async function judged(
  cases: readonly RandomCase[],
): Promise<{ readonly verdicts: readonly boolean[]; readonly disagreement?: string }> {
  const schemas = Object.fromEntries(cases.map(({ schema }, index) => [`S${index}`, schema]));
  const document = {
    openapi: "3.1.0",
    info: { title: "Random schemas", version: "1" },
    paths: { "/a": { get: { responses: { 200: { description: "" } } } } },
    components: { schemas: { ...components, ...schemas } },
  };
  const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "random.json");
  const oracle = new Oracle(contract);
  const pointers = Object.keys(schemas).map((name) => `/components/schemas/${name}`);
  const judge = await createValueJudge(contract.document, "response", pointers);
  const verdicts: boolean[] = [];
  for (const [index, { schema, values }] of cases.entries()) {
    const pointer = pointers[index] ?? "";
    const compiled = oracle.compile(pointer, "response");
    const told = `the schema ${JSON.stringify(schema)}`;
    if (compiled instanceof SchemaError) return { verdicts, disagreement: `${told}: ${compiled.message}` };
    for (const value of values) {
      const [ours, theirs] = [
        oracle.accepts(pointer, "response", value),
        judge(pointer, value) === undefined,
      ];
      if (ours !== theirs) {
        const says = `the oracle says ${ours ? "valid" : "invalid"}, the other validator the opposite`;
        return { verdicts, disagreement: `${told} and the value ${JSON.stringify(value)}: ${says}` };
      }
      verdicts.push(ours);
    }
  }
  return { verdicts };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
