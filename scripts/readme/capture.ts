import { fencedBlocks } from "./fenced-blocks.ts";

/** The README's first `text` block, which shows what a command prints; `…` stands for lines that are left out. */
export function shownOutput(markdown: string): string[] | undefined {
  return fencedBlocks(markdown)
    .find(({ language }) => language === "text")
    ?.code.trimEnd()
    .split("\n");
}

/**
 * The first line shown that the output doesn't have after those before it; `undefined` when it shows them all. Numbers
 * and hashes aren't compared, since a new check, page or port changes them.
 */
export function lineNotPrinted(shown: readonly string[], output: string): string | undefined {
  const printed = output.split("\n").map(shape);
  let at = 0;
  for (const line of shown.filter((each) => each !== "…")) {
    const found = printed.indexOf(shape(line), at);
    if (found < 0) return line;
    at = found + 1;
  }
  return undefined;
}

function shape(line: string): string {
  return line
    .replace(/sha256 [0-9a-f]+/, "sha256 N")
    .replace(/\d+(\.\d+)?/g, "N")
    .replace(/N (milli)?seconds|N m?s\b/, "N ms")
    .replace(/ +/g, " ")
    .trimEnd();
}
