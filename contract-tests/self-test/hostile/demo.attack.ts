import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Demo, startDemo } from "../../../docs/examples/demo/start-demo.ts";
import { ElevenLabsClient } from "../../../src/index.ts";
import { startSimulator } from "../../../src/simulator/index.ts";
import { writeWhole } from "../../harness/reports/write-whole.ts";

const guessed = "00000000-0000-4000-8000-000000000000";
vi.mock("node:crypto", async (original) => ({
  ...(await original<typeof import("node:crypto")>()),
  randomUUID: () => nextIds.pop() ?? globalThis.crypto.randomUUID(),
}));
/** What the next names hold, as for somebody who can guess them. */
const nextIds: string[] = [];

let folder = "";
let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "demo-"));
  mkdirSync(join(folder, "dist"));
  mkdirSync(join(folder, "worklets"));
  for (const file of ["dist/lib.iife.js", "worklets/scribeAudioProcessor.js"])
    writeFileSync(join(folder, file), "");
  simulator = await startSimulator({ apiKeys: ["demo-key"] });
});
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function withDemo(tokensPerMinute: number, use: (demo: Demo) => Promise<void>): Promise<void> {
  const client = new ElevenLabsClient({ apiKey: "demo-key", baseUrl: simulator.address });
  const socketAddress = simulator.address.replace(/^http/, "ws");
  const demo = await startDemo({ client, socketAddress, library: folder, tokensPerMinute });
  try {
    await use(demo);
  } finally {
    await demo.close();
  }
}

async function signIn(
  { address }: Demo,
  name: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(`${address}/session`, {
    method: "POST",
    headers,
    body: new URLSearchParams({ name }),
  });
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

async function tokenStatus(
  { address }: Demo,
  cookie: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(`${address}/api/single-use-token`, {
    method: "POST",
    headers: { cookie, origin: address, "content-type": "application/json", ...headers },
    body: JSON.stringify({ token_type: "realtime_scribe" }),
  });
  await response.text();
  return response.status;
}

describe("the demo", () => {
  it("counts tokens by address, whatever names visitors choose and wherever they say that they come from", () =>
    withDemo(3, async (demo) => {
      const statuses: number[] = [];
      for (const name of ["ann", "ann ", "ANN", "bob", "__proto__", "a".repeat(1_000)]) {
        const from = { "x-forwarded-for": `203.0.113.${statuses.length}`, forwarded: `for=${name.length}` };
        statuses.push(await tokenStatus(demo, await signIn(demo, name, from), from));
      }
      expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
    }));

  it("counts on when a visitor signs out and in again", () =>
    withDemo(1, async (demo) => {
      const first = await signIn(demo, "ann");
      expect(await tokenStatus(demo, first)).toBe(200);
      await fetch(`${demo.address}/session`, { method: "DELETE", headers: { cookie: first } });
      expect(await tokenStatus(demo, first)).toBe(401);
      expect(await tokenStatus(demo, await signIn(demo, "ann"))).toBe(429);
    }));

  it("lets no page be framed, nor a script from elsewhere run", () =>
    withDemo(1, async ({ address }) => {
      for (const file of ["", "index.html", "app.js", "style.css", "elevenlabs-client.js"]) {
        const response = await fetch(`${address}/${file}`);
        expect(response.status).toBe(200);
        const policy = (response.headers.get("content-security-policy") ?? "").split("; ");
        expect(policy).toEqual(expect.arrayContaining(["frame-ancestors 'none'", "default-src 'self'"]));
        expect(policy.join()).not.toMatch(/unsafe|\*/);
      }
    }));
});

describe("a file that is written", () => {
  it("follows no link at its draft's name, even for somebody who can guess that", async () => {
    const victim = join(folder, "victim");
    const file = join(folder, "report.json");
    writeFileSync(victim, "mine");
    symlinkSync(victim, `${file}.${guessed}.tmp`);
    nextIds.push(guessed);
    await expect(writeWhole(file, "theirs")).rejects.toThrow(/can't be written \(EEXIST\)/);
    expect(readFileSync(victim, "utf8")).toBe("mine");
    await writeWhole(file, "theirs");
    expect([readFileSync(file, "utf8"), readFileSync(victim, "utf8")]).toEqual(["theirs", "mine"]);
  });

  it("replaces a link that stands in its place, and leaves no draft where it can't", async () => {
    const own = mkdtempSync(join(folder, "files-"));
    const victim = join(folder, "other-victim");
    writeFileSync(victim, "mine");
    symlinkSync(victim, join(own, "report.json"));
    await writeWhole(join(own, "report.json"), "theirs");
    expect(readFileSync(victim, "utf8")).toBe("mine");
    mkdirSync(join(own, "folder.json"));
    await expect(writeWhole(join(own, "folder.json"), "theirs")).rejects.toThrow(/can't be written/);
    expect(readdirSync(own).sort()).toEqual(["folder.json", "report.json"]);
  });
});
