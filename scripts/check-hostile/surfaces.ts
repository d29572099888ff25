/** Somewhere that text, bytes or calls come in from people who may mean harm. */
export interface Surface {
  readonly name: string;
  /** What was tried there, in a few words. */
  readonly tried: string;
  /** Where the attacks stand: files from the root, with the beginnings of the names of those tests that count. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

const all: readonly string[] = [""];
const harness = "contract-tests/harness";
const hostile = "contract-tests/self-test/hostile";

/** Every surface. One without a test fails the check. */
export const surfaces: readonly Surface[] = [
  {
    name: "OpenAPI documents",
    tried:
      "schemas that require endless or enormous values, multiplying or circular references, multiplying aliases, 20,000 levels, 10 MB, invalid names and numbers, references to other documents",
    tests: {
      [`${hostile}/documents.attack.ts`]: ["no document"],
      [`${harness}/contract/unusual-documents.test.ts`]: all,
      [`${harness}/contract/external-documents.test.ts`]: all,
      [`${harness}/schema/linear-pattern.test.ts`]: ["hostile patterns", "in a schema"],
      "scripts/generate/compile.test.ts": ["compile refuses"],
    },
  },
  {
    name: "Answers of servers",
    tried:
      "bombs, 20,000 levels, texts and names of 9 MB, lists that take quadratic time, formats and patterns that backtrack, endless waits, silence, broken connections, other protocols",
    tests: {
      [`${hostile}/documents.attack.ts`]: ["no answer"],
      "contract-tests/self-test/harness/ending.test.ts": all,
    },
  },
  {
    name: "Recordings",
    tried:
      "commands in methods and addresses, files beside the recording and elsewhere, bodies that were lost or made up",
    tests: {
      [`${harness}/reports/har.test.ts`]: all,
      [`${harness}/run/curl-line.test.ts`]: all,
      [`${harness}/run/recorded-source.test.ts`]: all,
    },
  },
  {
    name: "Baselines",
    tried: "entries that are invalid, match nothing or have expired; reasons that are commands",
    tests: { [`${harness}/baseline/baseline.test.ts`]: all },
  },
  {
    name: "Options and configuration",
    tried: "unknown and contradictory options, missing files, keys that no header can carry",
    tests: {
      [`${harness}/cli/config-file.test.ts`]: all,
      [`${harness}/cli/own-headers.test.ts`]: all,
    },
  },
  {
    name: "Failures of the harness itself",
    tried: "a throw from every function and class that a run, a recording or a merge calls",
    tests: { [`${hostile}/seams.attack.ts`]: all },
  },
  {
    name: "Regular expressions",
    tried: "texts of 16, 64 and 256 KiB made from each pattern of the sources, and for each format",
    tests: {
      [`${hostile}/patterns.attack.ts`]: all,
      [`${harness}/redaction/spellings.test.ts`]: ["a text made to be slow"],
      "scripts/growth.test.ts": all,
    },
  },
  {
    name: "Secrets in what is written",
    tried:
      "500 random spellings of a key, under random names in twelve places, and a canary for each kind of secret; all reports, the recording, the terminal, errors, raw answers and log lines",
    tests: {
      [`${hostile}/secrets.attack.ts`]: all,
      [`${harness}/redaction/spellings.test.ts`]: all,
      [`${harness}/redaction/redact.test.ts`]: all,
      "scripts/conformance.canaries.test.ts": all,
      "src/secrets.test.ts": all,
    },
  },
  {
    name: "Answers to the client",
    tried:
      "echoes of the key, redirects, endless and empty chunks, nesting, waits beyond the deadline, options that throw or lie",
    tests: {
      "src/hostile-options.test.ts": all,
      "src/nothing-left-behind.test.ts": all,
      "src/redirects.test.ts": all,
      "src/transport/receive.test.ts": all,
      "src/secrets/redact-body.test.ts": all,
    },
  },
  {
    name: "Token endpoint",
    tried:
      "forged origins, foreign pages, duplicate members, dripping bodies, header injection, hooks that never end",
    tests: {
      "contract-tests/suites/token-endpoint/hostile-requests.test.ts": all,
      "contract-tests/suites/token-endpoint/nine-mistakes.test.ts": all,
      "src/token-endpoint/check-options.test.ts": all,
      "src/token-endpoint/create-token-endpoint.test.ts": all,
    },
  },
  {
    name: "Demo and files",
    tried:
      "a limit evaded by other names and forged addresses, framing, links at the names of drafts and of reports",
    tests: { [`${hostile}/demo.attack.ts`]: all },
  },
  {
    name: "Simulator",
    tried:
      "resets, upgrades elsewhere, chunks and configurations of wrong types, a million characters, wrong tokens",
    tests: {
      "src/simulator/start-simulator.test.ts": all,
      "src/simulator/serve.test.ts": all,
    },
  },
  {
    name: "Pages that are imported",
    tried:
      "invalid pages, addresses that escape or contain users, patches that rename, link and change modes",
    tests: {
      "scripts/import/bad-pages.test.ts": all,
      "scripts/refresh/refresh-workflow.test.ts": all,
    },
  },
  {
    name: "Generated code",
    tried:
      "names that reach into prototypes, headers with line breaks, addresses with users or without a scheme",
    tests: {
      "scripts/generate/operation-model.test.ts": all,
      "scripts/generate/provider.test.ts": ["what can't be used"],
    },
  },
  {
    name: "Reports",
    tried: "markup, scripts and control characters from servers and contracts, in each format",
    tests: {
      [`${harness}/reports/html-report.test.ts`]: all,
      [`${harness}/reports/machine-reports.test.ts`]: all,
      [`${harness}/reports/merge-reports.test.ts`]: all,
      [`${harness}/reports/file-report.test.ts`]: all,
    },
  },
  {
    name: "Terminal and CI logs",
    tried: "escape sequences, bidirectional marks, workflow commands wherever a service reads them",
    tests: {
      [`${harness}/reports/console-output.test.ts`]: all,
      [`${harness}/reports/console-report.test.ts`]: all,
      "scripts/cli/printable.test.ts": all,
      "scripts/cli/run-script.test.ts": all,
    },
  },
];
