import { variationIds } from "../run/variations.ts";
import { commandNames } from "./command-name.ts";
import { flag, list, percentage, positiveNumber, setting, text, wholeNumber } from "./setting.ts";
import {
  checkIds,
  readAcceptedStatuses,
  readCheckId,
  readHeader,
  readNamedValue,
  readPhases,
  readShard,
  readUrl,
  readVariation,
} from "./setting-values.ts";
import { UsageError } from "./usage-error.ts";

const everyone = commandNames;
/** Those that ask a server. */
const servers = ["run", "replay", "proxy"] as const;

/**
 * Every setting of the command, in the order of the help. Help, parsing and the run's options all come from here: a
 * setting whose key is one of `RunOptions` reaches the run as it is.
 */
export const settings = {
  spec: setting({
    takenBy: everyone,
    key: "spec",
    value: "FILE",
    help: "the contract, an OpenAPI 3.x document as YAML or JSON: a file, or an http(s) address",
    read: text,
  }),
  overlay: list({
    takenBy: everyone,
    key: "overlays",
    value: "FILE",
    help: "put this OpenAPI Overlay on the contract before it is read; may be repeated",
    read: text,
  }),
  config: setting({
    takenBy: everyone,
    key: "config",
    value: "FILE",
    help: "read options from this YAML or JSON file, by their names; those given here win (default: conformance.yaml, if it is there)",
    read: text,
    commandOnly: true,
  }),
  target: setting({
    takenBy: servers,
    key: "target",
    value: "URL",
    help: "judge the server that runs there, {variables} of its address filled in (default: a Prism mock of the contract)",
    read: readUrl,
  }),
  "server-variable": list({
    key: "serverVariables",
    value: "NAME=VALUE",
    help: "a variable of the address, or of the document's servers without --target; repeated, each value's server is judged",
    read: readNamedValue,
    pair: "=",
  }),
  "wait-for": setting({
    takenBy: servers,
    key: "waitForMs",
    value: "SECONDS",
    help: "wait so long for the target to accept connections (default: not at all)",
    ...positiveNumber(1_000),
  }),
  ca: setting({
    takenBy: servers,
    key: "ca",
    value: "FILE",
    help: "PEM file of certificates to trust besides the usual ones",
    read: text,
  }),
  cert: setting({
    takenBy: servers,
    key: "cert",
    value: "FILE",
    help: "PEM file of the certificate that says who asks; needs --key",
    read: text,
  }),
  key: setting({
    takenBy: servers,
    key: "key",
    value: "FILE",
    help: "PEM file of that certificate's key",
    read: text,
  }),
  insecure: flag("insecure", "take any certificate of the target's", { takenBy: servers }),
  har: setting({
    key: "har",
    value: "FILE",
    help: "judge recorded traffic; nothing is sent",
    read: text,
  }),
  only: list({
    takenBy: ["run", "proxy"],
    key: "only",
    value: "FILTER",
    help: "judge these operations only: 'DELETE /admin/**', /items/*, GET, tag:NAME, an operationId; may be repeated",
    read: text,
  }),
  skip: list({
    takenBy: ["run", "proxy"],
    key: "skip",
    value: "FILTER",
    help: "leave these operations out, also: deprecated; may be repeated",
    read: text,
  }),
  header: list({
    takenBy: ["run", "replay"],
    key: "headers",
    value: "'NAME: VALUE'",
    help: "send this header with every request, such as a credential; may be repeated",
    read: readHeader,
    pair: ": ",
    perOperation: true,
  }),
  auth: list({
    takenBy: ["run", "replay"],
    key: "auth",
    value: "SCHEME=VALUE",
    help: "the credential of a security scheme of the contract: a token, a key, or user:password; may be repeated",
    read: readNamedValue,
    pair: "=",
  }),
  param: list({
    key: "params",
    value: "NAME=VALUE",
    help: "use this value for parameters and body members of that name, or for operationId.name; may be repeated",
    read: readNamedValue,
    pair: "=",
    perOperation: true,
  }),
  seed: setting({
    key: "seed",
    value: "N",
    help: "seed of the random requests: the same seed sends the same bytes (default 1)",
    ...wholeNumber(0),
  }),
  phases: setting({
    key: "phases",
    value: "LIST",
    help: "examples, coverage, fuzzing, with commas (default: all)",
    read: readPhases,
  }),
  check: list({
    takenBy: ["run", "proxy"],
    key: "onlyChecks",
    value: "ID",
    help: "run this check only; may be repeated",
    read: readCheckId,
    json: { enum: checkIds },
    perOperation: true,
  }),
  "skip-check": list({
    takenBy: ["run", "proxy"],
    key: "skippedChecks",
    value: "ID",
    help: "leave this check out; may be repeated",
    read: readCheckId,
    json: { enum: checkIds },
    perOperation: true,
  }),
  "warn-check": list({
    takenBy: ["run", "proxy"],
    key: "warnedChecks",
    value: "ID",
    help: "the findings of this check are warnings; may be repeated",
    read: readCheckId,
    json: { enum: checkIds },
    perOperation: true,
  }),
  "accept-status": list({
    takenBy: servers,
    key: "acceptedStatuses",
    value: "CHECK=LIST",
    help: "statuses that a check accepts, such as negative-data-rejection=400,422",
    read: readAcceptedStatuses,
    pair: "=",
    perOperation: true,
  }),
  "require-success": flag("requireSuccess", "fail when an operation isn't seen to succeed"),
  "min-coverage": setting({
    key: "minCoverage",
    value: "PERCENT",
    help: "fail when less of the contract than this is tried or seen in an answer: 0 to 100",
    ...percentage,
  }),
  "allow-writes": flag(
    "allowWrites",
    "send requests that may change something to a server that isn't on this machine",
    { takenBy: ["run", "replay"] },
  ),
  "max-requests": setting({
    key: "maxRequests",
    value: "N",
    help: "send at most so many requests",
    ...wholeNumber(1),
  }),
  "max-cases": setting({
    key: "maxCases",
    value: "N",
    help: "at most so many cases for each operation (default 300; 16 on a mock of 50 operations and more)",
    ...wholeNumber(1),
    perOperation: true,
  }),
  "max-time": setting({
    takenBy: ["run", "client"],
    key: "maxTimeMs",
    value: "SECONDS",
    help: "end the run after so many seconds, with what is known by then",
    ...positiveNumber(1_000),
  }),
  "fuzz-runs": setting({
    key: "fuzzRuns",
    value: "N",
    help: "random requests for each operation (default 10; 2 on a mock of 50 operations and more)",
    ...wholeNumber(0),
    perOperation: true,
  }),
  workers: setting({
    key: "workers",
    value: "N",
    help: "up to so many requests at a time where they change nothing (default 1); the findings are the same",
    ...wholeNumber(1),
  }),
  rate: setting({
    key: "rate",
    value: "N",
    help: "at most so many requests per second",
    ...positiveNumber(),
  }),
  timeout: setting({
    takenBy: ["run", "replay"],
    key: "timeoutMs",
    value: "MS",
    help: "milliseconds to wait for an answer (default 10000)",
    ...wholeNumber(1),
    perOperation: true,
  }),
  "max-response-time": setting({
    takenBy: servers,
    key: "maxResponseTimeMs",
    value: "MS",
    help: "milliseconds above which an answer is too slow (default 5000)",
    ...wholeNumber(1),
    perOperation: true,
  }),
  shard: setting({
    key: "shard",
    value: "I/N",
    help: "judge the I-th of N parts of the contract",
    read: readShard,
  }),
  merge: flag("merge", "merge JSON reports of shards (named as arguments) into one result", {
    commandOnly: true,
  }),
  baseline: setting({
    key: "baseline",
    value: "FILE",
    help: "known findings, each with a reason and a date; new and expired ones fail",
    read: text,
  }),
  "update-baseline": flag("updateBaseline", "write this run's findings to the baseline file"),
  reason: setting({
    key: "reason",
    value: "TEXT",
    help: "why --update-baseline accepts new findings",
    read: text,
  }),
  report: list({
    takenBy: ["run", "proxy", "client"],
    key: "reports",
    value: "FILE",
    help: "write a report; the ending tells the format: .html .json .xml (JUnit) .sarif .md; may be repeated",
    read: text,
  }),
  record: setting({
    key: "record",
    value: "FILE.har",
    help: "record the traffic, secrets taken out",
    read: text,
  }),
  variation: list({
    key: "variations",
    value: "ID",
    help: `try this variation of the answers only: ${variationIds.join(", ")}; may be repeated`,
    takenBy: ["client"],
    commandOnly: true,
    read: readVariation,
  }),
  port: setting({
    key: "port",
    value: "N",
    help: "the port on loopback to listen on (default: any free one)",
    takenBy: ["proxy"],
    commandOnly: true,
    read: (text, option) => {
      const port = wholeNumber(0).read(text, option);
      if (port > 65_535) throw new UsageError(`${option} ${text} isn't a port: there are 0 to 65535.`);
      return port;
    },
  }),
  help: flag("help", "show this help", { commandOnly: true, takenBy: everyone }),
  version: flag("version", "show the version", { commandOnly: true, takenBy: everyone }),
} as const;

type Table = typeof settings;
type Row = Table[keyof Table];
type ValueOf<One extends Row> = One extends { readonly repeatable: true }
  ? readonly ReturnType<One["read"]>[]
  : ReturnType<One["read"]>;

/** The settings that were given, by their keys. */
export type GivenSettings = { readonly [One in Row as One["key"]]?: ValueOf<One> };
