import { styleText } from "node:util";

/** Where the console report writes, and what can be shown there. */
export interface ConsoleOutput {
  write(text: string): void;
  /** `true` when a line can be written over. */
  readonly interactive: boolean;
  readonly color: boolean;
  readonly columns: number;
}

/** The part of a stream that matters here. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * Colour only on terminals; `NO_COLOR` (any value) turns it off, `FORCE_COLOR` (anything but `0`) turns it on and
 * wins, as in Node itself. `CI` turns off lines that are written over.
 */
export function consoleOutput(
  stream: OutputStream,
  env: Readonly<Record<string, string | undefined>>,
): ConsoleOutput {
  const terminal = stream.isTTY === true && env["TERM"] !== "dumb";
  const forced = env["FORCE_COLOR"];
  const wanted = terminal && (env["NO_COLOR"] ?? "") === "";
  return {
    write: (text) => {
      stream.write(withoutCommands(text));
    },
    interactive: terminal && (env["CI"] ?? "") === "",
    color: forced === undefined ? wanted : forced !== "0" && forced !== "false",
    columns: Math.max(40, stream.columns ?? 80),
  };
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

export function styled(output: ConsoleOutput, style: Style, text: string): string {
  // The decision is made already: the stream that styleText would look at is not the one written to.
  return output.color ? styleText(style, text, { validateStream: false }) : text;
}

/** What a server answers may hold escape sequences: shown, not obeyed. Tabs and line ends stay. */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * CI services take lines for commands: GitHub `::name::` at a line's start, after blanks too, and `##[name]` anywhere
 * in a line, Azure `##vso[`. What comes from servers and files may not give any.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\r\n\u2028\u2029]*):(?=:)/gm, "$1\\u003a").replace(/##(?=\w*\[)/g, "#\\u0023");
}

/** Text for people on a stream of the process: nothing in it is obeyed by a terminal or a CI service. */
export function harmless(text: string): string {
  return withoutCommands(printable(text));
}

/** Words broken into lines of at most `width` characters; a word that is longer has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  return printable(text)
    .split("\n")
    .flatMap((paragraph) => {
      const lines: string[] = [];
      let line = "";
      for (const word of paragraph.split(" ")) {
        if (line !== "" && line.length + 1 + word.length > width) {
          lines.push(line);
          line = word;
        } else line = line === "" ? word : `${line} ${word}`;
      }
      return [...lines, line];
    });
}

/** At most `width` characters, the middle left out: both ends of a path tell something. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
