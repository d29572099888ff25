import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ContractError } from "../harness/contract/contract-error.ts";
import { NoConformingValueError } from "../harness/provider/conforming-value.ts";
import { type FaultFloor, fallenBelow, floorOf } from "./fault-floor.ts";
import { faultScorePage, percent } from "./fault-score-page.ts";
import { type ContractScore, score, type Tally } from "./score.ts";
import { anyContract, libraryContract, type ScoredContract, tokenContract } from "./scored-contract.ts";

const floorFile = "contract-tests/self-test/fault-floor.json";
const pageFile = "docs/fault-score.md";

const help = `Usage: npm run fault-score -- [options]

Runs the harness against servers that each break one rule of a contract, and against servers that keep it.
Writes ${pageFile}, and raises the floor in ${floorFile} when every figure is at least as good.

  --check       write nothing: for CI
  --json        print the figures as JSON, and nothing else, on standard output
  --seed N      seed of the harness's random requests (default 1; only with seed 1 anything is written)
  --spec FILE   score any OpenAPI document instead: what is derived from it, and clean variations; writes nothing
  --help        this text

Exit codes: 0 no figure fell and nobody was blamed wrongly; 1 one did; 2 the run could not be done.
`;

export interface CommandOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Progress is drawn over itself on a terminal, and told rarely elsewhere. */
  readonly isTerminal: boolean;
}

class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command line of the fault score; resolves to the exit code. */
export async function faultScoreCommand(
  args: readonly string[],
  root: string,
  output: CommandOutput,
): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(args);
    if (options.help) {
      output.out(help);
      return 0;
    }
    const contracts =
      options.spec === undefined
        ? [await tokenContract(root), await libraryContract()]
        : [await anyContract(options.spec)];
    const scores: ContractScore[] = [];
    const onProgress = progress(output);
    for (const contract of contracts) scores.push(await scoreOf(contract, options.seed, onProgress));
    if (output.isTerminal) output.err("\r\u001b[K");
    return options.spec === undefined
      ? conclude(root, scores, options, output)
      : tell(scores, options.json, [], output);
  } catch (error) {
    if (
      !(
        error instanceof UsageError ||
        error instanceof ContractError ||
        error instanceof NoConformingValueError
      )
    )
      throw error;
    output.err(`${error.message}\n`);
    return 2;
  }
}

interface Options {
  readonly help: boolean;
  readonly check: boolean;
  readonly json: boolean;
  readonly seed: number;
  readonly spec: string | undefined;
}

function readOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const seed = Number(values.seed ?? "1");
  if (!Number.isSafeInteger(seed) || seed < 0) throw new UsageError("--seed takes a whole number from 0.");
  return {
    help: values.help ?? false,
    check: values.check ?? false,
    json: values.json ?? false,
    seed,
    spec: values.spec,
  };
}

function parsed(args: readonly string[]) {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { help: flag, check: flag, json: flag, seed: text, spec: text },
    });
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UsageError(`${sentence}. See npm run fault-score -- --help.`);
  }
}

function scoreOf(contract: ScoredContract, seed: number, onProgress: Progress): Promise<ContractScore> {
  return score(contract, { seed, onProgress });
}

type Progress = (done: number, total: number, what: string) => void;

function progress({ err, isTerminal }: CommandOutput): Progress {
  let told = 0;
  return (done, total, what) => {
    const now = Date.now();
    if (done < total && now - told < (isTerminal ? 100 : 10_000)) return;
    told = now;
    const line = `${done}/${total} ${what}`;
    err(isTerminal ? `\r\u001b[K${line.slice(0, 100)}` : `${line}\n`);
  };
}

function conclude(
  root: string,
  scores: readonly ContractScore[],
  { check, json, seed }: Options,
  output: CommandOutput,
): 0 | 1 {
  const file = join(root, floorFile);
  const floor: FaultFloor = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const fallen = fallenBelow(floor, scores);
  if (!check && seed === 1) {
    writeFileSync(join(root, pageFile), faultScorePage(scores, seed));
    if (fallen.length === 0) writeFileSync(file, `${JSON.stringify(floorOf(scores), undefined, 2)}\n`);
  }
  return tell(scores, json, fallen, output);
}

function tell(
  scores: readonly ContractScore[],
  json: boolean,
  fallen: readonly string[],
  { out, err }: CommandOutput,
): 0 | 1 {
  const blamed = scores.some(({ clean }) => clean.falseAlarms.length > 0);
  if (json) out(`${JSON.stringify({ scores: scores.map(plain), fallen }, undefined, 2)}\n`);
  else for (const line of scores.flatMap(lines)) out(`${line}\n`);
  for (const sentence of fallen) err(`${sentence}\n`);
  return fallen.length > 0 || blamed ? 1 : 0;
}

function plain(score: ContractScore) {
  return { ...score, equivalent: Object.fromEntries(score.equivalent) };
}

function lines({
  name,
  catalogue,
  responseMutants,
  requestMutants,
  equivalent,
  clean,
}: ContractScore): readonly string[] {
  const row = (what: string, { caught, total }: Tally) =>
    total === 0
      ? []
      : [`  ${what.padEnd(17)} ${`${caught} / ${total}`.padStart(13)}  ${percent(caught, total)}`];
  const all = [catalogue, responseMutants, requestMutants].flatMap((tally) => tally.survivors);
  const proven = [...equivalent.values()].reduce((sum, count) => sum + count, 0);
  return [
    `${name} contract`,
    ...row("catalogue", catalogue),
    ...row("response mutants", responseMutants),
    ...row("request mutants", requestMutants),
    `  ${"false alarms".padEnd(17)} ${String(clean.falseAlarms.length).padStart(13)}  over ${clean.exchanges} valid exchanges, ${clean.variations} clean variations`,
    `  ${"left out".padEnd(17)} ${String(proven).padStart(13)}  mutants that conform to the contract`,
    ...all.map(({ id, reason }) => `  survives: ${id} (${reason ?? "not explained yet"})`),
    ...clean.falseAlarms.map(
      ({ variation, finding, message }) => `  false alarm: ${variation}: ${finding}: ${message}`,
    ),
  ];
}
