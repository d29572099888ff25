import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkServers } from "../contract-tests/self-test/servers/check-servers.ts";
import { ServersUnavailableError } from "../contract-tests/self-test/servers/install-servers.ts";
import { installedServers } from "../contract-tests/self-test/servers/installed/installed-servers.ts";
import {
  complaintsAboutInstalled,
  type InstalledVerdict,
  judgeInstalled,
} from "../contract-tests/self-test/servers/installed/judge-installed.ts";
import { realServers } from "../contract-tests/self-test/servers/real-servers.ts";
import { renewedPage } from "../contract-tests/self-test/servers/real-servers-page.ts";
import type { ServerScore } from "../contract-tests/self-test/servers/score-server.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

const own = realServers.map(({ name }) => name);
const others = installedServers.map(({ name }) => name);

const help = `Usage: npm run check:servers -- [NAME...] [options]

Judges five typical applications, clean and with each of their planted bugs, and servers made by others, by their own
documents. Rewrites each part of docs/real-servers.md when all of its servers are judged.

  NAME      ${own.join(", ")}, or "own" for all of these;
            ${others.join(", ")}, or "others" for all of these (default: all)
  --quick   judge only fastify and hono, clean and with four bugs each, and write nothing
  --seed N  with --quick: pick different bugs (default 1)
  --check   write nothing, and fail if the page would change
  --help    print this help

Exit codes: 0 the results match the catalogues; 1 they don't; 2 the servers couldn't be judged.
`;

/** `npm run check:servers`. */
await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const { quick, check } = values;
  const chosen = serversNamed(quick && positionals.length === 0 ? ["fastify", "hono"] : positionals);
  const sample = quick ? { count: 4, seed: seedIn(values.seed) } : undefined;
  try {
    const toScore = realServers.filter(({ name }) => chosen.has(name));
    const { scores, complaints } = await checkServers(toScore, {
      tell: (line) => console.log(line),
      ...(sample ? { sample } : {}),
    });
    const verdicts: InstalledVerdict[] = [];
    for (const server of installedServers.filter(({ name }) => chosen.has(name))) {
      const verdict = await judgeInstalled(server);
      console.log(`${server.name}: ${verdict.found.length} findings, ${verdict.requests} requests`);
      verdicts.push(verdict);
    }
    const all = [
      ...complaints,
      ...verdicts.flatMap(complaintsAboutInstalled),
      ...(quick ? [] : page(scores, verdicts, check)),
    ];
    for (const complaint of all) console.error(complaint);
    return all.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof ServersUnavailableError) throw new InputError(error.message);
    throw error;
  }
});

function serversNamed(names: readonly string[]): ReadonlySet<string> {
  const groups = new Map<string, readonly string[]>([
    ["own", own],
    ["others", others],
    ...[...own, ...others].map((name): [string, readonly string[]] => [name, [name]]),
  ]);
  return new Set(
    (names.length === 0 ? ["own", "others"] : names).flatMap((name) => {
      const group = groups.get(name);
      if (group) return group;
      throw new InputError(`There is no server called ${name}: there are ${[...groups.keys()].join(", ")}.`);
    }),
  );
}

function seedIn(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InputError(`--seed ${text} isn't a whole number.`);
}

/** Writes the parts of the page whose servers were all judged; with `check`, says where they would be others. */
function page(
  scores: readonly ServerScore[],
  verdicts: readonly InstalledVerdict[],
  check: boolean,
): readonly string[] {
  const file = join(projectRoot, "docs/real-servers.md");
  const before = readFileSync(file, "utf8");
  const after = renewedPage(
    before,
    scores.length === own.length ? scores : undefined,
    verdicts.length === others.length ? verdicts : undefined,
  );
  if (after === before) return [];
  if (check) return ["docs/real-servers.md is out of date: run npm run check:servers."];
  writeFileSync(file, after);
  return [];
}
