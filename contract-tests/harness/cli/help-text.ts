import type { CommandExtension } from "./command-extension.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

/** What `--help` prints. */
export function helpText({
  usage = "openapi-conformance",
  spec,
  environmentHeaders = [],
}: CommandExtension): string {
  const rows = Object.entries<Setting<string, unknown>>(settings).map(
    ([name, { value, help }]) =>
      [
        `  --${name}${value === undefined ? "" : ` ${value}`}`,
        name === "spec" && spec !== undefined ? `${help} (default: ${spec})` : help,
      ] as const,
  );
  const variables = [
    ...environmentHeaders.map(
      ({ variable, header }) =>
        [`  ${variable}`, `sent as ${header} where the contract knows that header`] as const,
    ),
    ["  GITHUB_STEP_SUMMARY", "the Markdown report is appended to this file"],
    ["  NO_COLOR", "no colours"],
  ] as const;
  return `Usage: ${usage} ${spec === undefined ? "--spec FILE " : ""}[options]

Judges whether a server conforms to its OpenAPI document.
Without --target it needs no network: it starts a Prism mock of the contract.

${table(rows)}

Environment
${table(variables)}

Before anything is sent to a server that isn't on this machine, the plan is shown; requests that may change
something are sent there only with --allow-writes.

Waits that a server asks for (429, or 503 with Retry-After) are shown; an operation that would wait for more than 60 s
in all is given up.

Exit codes
  0    the server conforms (known findings of the baseline included)
  1    it doesn't, or nothing could be judged, or a baseline entry has expired or is no longer seen
  2    the run couldn't be done: wrong usage, unusable contract or recording, server not reachable
  130  it was interrupted; what was known by then is in the reports
`;
}

function table(rows: readonly (readonly [name: string, help: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, help]) => name.padEnd(width) + help).join("\n");
}
