import { createHash } from "node:crypto";
import { installServers, requireFastapi } from "./install-servers.ts";
import type { PlantedBug, RealServer } from "./real-server.ts";
import { complaintsAbout, type ServerScore, scoreServer } from "./score-server.ts";

/** So many servers are judged at a time: each is a process of its own, and this one waits for them in turn. */
const atATime = 2;

export interface CheckServersOptions {
  /** Bugs of each server, drawn by `seed`. Default: all. */
  readonly sample?: { readonly count: number; readonly seed: number };
  /** Given one line at a time. */
  readonly tell: (line: string) => void;
}

/**
 * Judges these servers, clean and with each bug, or with a sample of them.
 *
 * @throws ServersUnavailableError when what they need isn't there.
 */
export async function checkServers(
  servers: readonly RealServer[],
  { sample, tell }: CheckServersOptions,
): Promise<{ readonly scores: readonly ServerScore[]; readonly complaints: readonly string[] }> {
  if (servers.some(({ name }) => name === "fastapi")) requireFastapi();
  if (servers.some(({ name }) => name !== "fastapi")) installServers();
  const scores = new Map<RealServer, ServerScore>();
  const waiting = [...servers];
  const work = async () => {
    for (let server = waiting.shift(); server; server = waiting.shift())
      scores.set(server, await scored(server, sample ? drawn(server.bugs, sample) : server.bugs, tell));
  };
  await Promise.all(Array.from({ length: atATime }, work));
  const inOrder = servers.flatMap((server) => scores.get(server) ?? []);
  return { scores: inOrder, complaints: inOrder.flatMap(complaintsAbout) };
}

async function scored(
  server: RealServer,
  bugs: readonly PlantedBug[],
  tell: (line: string) => void,
): Promise<ServerScore> {
  const score = await scoreServer(server, bugs, (what, done, total) =>
    tell(`${server.name}: ${done}/${total} ${what}`),
  );
  const { operations, withoutSuccess } = score;
  const caught = score.bugs.filter((outcome) => outcome.caught).length;
  tell(
    `${server.name}: ${operations.length - withoutSuccess.size} of ${operations.length} operations with a success, ${caught} of ${bugs.length} bugs caught`,
  );
  return score;
}

/** Some of the bugs: another seed draws others, the same one the same. */
function drawn(
  bugs: readonly PlantedBug[],
  { count, seed }: { readonly count: number; readonly seed: number },
): readonly PlantedBug[] {
  const lot = ({ id }: PlantedBug) => createHash("sha256").update(`${seed} ${id}`).digest("hex");
  return [...bugs].sort((a, b) => lot(a).localeCompare(lot(b))).slice(0, count);
}
