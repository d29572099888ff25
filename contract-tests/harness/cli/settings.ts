import { variationIds } from "../run/variations.ts";
import { commandNames } from "./command-name.ts";
import { countOrAll, flag, list, percentage, positiveNumber, setting, text, wholeNumber } from "./setting.ts";
import {
  checkIds,
  readAcceptedStatuses,
  readCheckId,
  readCredential,
  readHeader,
  readNamedValue,
  readPhases,
  readShard,
  readUrl,
  readVariation,
} from "./setting-values.ts";
import { UsageError } from "./usage-error.ts";

const everyone = commandNames;
/** Those that contact a server. */
const servers = ["run", "replay", "proxy", "between"] as const;
/** Those that judge a server's responses. */
const judges = ["run", "proxy"] as const;
/** Those that judge by one document. */
const byOneDocument = ["run", "replay", "proxy", "client"] as const;
/** Those that send their own requests. */
const senders = ["run", "replay", "between"] as const;

/**
 * Every setting of the command, in the order of the help. Help, parsing and the run's options all come from here: a
 * setting whose key is one of `RunOptions` is passed to the run unchanged.
 */
export const settings = {
  spec: setting({
    takenBy: byOneDocument,
    key: "spec",
    value: "FILE",
    help: "the contract: an OpenAPI 3.x document (YAML or JSON), as a file or an http(s) URL",
    read: text,
    isFile: true,
  }),
  overlay: list({
    takenBy: byOneDocument,
    key: "overlays",
    value: "FILE",
    help: "apply this OpenAPI Overlay to the contract first; repeatable",
    read: text,
    isFile: true,
  }),
  config: setting({
    takenBy: everyone,
    key: "config",
    value: "FILE",
    help: "read options from this YAML or JSON file; the command line wins (default: conformance.yaml, if it exists)",
    read: text,
    commandOnly: true,
  }),
  target: setting({
    takenBy: servers,
    key: "target",
    value: "URL",
    help: "judge the server at this address, which may contain {variables} (default: a Prism mock of the contract)",
    read: readUrl,
  }),
  "server-variable": list({
    key: "serverVariables",
    value: "NAME=VALUE",
    help: "value of a variable in --target or, without one, in the document's servers; repeat it to judge several servers",
    read: readNamedValue,
    pair: "=",
  }),
  "wait-for": setting({
    takenBy: servers,
    key: "waitForMs",
    value: "SECONDS",
    help: "wait up to this long for the target to accept connections (default: don't wait)",
    ...positiveNumber(1_000),
  }),
  ca: setting({
    takenBy: servers,
    key: "ca",
    value: "FILE",
    help: "PEM file of additional certificates to trust",
    read: text,
    isFile: true,
  }),
  cert: setting({
    takenBy: servers,
    key: "cert",
    value: "FILE",
    help: "PEM file of the client certificate; needs --key",
    read: text,
    isFile: true,
  }),
  key: setting({
    takenBy: servers,
    key: "key",
    value: "FILE",
    help: "PEM file of the client certificate's private key",
    read: text,
    isFile: true,
  }),
  insecure: flag("insecure", "accept any certificate from the target", { takenBy: servers }),
  har: setting({
    key: "har",
    value: "FILE",
    help: "judge this recorded traffic; nothing is sent",
    read: text,
    isFile: true,
  }),
  only: list({
    takenBy: ["run", "proxy", "between"],
    key: "only",
    value: "FILTER",
    help: "judge only these operations: 'DELETE /admin/**', /items/*, GET, tag:NAME or an operationId; repeatable",
    read: text,
  }),
  skip: list({
    takenBy: ["run", "proxy"],
    key: "skip",
    value: "FILTER",
    help: "skip these operations: as --only, or deprecated; repeatable",
    read: text,
  }),
  header: list({
    takenBy: senders,
    key: "headers",
    value: "'NAME: VALUE'",
    help: "send this header (a credential, for example) with every request; repeatable",
    read: readHeader,
    pair: ": ",
    perOperation: true,
  }),
  auth: list({
    takenBy: senders,
    key: "auth",
    value: "SCHEME=VALUE",
    help: "credential for one of the contract's security schemes: a token, a key or user:password; repeatable",
    read: readCredential,
    pair: "=",
  }),
  param: list({
    takenBy: ["run", "between"],
    key: "params",
    value: "NAME=VALUE",
    help: "use this value for every parameter and body property called NAME (or operationId.name); repeatable",
    read: readNamedValue,
    pair: "=",
    perOperation: true,
  }),
  seed: setting({
    key: "seed",
    value: "N",
    help: "seed for random requests: the same seed sends the same bytes (default 1)",
    ...wholeNumber(0),
  }),
  phases: setting({
    key: "phases",
    value: "LIST",
    help: "comma-separated list of examples, coverage, fuzzing (default: all)",
    read: readPhases,
  }),
  check: list({
    takenBy: ["run", "proxy"],
    key: "onlyChecks",
    value: "ID",
    help: "run only this check; repeatable",
    read: readCheckId,
    json: { enum: checkIds },
    perOperation: true,
  }),
  "skip-check": list({
    takenBy: ["run", "proxy"],
    key: "skippedChecks",
    value: "ID",
    help: "skip this check; repeatable",
    read: readCheckId,
    json: { enum: checkIds },
    perOperation: true,
  }),
  "warn-check": list({
    takenBy: ["run", "proxy"],
    key: "warnedChecks",
    value: "ID",
    help: "report this check's findings as warnings; repeatable",
    read: readCheckId,
    json: { enum: checkIds },
    perOperation: true,
  }),
  "accept-status": list({
    takenBy: ["run", "replay", "proxy"],
    key: "acceptedStatuses",
    value: "CHECK=LIST",
    help: "the statuses that a check accepts, such as negative-data-rejection=400,422; repeatable",
    read: readAcceptedStatuses,
    pair: "=",
    perOperation: true,
  }),
  "require-success": flag("requireSuccess", "fail if an operation is never seen to succeed"),
  "min-coverage": setting({
    key: "minCoverage",
    value: "PERCENT",
    help: "fail if less than this much of the contract (0 to 100) is tried or seen in a response",
    ...percentage,
  }),
  sensitivity: setting({
    key: "sensitivity",
    value: "[N]",
    bare: "200",
    help: "say how many of the faults that the contract makes possible this run would catch, by trying N of them (default 200) or all",
    ...countOrAll,
  }),
  "min-sensitivity": setting({
    key: "minSensitivity",
    value: "PERCENT",
    help: "fail if the run would catch less than this much of them (0 to 100); implies --sensitivity",
    ...percentage,
  }),
  "allow-writes": flag(
    "allowWrites",
    "send requests that may change data even if the server isn't on this machine",
    { takenBy: senders },
  ),
  "max-requests": setting({
    takenBy: ["run", "between"],
    key: "maxRequests",
    value: "N",
    help: "send at most this many requests",
    ...wholeNumber(1),
  }),
  "max-cases": setting({
    key: "maxCases",
    value: "N",
    help: "at most this many cases per operation (default 300; 16 on a mock of 50 or more operations)",
    ...wholeNumber(1),
    perOperation: true,
  }),
  "max-time": setting({
    takenBy: ["run", "client", "between"],
    key: "maxTimeMs",
    value: "SECONDS",
    help: "end the run after this many seconds, with the results so far",
    ...positiveNumber(1_000),
  }),
  "fuzz-runs": setting({
    key: "fuzzRuns",
    value: "N",
    help: "random requests per operation (default 10; 2 on a mock of 50 or more operations)",
    ...wholeNumber(0),
    perOperation: true,
  }),
  workers: setting({
    key: "workers",
    value: "N",
    help: "send up to this many requests at once if they change nothing (default 1, also with --max-requests); the findings stay the same",
    ...wholeNumber(1),
  }),
  rate: setting({
    takenBy: ["run", "between"],
    key: "rate",
    value: "N",
    help: "send at most this many requests per second",
    ...positiveNumber(),
  }),
  timeout: setting({
    takenBy: senders,
    key: "timeoutMs",
    value: "MS",
    help: "milliseconds to wait for a response (default 10000)",
    ...wholeNumber(1),
    perOperation: true,
  }),
  "max-response-time": setting({
    takenBy: ["run", "replay", "proxy"],
    key: "maxResponseTimeMs",
    value: "MS",
    help: "milliseconds above which a response is too slow (default 5000)",
    ...wholeNumber(1),
    perOperation: true,
  }),
  shard: setting({
    key: "shard",
    value: "I/N",
    help: "judge only part I of N of the contract",
    read: readShard,
  }),
  merge: flag("merge", "merge the shards' JSON reports, given as arguments, into one result", {
    commandOnly: true,
  }),
  baseline: setting({
    takenBy: judges,
    key: "baseline",
    value: "FILE",
    help: "known findings, each with a reason and an expiry date; new and expired ones fail the run",
    read: text,
    isFile: true,
  }),
  "update-baseline": flag("updateBaseline", "write this run's findings to the baseline file", {
    takenBy: judges,
  }),
  reason: setting({
    takenBy: judges,
    key: "reason",
    value: "TEXT",
    help: "why --update-baseline accepts the new findings",
    read: text,
  }),
  report: list({
    takenBy: ["run", "proxy", "client", "between"],
    key: "reports",
    value: "FILE",
    help: "write a report; the extension sets the format: .html .json .xml (JUnit) .sarif .md; repeatable",
    read: text,
    isFile: true,
  }),
  "compare-with": setting({
    takenBy: judges,
    key: "compareWith",
    value: "FILE.json",
    help: "say in Markdown reports, step summary and comment what is new or gone since that run (the base branch's, for example)",
    read: text,
    isFile: true,
  }),
  comment: flag("comment", "on GitHub Actions, post the result as a comment on the pull request", {
    commandOnly: true,
  }),
  record: setting({
    takenBy: judges,
    key: "record",
    value: "FILE.har",
    help: "record the traffic, with secrets redacted",
    read: text,
    isFile: true,
  }),
  variation: list({
    key: "variations",
    value: "ID",
    help: `try only this variation of the responses: ${variationIds.join(", ")}; repeatable`,
    takenBy: ["client"],
    commandOnly: true,
    read: readVariation,
  }),
  port: setting({
    key: "port",
    value: "N",
    help: "loopback port to listen on (default: any free port)",
    takenBy: ["proxy"],
    commandOnly: true,
    read: (text, option) => {
      const port = wholeNumber(0).read(text, option);
      if (port > 65_535) throw new UsageError(`${option} ${text} isn't a port: use 0 to 65535.`);
      return port;
    },
  }),
  help: flag("help", "print this help", { commandOnly: true, takenBy: everyone, short: "h" }),
  version: flag("version", "print the version", { commandOnly: true, takenBy: everyone, short: "v" }),
} as const;

type Table = typeof settings;
type Row = Table[keyof Table];
type ValueOf<One extends Row> = One extends { readonly repeatable: true }
  ? readonly ReturnType<One["read"]>[]
  : ReturnType<One["read"]>;

/** The settings that were given, by their keys. */
export type GivenSettings = { readonly [One in Row as One["key"]]?: ValueOf<One> };
