import { fencedBlocks } from "./fenced-blocks.ts";

/** A command of the README, and how it is to be checked. */
export interface ReadmeCommand {
  readonly text: string;
  /** One-based line in the README. */
  readonly line: number;
  /**
   * `finishes`: ends with exit code 0 by itself. `serves`: prints its address and serves until Ctrl-C.
   * `needs-network`: may find no network, so its documented "changed" (1) and "could not tell" (2) are right too.
   */
  readonly kind: "finishes" | "serves" | "needs-network";
}

const servers = /^npm run (mock|simulate|demo)\b/;
const network = /^npm run spec:check\b/;

/**
 * The commands of each `sh` block: its lines but comments, and but the installing ones, which .ci/run and check:package
 * run themselves.
 */
export function commandBlocks(markdown: string): ReadmeCommand[][] {
  return fencedBlocks(markdown)
    .filter(({ language }) => language === "sh")
    .map(({ code, line }) =>
      code
        .split("\n")
        .map((text, index) => ({ text: text.trim(), line: line + index, kind: kindOf(text.trim()) }))
        .filter(({ text }) => text !== "" && !text.startsWith("#") && !/^npm (ci|install)\b/.test(text)),
    );
}

function kindOf(text: string): ReadmeCommand["kind"] {
  if (servers.test(text)) return "serves";
  return network.test(text) ? "needs-network" : "finishes";
}
