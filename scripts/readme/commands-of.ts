import { fencedBlocks } from "./fenced-blocks.ts";

/** A command of the README, and how it is to be checked. */
export interface ReadmeCommand {
  readonly text: string;
  readonly line: number;
  /**
   * `finishes`: ends with exit code 0 by itself. `serves`: prints its address and serves until Ctrl-C.
   * `needs-network`: can only tell off loopback, so 0, 1 and the documented "could not tell" (2) are right.
   */
  readonly kind: "finishes" | "serves" | "needs-network";
}

const servers = /^npm run (mock|simulate|demo)\b/;
const network = /^npm run spec:check\b/;

/** Every line of the `sh` blocks that isn't a comment; the installing ones are left to .ci/run. */
export function commandsOf(markdown: string): ReadmeCommand[] {
  return fencedBlocks(markdown)
    .filter(({ language }) => language === "sh")
    .flatMap(({ code, line }) =>
      code.split("\n").map((text, index) => ({ text: text.trim(), line: line + index })),
    )
    .filter(({ text }) => text !== "" && !text.startsWith("#") && !text.startsWith("npm ci"))
    .map((command) => ({ ...command, kind: kindOf(command.text) }));
}

function kindOf(text: string): ReadmeCommand["kind"] {
  if (servers.test(text)) return "serves";
  return network.test(text) ? "needs-network" : "finishes";
}
