import { type OptionRow, optionTable } from "./option-table.ts";

/** What `--help` prints. */
export function helpText(): string {
  const rows = Object.entries<OptionRow>(optionTable).map(
    ([name, { value, help }]) => [`  --${name}${value === undefined ? "" : ` ${value}`}`, help] as const,
  );
  const width = Math.max(...rows.map(([option]) => option.length)) + 2;
  return `Usage: npm run conformance -- [options]

Judges whether a server keeps an API contract, and whether the client of this project does.
Without options it needs no key and no network: it starts a Prism mock of the contract.

${rows.map(([option, help]) => option.padEnd(width) + help).join("\n")}

Environment
  ELEVENLABS_API_KEY  sent as xi-api-key where the contract knows that header
  GITHUB_STEP_SUMMARY the Markdown report is appended to this file
  NO_COLOR            no colours

Before anything is sent to a server that isn't on this machine, the plan is shown; requests that may change
something are sent there only with --allow-writes.

Exit codes
  0  the contract is kept (known findings of the baseline included)
  1  it isn't, or nothing could be judged, or a baseline entry has expired or is no longer seen
  2  the run couldn't be done: wrong usage, unusable contract or recording, server not reachable
`;
}
