import { describe, expect, it } from "vitest";
import { consoleOutput, harmless } from "./console-output.ts";

function written(text: string, env: Readonly<Record<string, string>> = {}): string {
  let all = "";
  consoleOutput({ write: (part) => (all += part) }, env).write(text);
  return all;
}

/** As GitHub's runner looks for them: at the start of a line after blanks, or `##[` anywhere in one. */
const command = /^\s*::|##\w*\[/m;

describe("what is written to a log of CI", () => {
  it.each([
    "::error file=x::y",
    "   ::add-mask::x",
    "text\n\t::set-output name=a::b",
    "a type of ##[error]",
    "##vso[task.setvariable variable=x]y",
    "####[group]",
    ":::error::",
  ])("gives no command: %j", (text) => {
    expect(text).toMatch(command);
    expect(written(text)).not.toMatch(command);
    expect(harmless(text)).not.toMatch(command);
  });

  it.each(["std::string", "# [link]", "a :: b", "## title"])("leaves other text as it is: %j", (text) => {
    expect(written(text)).toBe(text);
  });

  it.each(["\u001b[31m", "\u0007", "\u009b2J", "\u200e", "\u200f", "\u061c", "\u202e", "\u2066", "\ufeff"])(
    "shows control and direction marks instead of obeying them: %j",
    (mark) => {
      expect(harmless(`a${mark}b`)).not.toContain(mark.charAt(0));
    },
  );
});
