import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { command, TestServers } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "comment-"));
const servers = new TestServers();
afterEach(() => servers.close());
afterAll(() => rmSync(folder, { recursive: true }));

const spec = join(folder, "openapi.json");
const event = join(folder, "event.json");
const summary = join(folder, "summary.md");
const token = "ghs_t0ken0fTheW0rkfl0w";
const key = "sk-live-77f0a1b2c3d4e5";
writeFileSync(event, JSON.stringify({ pull_request: { number: 12 } }));
const schema = (name: string) => ({ type: "object", required: [name] });
const answer = (name: string) => ({
  get: {
    responses: { 200: { description: "ok", content: { "application/json": { schema: schema(name) } } } },
  },
});
writeFileSync(
  spec,
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Things of @everyone <img src=x> [x](http://evil.example)", version: "1" },
    paths: { "/a": answer("name"), "/b": answer("@team *x*") },
    components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
  }),
);

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}

/** GitHub's comments as its documentation describes them, a hundred a page. */
async function fakeGitHub(comments: Comment[], status?: number) {
  const asked: { method: string; url: string; authorization: string | undefined }[] = [];
  const apiUrl = await servers.serve(({ method, url, headers, body }, response) => {
    asked.push({ method, url, authorization: headers.authorization });
    const send = (code: number, value: unknown) =>
      response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (status !== undefined) return send(status, { message: "Resource not accessible by integration" });
    const { pathname, searchParams } = new URL(url, "http://api");
    const own = /^\/repos\/acme\/things\/issues\/comments\/(\d+)$/.exec(pathname)?.[1];
    const text = (): string => JSON.parse(body).body;
    if (pathname === "/repos/acme/things/issues/12/comments" && method === "GET") {
      const page = Number(searchParams.get("page"));
      return send(200, comments.slice((page - 1) * 100, page * 100));
    }
    if (pathname === "/repos/acme/things/issues/12/comments" && method === "POST") {
      const comment = { id: comments.length + 1, body: text(), user: { type: "Bot" } };
      comments.push(comment);
      return send(201, comment);
    }
    const comment = comments.find(({ id }) => id === Number(own));
    if (method !== "PATCH" || !comment) return send(404, { message: "Not Found" });
    comment.body = text();
    send(200, comment);
  });
  return { apiUrl, asked, comments };
}

/** Things whose operations in `wrong` leave out what is required. */
function things(wrong: readonly string[]): Promise<string> {
  return servers.serve(({ method, url }, response) => {
    if (method !== "GET") return response.writeHead(405, { allow: "GET" }).end();
    const body = wrong.includes(url) ? {} : { name: "n", "@team *x*": key };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
}

const environment = (apiUrl: string, more: Record<string, string> = {}) => ({
  GITHUB_EVENT_NAME: "pull_request",
  GITHUB_EVENT_PATH: event,
  GITHUB_REPOSITORY: "acme/things",
  GITHUB_API_URL: apiUrl,
  GITHUB_SERVER_URL: "https://github.example",
  GITHUB_RUN_ID: "77",
  GITHUB_TOKEN: token,
  ...more,
});

const judge = (target: string, env: Record<string, string>, ...more: string[]) =>
  command(
    [
      "--spec",
      spec,
      "--target",
      target,
      "--check",
      "response-schema-conformance",
      "--fuzz-runs",
      "0",
      "--comment",
      ...more,
    ],
    env,
  );

test("a comment is written once and renewed from then on, and people's stay as they are", async () => {
  const others = Array.from({ length: 101 }, (_, id) => ({
    id: id + 1,
    body: "hello",
    user: { type: "User" },
  }));
  const { apiUrl, asked, comments } = await fakeGitHub(others);
  const first = await judge(await things(["/a"]), environment(apiUrl));
  expect(first.code).toBe(1);
  expect(first.output).toContain("A comment on pull request #12 was written.");
  const [written] = comments.slice(101);
  const [marker = ""] = written?.body.split("\n") ?? [];
  expect(marker).toMatch(/^<!-- openapi-conformance [0-9a-f]{16} -->$/);
  expect(written?.body).toMatch(/## ❌ .*Does not conform/s);
  expect(written?.body).toContain("https://github.example/acme/things/actions/runs/77");
  const forged = comments[0];
  if (forged) forged.body = `${marker}\nmine`;
  const second = await judge(await things([]), environment(apiUrl));
  expect(second.code, second.output).toBe(0);
  expect(second.output).toContain("The comment on pull request #12 was updated.");
  expect(comments).toHaveLength(102);
  expect(written?.body).toMatch(/## ✅ .*Conforms/s);
  expect(forged?.body).toBe(`${marker}\nmine`);
  expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${token}`]));
  expect(first.output + second.output).not.toContain(token);
});

test("what is new and gone since the base branch's report is told there and in the step summary", async () => {
  const { apiUrl, comments } = await fakeGitHub([]);
  const base = join(folder, "base.json");
  await command(["--spec", spec, "--target", await things(["/a"]), "--report", base]);
  writeFileSync(summary, "");
  const env = environment(apiUrl, { GITHUB_STEP_SUMMARY: summary });
  const { code } = await judge(await things(["/b"]), env, "--compare-with", base);
  expect(code).toBe(1);
  for (const text of [comments[0]?.body ?? "", readFileSync(summary, "utf8")]) {
    expect(text).toContain("Compared with the base: **1 new finding**, **1 gone**, 0 still there.");
    expect(text).toMatch(/### New\n\n- <code>GET &#47;b<\/code>/);
    expect(text).toMatch(/### Gone\n\n- <code>GET &#47;a<\/code>/);
  }
});

test("nothing in it is a mention, a link, markup or a secret", async () => {
  const { apiUrl, comments } = await fakeGitHub([]);
  await judge(await things(["/b"]), environment(apiUrl), "--header", `x-key: ${key}`);
  const [, ...lines] = comments[0]?.body.split("\n") ?? [];
  const text = lines
    .join("\n")
    .replace("[Reports and log](https://github.example/acme/things/actions/runs/77)", "");
  expect(text).toContain("team");
  expect(text).not.toMatch(/@|<img|\]\(|\*x\*/);
  expect(text).not.toContain(key);
});

test.each([
  [
    403,
    "warning: the comment on the pull request wasn't written: the token may not write comments (403): give the job",
  ],
  [401, "the token is invalid (401)"],
  [500, "GitHub answered 500"],
])("GitHub's %i is a warning in one sentence, and no failure", async (status, sentence) => {
  const { apiUrl } = await fakeGitHub([], status);
  const { code, output } = await judge(await things([]), environment(apiUrl));
  expect(code, output).toBe(0);
  expect(output.split("\n").filter((line) => line.includes(sentence))).toHaveLength(1);
});

test.each<[string, Record<string, string>, string]>([
  [
    "a push",
    { GITHUB_EVENT_NAME: "push" },
    "No comment was written: the workflow doesn't run for a pull request",
  ],
  ["no token", { GITHUB_TOKEN: "" }, "warning: no comment was written: GITHUB_TOKEN is missing."],
  [
    "an event that can't be read",
    { GITHUB_EVENT_PATH: join(folder, "absent") },
    "doesn't name a pull request.",
  ],
  [
    "nobody at the address",
    { GITHUB_API_URL: "http://127.0.0.1:1" },
    "warning: the comment on the pull request wasn't",
  ],
])("with %s there is no comment, and no failure", async (_, more, sentence) => {
  const { apiUrl, asked } = await fakeGitHub([]);
  const { code, output } = await judge(await things([]), environment(apiUrl, more));
  expect(code, output).toBe(0);
  expect(output).toContain(sentence);
  expect(asked).toEqual([]);
});

test("a base report that can't be read is told before anything is sent", async () => {
  const target = await things([]);
  const { code, error } = await command([
    "--spec",
    spec,
    "--target",
    target,
    "--compare-with",
    "absent.json",
  ]);
  expect(code).toBe(2);
  expect(error).toContain("--compare-with absent.json can't be read");
  expect(servers.seen).toEqual([]);
});
