/** One option of the command: how it is written, and what it does. */
export interface OptionRow {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** What stands for its value in the help: FILE, URL … */
  readonly value?: string;
  readonly help: string;
}

/** Every option of `npm run conformance`, in the order of the help. */
export const optionTable = {
  target: {
    type: "string",
    value: "URL",
    help: "judge the server that runs there (default: a Prism mock of the contract, in this process)",
  },
  spec: {
    type: "string",
    value: "FILE",
    help: "the contract, OpenAPI 3.0 or 3.1 as YAML or JSON (default: generated/openapi.yaml)",
  },
  har: { type: "string", value: "FILE", help: "judge recorded traffic; nothing is sent" },
  header: {
    type: "string",
    multiple: true,
    value: "'NAME: VALUE'",
    help: "send this header with every request, such as a credential; may be repeated",
  },
  seed: {
    type: "string",
    value: "N",
    help: "seed of the random requests: the same seed sends the same bytes (default 1)",
  },
  phases: { type: "string", value: "LIST", help: "examples, coverage, fuzzing, with commas (default: all)" },
  check: { type: "string", multiple: true, value: "ID", help: "run this check only; may be repeated" },
  "skip-check": {
    type: "string",
    multiple: true,
    value: "ID",
    help: "leave this check out; may be repeated",
  },
  "accept-status": {
    type: "string",
    multiple: true,
    value: "CHECK=LIST",
    help: "statuses that a check accepts, such as negative-data-rejection=400,422",
  },
  "allow-writes": {
    type: "boolean",
    help: "send requests that may change something to a server that isn't on this machine",
  },
  "max-requests": { type: "string", value: "N", help: "send at most so many requests" },
  "max-cases": {
    type: "string",
    value: "N",
    help: "at most so many cases for each operation (default 300; 16 on a mock of 50 operations and more)",
  },
  "fuzz-runs": {
    type: "string",
    value: "N",
    help: "random requests for each operation (default 10; 2 on a mock of 50 operations and more)",
  },
  rate: { type: "string", value: "N", help: "at most so many requests per second" },
  timeout: { type: "string", value: "MS", help: "milliseconds to wait for an answer (default 10000)" },
  "max-response-time": {
    type: "string",
    value: "MS",
    help: "milliseconds above which an answer is too slow (default 5000)",
  },
  shard: { type: "string", value: "I/N", help: "judge the I-th of N parts of the contract" },
  merge: { type: "boolean", help: "merge JSON reports of shards (named as arguments) into one result" },
  baseline: {
    type: "string",
    value: "FILE",
    help: "known findings, each with a reason and a date; new and expired ones fail",
  },
  "update-baseline": { type: "boolean", help: "write this run's findings to the baseline file" },
  reason: { type: "string", value: "TEXT", help: "why --update-baseline accepts new findings" },
  report: {
    type: "string",
    multiple: true,
    value: "FILE",
    help: "write a report; the ending tells the format: .html .json .xml (JUnit) .sarif .md; may be repeated",
  },
  record: { type: "string", value: "FILE.har", help: "record the traffic, secrets taken out" },
  help: { type: "boolean", help: "show this help" },
} as const satisfies Readonly<Record<string, OptionRow>>;
