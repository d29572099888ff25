/** A fenced code block of a markdown text. */
export interface FencedBlock {
  readonly language: string;
  readonly code: string;
  /** One-based line of the code's first line. */
  readonly line: number;
}

/** Every fenced code block, in order. */
export function fencedBlocks(markdown: string): FencedBlock[] {
  return [...markdown.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```/gm)].map((match) => ({
    language: match[1] ?? "",
    code: match[2] ?? "",
    line: markdown.slice(0, match.index).split("\n").length + 1,
  }));
}
