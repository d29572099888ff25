import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../../src/simulator/serve.ts";

import { runAction } from "./run-action.ts";

/** What the Action writes on a pull request, and renews, at a GitHub on loopback. */
export async function commentByAction(
  root: string,
  folder: string,
  given: Readonly<Record<string, string>>,
  say: (isPassed: boolean, line: string) => void,
): Promise<void> {
  const comments: { id: number; body: string; user: { type: string } }[] = [];
  const gitHub = await serve(({ method, url, headers, body }) => {
    const isKnown = headers["authorization"] === "Bearer ghs_of_the_action";
    const json = (status: number, value: unknown) => ({
      status: isKnown ? status : 401,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(value),
    });
    if (method === "GET") return json(200, comments);
    const text: string = JSON.parse(Buffer.from(body).toString()).body;
    const [own] = comments.filter(({ id }) => method === "PATCH" && url.endsWith(`/comments/${id}`));
    if (own) own.body = text;
    else comments.push({ id: 1, body: text, user: { type: "Bot" } });
    return json(own ? 200 : 201, {});
  });
  const event = join(folder, "event.json");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 5 } }));
  const base = join(folder, "base.json");
  const runner = {
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: "acme/things",
    GITHUB_API_URL: gitHub.address,
    GITHUB_TOKEN: "",
  };
  const inputs = {
    spec: "greetings.yaml",
    comment: "true",
    token: "ghs_of_the_action",
    "base-report": base,
    ...given,
  };
  try {
    const first = await runAction(root, folder, { ...inputs, reports: "json" }, runner);
    const isWritten = comments.length === 1 && comments[0]?.body.includes("Does not conform") === true;
    say(
      first.exitCode === 1 && isWritten && first.output.includes(`There is no ${base} yet`),
      `the Action writes a comment on the pull request${isWritten ? "" : `:\n${first.output}`}`,
    );
    copyFileSync(join(folder, "conformance-report/conformance.json"), base);
    const second = await runAction(root, folder, inputs, runner);
    const body = comments[0]?.body ?? "";
    const isRenewed = comments.length === 1 && /0 new findings.*\b[1-9]\d* still there/.test(body);
    say(
      second.exitCode === 1 && isRenewed && second.stepSummary.includes("0 new findings"),
      `the Action renews it, and compares with the base branch's report${isRenewed ? "" : `:\n${second.output}${body}`}`,
    );
    const refused = await runAction(root, folder, { ...inputs, token: "ghs_of_nobody" }, runner);
    say(
      refused.exitCode === 1 && refused.output.includes("the token is invalid (401)"),
      "the Action tells that a comment can't be written, and ends as without it",
    );
  } finally {
    await gitHub.close();
  }
}
