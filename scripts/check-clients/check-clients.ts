import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Contract } from "../../contract-tests/harness/contract/contract.ts";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import type { Target } from "../../contract-tests/harness/run/target.ts";
import { startPrismMock } from "../../contract-tests/harness/targets/prism-mock.ts";
import { cleanClients, plantedFaults } from "../../contract-tests/self-test/clients/clean-clients.ts";
import { judgeProgram } from "../../contract-tests/self-test/clients/judge-program.ts";
import { type Language, succeeds } from "../../contract-tests/self-test/clients/languages.ts";
import { type JudgedRow, judgedClientsPage, rowsOfPage } from "./judged-clients-page.ts";
import { otherPrograms } from "./other-programs.ts";

type Say = (outcome: "passed" | "failed" | "not run", line: string) => void;

/** Fewer languages than this prove nothing. */
const leastLanguages = 2;

/** Clean clients in several languages, faults planted in them, and other people's programs, each judged as `client` does. */
export async function checkClients(root: string, isWritten: boolean, say: Say): Promise<void> {
  const contract = await loadContract(join(root, "generated/openapi.yaml"));
  const mock = await startPrismMock(contract);
  const folder = mkdtempSync(join(tmpdir(), "clients-"));
  const cache = join(root, ".cache/go-build");
  mkdirSync(cache, { recursive: true });
  Object.assign(process.env, { TOKEN_KEY: "key-of-the-clients-1f9d", GOCACHE: cache, GO111MODULE: "off" });
  const bench = { contract, mock, folder };
  try {
    const here = languagesHere(say);
    // They wait more than they compute.
    await Promise.all([
      judgeClean(bench, here, say),
      judgePlanted(bench, here, say),
      judgeOthers(bench, root, isWritten, say),
    ]);
  } finally {
    await mock.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Bench {
  readonly contract: Contract;
  readonly mock: Target;
  readonly folder: string;
}

function languagesHere(say: Say): ReadonlySet<Language> {
  const all = Object.values(cleanClients).map(({ language }) => language);
  const here = new Set<Language>(all.filter(({ probe }) => succeeds(probe)));
  for (const { name, probe } of all.filter((language) => !here.has(language)))
    say("not run", `${name}: ${probe[0]} isn't here`);
  if (here.size < leastLanguages)
    say("failed", `${here.size} languages are here, and ${leastLanguages} are needed to prove anything`);
  return here;
}

async function judgeClean({ contract, mock, folder }: Bench, here: ReadonlySet<Language>, say: Say) {
  for (const { language, source } of Object.values(cleanClients)) {
    if (!here.has(language)) continue;
    const words = ready(language, source, mkdtempSync(join(folder, "clean-")));
    const { findings, requests } = await judgeProgram(contract, mock, words);
    const isClean = findings.length === 0 && requests > 0;
    const told = findings.map(({ id, actual }) => ` ${id}: ${actual}`).join(";");
    say(isClean ? "passed" : "failed", `${language.name}: a clean client, ${requests} requests${told}`);
  }
}

async function judgePlanted({ contract, mock, folder }: Bench, here: ReadonlySet<Language>, say: Say) {
  for (const { name, client, from, to, found, variation } of plantedFaults) {
    const { language, source } = cleanClients[client];
    if (!here.has(language)) {
      say("not run", `${name}, planted in ${language.name}, which isn't here`);
      continue;
    }
    const own = mkdtempSync(join(folder, "planted-"));
    const text = readFileSync(source, "utf8");
    const faulty = text.replace(from, () => to);
    if (faulty === text)
      throw new Error(`${source} has no ${JSON.stringify(from)}: correct the planted fault`);
    const file = join(own, basename(source));
    writeFileSync(file, faulty);
    const { findings } = await judgeProgram(contract, mock, ready(language, file, own), [variation]);
    const ids = findings.map(({ id }) => id);
    const noticed = ids.find((id) => found.test(id));
    say(
      noticed === undefined ? "failed" : "passed",
      `${language.name}: ${name} is noticed: ${noticed ?? `no, but ${ids.join("; ") || "nothing"}`}`,
    );
  }
}

async function judgeOthers({ contract, mock, folder }: Bench, root: string, isWritten: boolean, say: Say) {
  const page = join(root, "docs/judged-clients.md");
  const known = rowsOfPage(readFileSync(page, "utf8"));
  const rows: JudgedRow[] = [];
  for (const program of otherPrograms(root)) {
    const own = mkdtempSync(join(folder, "other-"));
    const words = await program.prepare(own);
    if (words === undefined) {
      say("not run", `${program.name}: what it needs isn't here`);
      continue;
    }
    const { findings, requests } = await judgeProgram(contract, mock, words);
    const row = { name: program.name, requests, findings };
    rows.push(row);
    const [text] = rowsOfPage(judgedClientsPage([row])).values();
    const isKnown = known.get(program.name) === text;
    const told = findings.map(({ message }) => message).join(" ") || "nothing is found";
    say(
      requests > 0 && (isWritten || isKnown) ? "passed" : "failed",
      `${program.name}: ${told}${isWritten || isKnown ? "" : " docs/judged-clients.md differs: rewrite it with --write"}`,
    );
  }
  if (!isWritten) return;
  if (rows.length < otherPrograms(root).length)
    say("failed", "docs/judged-clients.md isn't written: not every program could be run here");
  else writeFileSync(page, judgedClientsPage(rows));
}

/** Builds the program where it has to be. Returns the words that run it on `{url}`. */
function ready(language: Language, source: string, folder: string): readonly string[] {
  const build = language.build?.(source, folder);
  if (build && !succeeds(build)) throw new Error(`${source} can't be built: ${build.join(" ")}`);
  return [...language.command(source, folder), "{url}"];
}
