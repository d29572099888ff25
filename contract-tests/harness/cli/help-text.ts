import type { CommandExtension } from "./command-extension.ts";
import { type CommandName, commandNames, usages } from "./command-name.ts";
import { isTakenBy } from "./parse-arguments.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

/** What `--help` prints, for the command as a whole or one of its own. */
export function helpText(extension: CommandExtension, command: CommandName = "run"): string {
  const { usage = "openapi-conformance", spec } = extension;
  const rows = Object.entries<Setting<string, unknown>>(settings)
    .filter(([name]) => isTakenBy(name, command))
    .map(
      ([name, { value, help }]) =>
        [
          `  --${name}${value === undefined ? "" : ` ${value}`}`,
          name === "spec" && spec !== undefined ? `${help} (default: ${spec})` : help,
        ] as const,
    );
  const called = (name: CommandName) =>
    spec === undefined ? usages[name].usage : usages[name].usage.replace("--spec FILE ", "");
  return `Usage: ${usage} ${called(command)}
${command === "run" ? othersText() : ""}
${aboutText[command]}

${table(rows)}
${command === "run" ? environmentText(extension) : ""}
Exit codes
${table(exitCodes[command].map(([code, meaning]) => [`  ${code}`, meaning] as const))}
`;

  function othersText(): string {
    const others = commandNames.filter((name) => name !== "run");
    return others.map((name) => `       ${usage} ${called(name)}\n`).join("");
  }
}

const aboutText: Readonly<Record<CommandName, string>> = {
  run: `Judges whether a server conforms to its OpenAPI document.
Without --target it needs no network: it starts a Prism mock of the contract.
The other commands: ${commandNames
    .filter((name) => name !== "run")
    .map((name) => `${name} ${usages[name].about};`)
    .join("\n  ")} each has a --help of its own.`,
  replay: `Sends the requests of a report's findings again, all steps of a sequence, and says which are still there.
A FINDING is an id, or any part of one; all without. Contract and target are those of the report where --spec and --target
don't name others. Secrets were taken out of the report: give them anew with --header or --auth. What a replay makes on the
server it deletes again, where the contract says how.`,
  proxy: `Passes traffic through to the target unchanged and judges it on the way, until Ctrl-C: then the result is shown and the
reports are written. Bodies stream both ways; of each, the first 1 MiB is looked at. A longer one is judged by its status,
headers and media type alone, and that is told. WebSockets are passed, and their messages aren't judged.`,
  client: `Starts a mock of the contract, starts the program with its address in the variable CONFORMANCE_URL and in place of
{url} in its words, judges every request that the program sends, and starts it again under clean variations of the answers,
under which it must still succeed (exit code 0).`,
};

const interrupted = ["130", "it was interrupted; what was known by then is in the reports"] as const;

const exitCodes: Readonly<Record<CommandName, readonly (readonly [code: string, meaning: string])[]>> = {
  run: [
    ["0", "the server conforms (known findings of the baseline included)"],
    ["1", "it doesn't, or nothing could be judged, or a baseline entry has expired or is no longer seen"],
    ["2", "the run couldn't be done: wrong usage, unusable contract or recording, server not reachable"],
    interrupted,
  ],
  replay: [
    ["0", "all findings that were named are gone"],
    ["1", "one is still there"],
    [
      "2",
      "none is still there, but one couldn't be tried; or wrong usage, unusable report, server not reachable",
    ],
    ["130", "it was interrupted"],
  ],
  proxy: [
    ["0", "what was seen conforms"],
    ["1", "it doesn't, or nothing could be judged"],
    ["2", "it couldn't be done: wrong usage, unusable contract, port in use, server not reachable"],
  ],
  client: [
    ["0", "the program conforms"],
    ["1", "it doesn't, or it sent nothing that could be judged"],
    ["2", "it couldn't be done: wrong usage, unusable contract, no such program"],
    interrupted,
  ],
};

function environmentText({ environmentHeaders = [] }: CommandExtension): string {
  const variables = [
    ...environmentHeaders.map(
      ({ variable, header }) =>
        [`  ${variable}`, `sent as ${header} where the contract knows that header`] as const,
    ),
    ["  GITHUB_STEP_SUMMARY", "the Markdown report is appended to this file"],
    ["  NO_COLOR", "no colours"],
  ] as const;
  return `
Environment
${table(variables)}

Before anything is sent to a server that isn't on this machine, the plan is shown; requests that may change
something are sent there only with --allow-writes.

Waits that a server asks for (429, or 503 with Retry-After) are shown; an operation that would wait for more than 60 s
in all is given up.
`;
}

function table(rows: readonly (readonly [name: string, help: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, help]) => name.padEnd(width) + help).join("\n");
}
