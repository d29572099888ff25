/**
 * `openapi-conformance`: judges servers, recordings and clients by OpenAPI documents.
 *
 * `run` and `judgeExchange` return events and findings unredacted; `renderReport` and the command redact what they
 * write, and `redactorFor` serves everything else.
 */

export type { Case, CasePhase, Expectation } from "./cases/case.ts";
export type {
  Check,
  Complaint,
  Judge,
  JudgedExchange as CheckedExchange,
  Judgement,
} from "./checks/check.ts";
export type { Exchange, Finding, Severity } from "./checks/finding.ts";
export { checks } from "./checks/registry.ts";
export type { CommandExtension, EnvironmentHeader } from "./cli/command-extension.ts";
export { conformance } from "./cli/conformance.ts";
export { runCommand } from "./cli/run-command.ts";
export type { Surroundings } from "./cli/surroundings.ts";
export type { Contract, Operation } from "./contract/contract.ts";
export { ContractError } from "./contract/contract-error.ts";
export { loadContract, readContract } from "./contract/load-contract.ts";
export type { NotJudged } from "./contract/not-judged.ts";
export type { Coverage, CoverageItem, CoverageMark, OperationCoverage } from "./coverage/coverage.ts";
export type { HeaderLine, HttpRequest, HttpResponse, TransportFailure } from "./http/message.ts";
export { UserError } from "./http/user-error.ts";
export { readHar } from "./recordings/read-har.ts";
export type { Redactor } from "./redaction/redact.ts";
export { redactorFor } from "./redaction/redactor-for.ts";
export { type RenderedRun, renderReport } from "./reports/render-report.ts";
export type { ReportFormatName } from "./reports/report-formats.ts";
export type { ClientCall, ClientComplaint } from "./run/client-call.ts";
export type { CheckCount, RunEvent, RunHeader, RunSummary, Verdict } from "./run/events.ts";
export { type GivenExchange, type JudgedExchange, judgeExchange } from "./run/judge-exchange.ts";
export type { RecordedExchange } from "./run/recorded-exchange.ts";
export type { Recording } from "./run/recorded-source.ts";
export { run } from "./run/run.ts";
export type { RunOptions } from "./run/run-options.ts";
export type { Stopped } from "./run/stopping.ts";
export type { SendOptions, SendResult, Target, TargetCapabilities, TargetKind } from "./run/target.ts";
export { type OpenTargetOptions, openTarget } from "./targets/open-target.ts";
export { TargetError } from "./targets/target-error.ts";
export type { Deviation } from "./wire/deviation.ts";
