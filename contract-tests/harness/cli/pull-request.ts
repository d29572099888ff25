import { readFileSync } from "node:fs";
import { isObject } from "../contract/json-object.ts";
import type { PullRequest } from "../reports/github-comments.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * The pull request that a workflow of GitHub Actions runs for, by the variables that its runner sets; else why there is
 * none, in a sentence.
 */
export function pullRequestOf(env: Surroundings["env"]): PullRequest | string {
  if (env["GITHUB_EVENT_NAME"] !== "pull_request")
    return "No comment was written: the workflow doesn't run for a pull request (event pull_request).";
  const [token, repository] = [env["GITHUB_TOKEN"], env["GITHUB_REPOSITORY"]];
  if (!token) return "warning: no comment was written: GITHUB_TOKEN is missing.";
  const number = numberIn(env["GITHUB_EVENT_PATH"]);
  if (!repository || !/^[\w.-]+\/[\w.-]+$/.test(repository) || number === undefined)
    return "warning: no comment was written: GITHUB_REPOSITORY or GITHUB_EVENT_PATH doesn't name a pull request.";
  const [server, run] = [env["GITHUB_SERVER_URL"], env["GITHUB_RUN_ID"]];
  return {
    apiUrl: env["GITHUB_API_URL"] || "https://api.github.com",
    repository,
    number,
    token,
    ...(server && run ? { runUrl: `${server}/${repository}/actions/runs/${run}` } : {}),
  };
}

function numberIn(file: string | undefined): number | undefined {
  try {
    const event: unknown = JSON.parse(readFileSync(file ?? "", "utf8"));
    const pullRequest = isObject(event) ? event["pull_request"] : undefined;
    const number = isObject(pullRequest) ? pullRequest["number"] : undefined;
    return Number.isSafeInteger(number) ? Number(number) : undefined;
  } catch {
    return undefined;
  }
}
