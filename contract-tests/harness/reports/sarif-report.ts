import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Exchange, Finding } from "../checks/finding.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { HeaderLine } from "../http/message.ts";
import type { RunHeader } from "../run/events.ts";
import type { FinishedRun } from "./report.ts";
import { verdictSentence } from "./wording.ts";

/** The version of the fingerprint: it rises when the way in which finding ids are made changes. */
const FINGERPRINT = "conformanceFinding/v1";

/**
 * The run as SARIF 2.1.0: a rule per check, a result per finding at its line of the contract, with the request and
 * the response; known findings are suppressed, and what was not judged is a notification of the tool.
 */
export function renderSarif({ header, summary }: FinishedRun): string {
  const rules = ruleIds(header, summary.findings).map((id) => rule(header, id));
  const ended = new Date(Date.parse(header.startedAt) + summary.durationMs);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "openapi-conformance", rules } },
        automationDetails: { id: `openapi-conformance/${header.contract.file}/` },
        columnKind: "utf16CodeUnits",
        artifacts: [
          { location: location(header.contract.file), hashes: { "sha-256": header.contract.sha256 } },
        ],
        invocations: [
          {
            executionSuccessful: summary.verdict !== "judged-nothing",
            startTimeUtc: header.startedAt,
            ...(Number.isNaN(ended.getTime()) ? {} : { endTimeUtc: ended.toISOString() }),
            toolExecutionNotifications: [
              ...(summary.verdict === "judged-nothing"
                ? [{ level: "error", message: { text: verdictSentence(header, summary) } }]
                : []),
              ...(summary.baseline?.problems ?? []).map((text) => ({ level: "error", message: { text } })),
              ...summary.notJudged.map(notification),
            ],
          },
        ],
        results: summary.findings.map((finding) =>
          result(
            header,
            finding,
            rules.findIndex(({ id }) => id === finding.check),
            summary.baseline !== undefined,
          ),
        ),
        properties: {
          target: header.target.address,
          seed: header.seed,
          schemasCompiled: `${header.schemasCompiled}/${header.schemasTotal}`,
          verdict: summary.verdict,
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleIds(header: RunHeader, findings: readonly Finding[]): readonly string[] {
  const described = (header.checks ?? []).map(({ id }) => id);
  return [...new Set([...described, ...findings.map(({ check }) => check)])].sort();
}

function rule(header: RunHeader, id: string) {
  const words = id.replaceAll("-", " ");
  const summary = header.checks?.find((check) => check.id === id)?.summary ?? `The check "${words}".`;
  const steps =
    "Reproduce the exchange with the finding's curl line, compare it with the place in the contract, and fix the server or the contract. To accept a finding for now, add it to the baseline with a reason and an expiry date.";
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    help: { text: `${summary}\n\n${steps}`, markdown: `**${id}**: ${summary}\n\n${steps}` },
  };
}

function result(header: RunHeader, finding: Finding, ruleIndex: number, compared: boolean) {
  const { known } = finding;
  return {
    ruleId: finding.check,
    ruleIndex,
    level: finding.severity,
    message: {
      text: `${finding.message}\nExpected: ${finding.expected}\nActual: ${finding.actual}\nReproduce: ${finding.curl}`,
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: location(finding.file ?? header.contract.file),
          // Readers want a line: the first one stands for a place that has none.
          region: { startLine: Math.max(1, finding.line) },
        },
        logicalLocations: [
          { fullyQualifiedName: finding.pointer, kind: "object" },
          { fullyQualifiedName: finding.operation, kind: "function" },
        ],
      },
    ],
    partialFingerprints: { [FINGERPRINT]: finding.id },
    occurrenceCount: Math.max(1, finding.occurrences),
    ...(compared ? { baselineState: known === undefined ? "new" : "unchanged" } : {}),
    suppressions:
      known === undefined
        ? []
        : [
            {
              kind: "external",
              status: "accepted",
              justification: `${known.reason} (until ${known.expires})`,
            },
          ],
    ...webMessages(header, finding.exchange),
    properties: {
      caseId: finding.caseId,
      expected: finding.expected,
      actual: finding.actual,
      curl: finding.curl,
      ...(finding.intermittent === true ? { intermittent: true } : {}),
    },
  };
}

function webMessages(header: RunHeader, { case: { request }, response, failure }: Exchange) {
  const sent = {
    protocol: "http",
    version: "1.1",
    method: request.method,
    target: header.target.address.replace(/\/$/, "") + request.path,
    headers: headerObject(request.headers),
    ...(request.body === undefined ? {} : { body: content(request.body) }),
  };
  if (response === undefined) {
    return {
      webRequest: sent,
      webResponse: { noResponseReceived: true, reasonPhrase: failure?.code ?? "no response" },
    };
  }
  return {
    webRequest: sent,
    webResponse: {
      protocol: "http",
      version: "1.1",
      statusCode: response.status,
      headers: headerObject(response.headers),
      body: content(response.body),
    },
  };
}

/** Repeated headers are joined with a comma (RFC 9110, section 5.3): SARIF keeps one value per name. */
function headerObject(lines: readonly HeaderLine[]): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (const [name, value] of lines) {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

const strict = new TextDecoder("utf-8", { fatal: true });

function content(body: Uint8Array): { readonly text: string } | { readonly binary: string } {
  try {
    return { text: strict.decode(body) };
  } catch {
    return { binary: Buffer.from(body).toString("base64") };
  }
}

function notification({ operation, check, reason }: NotJudged) {
  const what = [check, operation].filter((part) => part !== undefined).join(" on ");
  return {
    level: "note",
    message: { text: `Not judged: ${what === "" ? "" : `${what}: `}${reason}` },
  };
}

/** A path as a URI reference: relative to the repository when it is relative. */
function location(file: string) {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  const uri = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  return { uri, uriBaseId: "%SRCROOT%" };
}
