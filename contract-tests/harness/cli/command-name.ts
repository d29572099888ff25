/** What the command does: its first argument, or `run` without one. */
export const commandNames = ["run", "replay", "proxy", "client", "between"] as const;
export type CommandName = (typeof commandNames)[number];

/** How each is used and what it does, for the help. */
export const usages: Readonly<Record<CommandName, { readonly usage: string; readonly about: string }>> = {
  run: { usage: "--spec FILE [options]", about: "checks whether a server conforms to its OpenAPI document" },
  replay: {
    usage: "replay REPORT.json [FINDING…] [options]",
    about: "resends the requests behind a report's findings and says which findings remain",
  },
  proxy: {
    usage: "proxy --target URL --spec FILE [--port N] [options]",
    about: "passes traffic through unchanged and judges it",
  },
  client: {
    usage: "client --spec FILE [options] -- COMMAND …",
    about:
      "judges what a program sends to a mock, and whether it copes with valid variations of the responses",
  },
  between: {
    usage: "between BASE REVISION --target URL [options]",
    about: "says for each change between two documents whether a server behaves like the old or the new one",
  },
};

/** Splits the command's name from its arguments. */
export function commandOf(args: readonly string[]): readonly [CommandName, readonly string[]] {
  const named = commandNames.find((name) => name !== "run" && name === args[0]);
  return named === undefined ? ["run", args] : [named, args.slice(1)];
}
