import { createHash } from "node:crypto";
import { messageOf } from "../http/message-of.ts";
import { compareRuns } from "./compare-runs.ts";
import { GitHubComments, type GitHubError, type PullRequest } from "./github-comments.ts";
import { comparisonParts, listed } from "./markdown-comparison.ts";
import { escaped } from "./markdown-text.ts";
import { asItIs, type FinishedRun, type Hide, type Report } from "./report.ts";
import { verdictSentence } from "./wording.ts";

/**
 * The verdict in a comment on a pull request, written once and renewed from then on. A comment that can't be written is told
 * in one sentence and fails nothing.
 *
 * @param before the earlier run to compare with: that of the base branch
 * @param tell is told what became of it
 */
export function pullRequestComment(
  pullRequest: PullRequest,
  before: FinishedRun | undefined,
  tell: (sentence: string) => void,
  hide: Hide = asItIs,
): Report {
  let finished: FinishedRun | undefined;
  return {
    on(event): void {
      if (event.type === "run-finished") finished = { header: event.header, summary: event.summary };
    },
    async finish(): Promise<void> {
      if (finished === undefined) return;
      const marker = markerOf(finished);
      const body = `${marker}\n${hide(commentText(finished, before, pullRequest.runUrl))}`;
      try {
        tell(`${await new GitHubComments(pullRequest).put(marker, body)}\n`);
      } catch (error) {
        tell(`warning: the comment on the pull request wasn't written: ${whyNot(error)}\n`);
      }
    },
  };
}

/** The same for the runs of one contract on one host, so that each renews its own; nobody sees it in a rendered comment. */
function markerOf({ header: { contract, target } }: FinishedRun): string {
  // Ports change from run to run.
  const host = URL.canParse(target.address) ? new URL(target.address).hostname : "";
  const parts = [contract.title, contract.file, target.kind, host];
  const key = createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
  return `<!-- openapi-conformance ${key} -->`;
}

/** What stands in the comment. */
export function commentText(
  { header, summary }: FinishedRun,
  before: FinishedRun | undefined,
  runUrl: string | undefined,
): string {
  const sign = summary.verdict === "conforms" ? "✅" : "❌";
  const sentence = verdictSentence(header, summary);
  const errors = summary.findings.filter(({ severity }) => severity === "error");
  const parts = [
    `## ${sign} ${escaped(header.contract.title)}`,
    escaped(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`),
    ...(before ? comparisonParts(compareRuns(before.summary, summary)) : listed("Findings", errors)),
    ...(runUrl === undefined ? [] : [`[Reports and log](${runUrl})`]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function whyNot(error: unknown): string {
  const { status } = error as Partial<GitHubError>; // anything may have been thrown
  if (status === 401) return "the token is invalid (401): give the Action a valid one, or omit `token`.";
  if (status === 403 || status === 404)
    return `the token may not write comments (${status}): give the job \`permissions: { pull-requests: write }\`.`;
  return `${messageOf(error)}.`;
}
