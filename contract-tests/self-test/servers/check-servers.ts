import { installServers, requireFastapi } from "./install-servers.ts";
import type { RealServer } from "./real-server.ts";
import { realServers } from "./real-servers.ts";
import { complaintsAbout, type ServerScore, scoreServer } from "./score-server.ts";

/**
 * Judges the named servers (all by default), clean and with each bug.
 *
 * @param tell is given one line at a time.
 * @throws ServersUnavailableError when what they need isn't there.
 * @throws RangeError when a name is none of a server's.
 */
export async function checkServers(
  names: readonly string[],
  tell: (line: string) => void,
): Promise<{ readonly scores: readonly ServerScore[]; readonly complaints: readonly string[] }> {
  const chosen = names.length === 0 ? realServers : names.map(serverCalled);
  if (chosen.some(({ name }) => name === "fastapi")) requireFastapi();
  if (chosen.some(({ name }) => name !== "fastapi")) installServers();
  const scores: ServerScore[] = [];
  for (const server of chosen) {
    const score = await scoreServer(server, (what, done, total) =>
      tell(`${server.name}: ${done}/${total} ${what}`),
    );
    scores.push(score);
    tell(
      `${server.name}: ${score.operations.length - score.withoutSuccess.size} of ${score.operations.length} operations with a success, ${score.bugs.filter(({ caught }) => caught).length} of ${score.bugs.length} bugs caught`,
    );
  }
  return { scores, complaints: scores.flatMap(complaintsAbout) };
}

function serverCalled(name: string): RealServer {
  const server = realServers.find((each) => each.name === name);
  if (server) return server;
  throw new RangeError(
    `There is no server called ${name}: there are ${realServers.map((each) => each.name).join(", ")}.`,
  );
}
