import type { HeaderLine } from "../../harness/http/message.ts";

/** An application as teams write them: started as a process, judged by the document that it serves. */
export interface RealServer {
  readonly name: string;
  /** What it is made with, for the page. */
  readonly framework: string;
  /** Program and arguments, paths from the folder of the servers. It takes PORT, ACCESS_TOKEN and PLANTED. */
  readonly command: readonly [string, ...string[]];
  /** Source files, in which each bug is switched by its id. */
  readonly sources: readonly string[];
  /** Where it serves its document. */
  readonly documentPath: string;
  /** The header that carries the credential that the server was started with. */
  readonly credential: (token: string) => HeaderLine;
  readonly bugs: readonly PlantedBug[];
  /** Findings of the clean server, and why each is a true breach of its document. */
  readonly trueFindings: readonly TrueFinding[];
  /** Operations of which the clean server shows no success, and why. */
  readonly withoutSuccess?: readonly { readonly operation: string; readonly reason: string }[];
}

/** A bug that real teams ship. */
export interface PlantedBug {
  /** The value of PLANTED. */
  readonly id: string;
  /** One sentence: what the server does wrong. */
  readonly breach: string;
  /** Checks, one of which has to complain. */
  readonly caughtBy: readonly string[];
  /** Why the harness can't see it, where it can't. */
  readonly missed?: string;
}

export interface TrueFinding {
  /** Whole finding ids. */
  readonly ids: readonly string[];
  readonly reason: string;
}

/** A line of a catalogue: id, breach, and the checks that are to catch it. */
export function bug(id: string, breach: string, ...caughtBy: readonly string[]): PlantedBug {
  return { id, breach, caughtBy };
}
