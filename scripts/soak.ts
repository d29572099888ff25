import { parseArgs } from "node:util";
import { compareJudges } from "../contract-tests/self-test/vectors/differential.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";

/**
 * `npm run soak -- [SECONDS] [SEED]`: judges random schemas and values by the oracle and by an independent validator, and
 * fails at the first on which they disagree, made as small as it gets. Without SECONDS until 20,000 pairs are judged,
 * which CI does.
 */
const fewest = 20_000;

await runScript(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [seconds, seed = 18] = positionals.map(wholeNumber);
  const started = performance.now();
  const isOver = (pairs: number) =>
    seconds === undefined ? pairs >= fewest : performance.now() - started >= seconds * 1_000;
  const { pairs, valid, disagreement } = await compareJudges(seed, isOver);
  const took = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${pairs} pairs of schema and value, ${valid} of them valid, in ${took} s`);
  if (disagreement !== undefined) console.log(disagreement);
  return disagreement === undefined && pairs > 0 ? 0 : 1;
});

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new InputError(`${JSON.stringify(text)} isn't a whole number: npm run soak -- [SECONDS] [SEED].`);
  return number;
}
