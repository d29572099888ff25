import type { CommandExtension } from "./command-extension.ts";
import { type CommandName, commandNames, usages } from "./command-name.ts";
import { isTakenBy } from "./parse-arguments.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

/** What `--help` prints, for the command as a whole or for a subcommand. */
export function helpText(extension: CommandExtension, command: CommandName = "run"): string {
  const { usage = "openapi-conformance", spec } = extension;
  const rows = Object.entries<Setting<string, unknown>>(settings)
    .filter(([name]) => isTakenBy(name, command))
    .map(
      ([name, { value, short, help }]) =>
        [
          `  ${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`,
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
  run: `Checks whether a server conforms to its OpenAPI document.
Without --target it starts a Prism mock of the contract and needs no network.

Other commands, each with its own --help:
${commandNames
  .filter((name) => name !== "run")
  .map((name) => `  ${name.padEnd(9)}${usages[name].about}`)
  .join("\n")}`,
  replay: `Resends the requests behind a report's findings, including every step of a sequence, and says which findings remain.
FINDING is an id or part of one (default: all findings). The contract and target are the report's, unless --spec or
--target names others. Reports contain no secrets: give them again with --header or --auth. Anything that a replay
creates on the server is deleted again if the contract documents how.`,
  proxy: `Passes traffic to the target unchanged and judges it. Ctrl-C ends the run, shows the result and writes the reports.
Bodies are streamed both ways, and the first 1 MiB of each is judged. A longer response is judged by its status, headers
and media type alone, and the report says so. WebSocket messages are passed on but not judged.`,
  client: `Starts a mock of the contract and runs the program against it. The program gets the mock's address in the environment
variable CONFORMANCE_URL and wherever its arguments contain {url}. Every request it sends is judged. It is then run
again under valid variations of the responses, and must still succeed (exit code 0).`,
  between: `BASE and REVISION are OpenAPI documents (files or URLs), the older first. Requests go only to operations that differ,
and to those that create or list what they need. For each change the command says how the server behaves: like the old
document, like the new one, like both (its responses fit either, or some fit one and some the other) or like neither.
What no response shows is reported as not decidable, with the reason. Writes need the same consent as in every run.
Reports can be .json, .md or .html.`,
};

const interrupted = ["130", "interrupted; the reports contain what was known by then"] as const;

const exitCodes: Readonly<Record<CommandName, readonly (readonly [code: string, meaning: string])[]>> = {
  run: [
    ["0", "the server conforms (findings known to the baseline are allowed)"],
    ["1", "it doesn't conform, nothing could be judged, or a baseline entry has expired or no longer occurs"],
    ["2", "the run couldn't be carried out: wrong usage, unusable contract or recording, unreachable server"],
    interrupted,
  ],
  replay: [
    ["0", "all the findings are gone"],
    ["1", "at least one remains"],
    [
      "2",
      "none remains, but at least one couldn't be tried; or wrong usage, unusable report, unreachable server",
    ],
    ["130", "interrupted"],
  ],
  proxy: [
    ["0", "the traffic conforms"],
    ["1", "it doesn't conform, or nothing could be judged"],
    ["2", "the run couldn't be carried out: wrong usage, unusable contract, port in use, unreachable server"],
  ],
  between: [
    ["0", "nothing contradicts the revision, or the documents don't differ"],
    ["1", "at least one change contradicts it: the server behaves like the old document or like neither"],
    ["2", "nothing could be decided; or wrong usage, unusable document, unreachable server"],
    interrupted,
  ],
  client: [
    ["0", "the program conforms"],
    ["1", "it doesn't conform, or sent nothing that could be judged"],
    ["2", "the run couldn't be carried out: wrong usage, unusable contract, no such program"],
    interrupted,
  ],
};

function environmentText({ environmentHeaders = [] }: CommandExtension): string {
  const variables = [
    ...environmentHeaders.map(
      ({ variable, header }) =>
        [`  ${variable}`, `sent as the header ${header} where the contract documents it`] as const,
    ),
    ["  GITHUB_STEP_SUMMARY", "file to append the Markdown report to"],
    ["  NO_COLOR", "turns colours off"],
  ] as const;
  return `
Environment
${table(variables)}

If the server isn't on this machine, you see the plan before anything is sent, and requests that may change data
need --allow-writes.

If the server asks to wait (429, or 503 with Retry-After), the run waits and says so. It skips the rest of an operation
that would wait for more than 60 s in all.
`;
}

function table(rows: readonly (readonly [name: string, help: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, help]) => name.padEnd(width) + help).join("\n");
}
