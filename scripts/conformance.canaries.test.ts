import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HeaderLine } from "../contract-tests/harness/http/message.ts";

/** Each is a secret of its own, so that a leak tells where it came from. The first six are sent, the rest minted. */
const canaries = {
  header: "canary-header/4+f9 é",
  bearer: "canary-bearer-7c1d",
  basicPassword: "canary-basic-55aa",
  cookie: "canary-cookie-90fe",
  ownHeader: "canary-own-31bb",
  addressPassword: "canary-address-1f2e",
  token: "canary_token_8841xyz",
  misnamedToken: "sutkn_canary8842",
  password: "canary-password-3377",
  setCookie: "canary-set-cookie-6a6a",
  authTokenHeader: "canary-auth-token-header-12",
  location: "canary-location-4711",
  markedByContract: "canary-voice-print-2002",
} as const;

const headers: readonly HeaderLine[] = [
  ["xi-api-key", Buffer.from(canaries.header, "utf8").toString("latin1")],
  ["Authorization", `Bearer ${canaries.bearer}`],
  ["Proxy-Authorization", `Basic ${Buffer.from(`me:${canaries.basicPassword}`).toString("base64")}`],
  ["Cookie", `session=${canaries.cookie}`],
  ["X-Whatever", canaries.ownHeader],
];

const contractText = `openapi: 3.1.0
info: { title: Canaries, version: "1" }
paths:
  /things/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, enum: [plain, gzip, error, redirect] } }
        - { name: key, in: query, schema: { type: string, format: password } }
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [missing]
                properties:
                  token: { type: string, examples: [sutkn_example1] }
                  voice_print: { type: string, format: password }
`;

/** A server that answers with every secret in every spelling it can think of. */
function echo(): Server {
  return createServer((request, response) => {
    const secrets = Object.values(canaries);
    const spellings = secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
      Buffer.from(`x:${secret}`).toString("base64"),
      Buffer.from(`xy${secret}z`).toString("base64url"),
      Buffer.from(secret).toString("hex"),
      JSON.stringify(JSON.stringify(secret)),
      secret.replace(/./gu, (character) => `&#${character.codePointAt(0)};`),
    ]);
    const minted = {
      token: canaries.token,
      tokn: canaries.misnamedToken,
      voice_print: canaries.markedByContract,
      nested: [{ client_secret: canaries.password }],
      location: {
        key: canaries.location,
        cookie: canaries.setCookie,
        "x-auth-token": canaries.authTokenHeader,
      },
    };
    const body = JSON.stringify({ ...minted, echo: spellings, request: request.headers });
    response.setHeader("Set-Cookie", [`sid=${canaries.setCookie}; HttpOnly`, "plain=1"]);
    response.setHeader("X-Auth-Token", canaries.authTokenHeader);
    response.setHeader("Location", `/elsewhere?access_token=${canaries.location}`);
    response.setHeader("X-Echo", spellings.map((text) => encodeURI(text)).join(" "));
    response.setHeader("Content-Type", "application/json");
    if (request.url?.includes("gzip")) {
      response.setHeader("Content-Encoding", "gzip");
      response.end(gzipSync(body));
    } else if (request.url?.includes("error")) {
      response.statusCode = 500;
      response.end(`Traceback: ${spellings.join("\n")} in ${body}`);
    } else response.end(body);
  });
}

/** Everywhere that a text may hide in an artifact: the text itself, and every Base64 in it, unpacked if it is gzip. */
function layers(text: string): readonly string[] {
  const hidden = [...text.matchAll(/[A-Za-z0-9+/_-]{12,}={0,2}/g)].flatMap(([run]) => {
    const bytes = Buffer.from(run, "base64");
    const unpacked = bytes[0] === 0x1f && bytes[1] === 0x8b ? [gunzipSync(bytes).toString("utf8")] : [];
    return [bytes.toString("utf8"), ...unpacked];
  });
  return [text, ...hidden];
}

function spellingsOf(secret: string): readonly string[] {
  const utf8 = Buffer.from(secret, "utf8");
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), utf8])
      .toString("base64")
      .slice(offset === 0 ? 0 : offset + 1, -4),
  );
  return [
    secret,
    utf8.toString("latin1"),
    encodeURIComponent(secret),
    utf8.toString("hex"),
    JSON.stringify(secret).slice(1, -1),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

describe("canary secrets", () => {
  let folder = "";
  let terminal = "";
  let exitCode: number | null = null;
  let server: Server;
  const artifacts = ["run.html", "run.json", "run.xml", "run.sarif", "run.md", "run.har", "summary.md"];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "canaries-"));
    const file = join(folder, "contract.yaml");
    await writeFile(file, contractText);
    server = echo();
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const target = `http://me:${canaries.addressPassword}@127.0.0.1:${port}`;
    const options = [
      ...["--spec", file, "--target", target, "--seed", "3", "--record", join(folder, "run.har")],
      ...headers.flatMap(([name, value]) => ["--header", `${name}: ${value}`]),
      ...artifacts.slice(0, 5).flatMap((name) => ["--report", join(folder, name)]),
    ];
    const script = fileURLToPath(new URL("conformance.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, ...options], {
      env: { ...process.env, FORCE_COLOR: "1", GITHUB_STEP_SUMMARY: join(folder, "summary.md") },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        terminal += text;
      });
    }
    exitCode = await new Promise<number | null>((resolve) => {
      child.once("close", resolve);
    });
  }, 60_000);
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    await rm(folder, { recursive: true, force: true });
  });

  it("were there to be found: the run sent them, got them back and complained", async () => {
    expect([exitCode, terminal]).toEqual([1, expect.stringContaining("does not conform")]);
    const { summary } = JSON.parse(await readFile(join(folder, "run.json"), "utf8"));
    const checks = new Set(summary.findings.map(({ check }: { readonly check: string }) => check));
    expect([...checks]).toEqual(expect.arrayContaining(["secret-reflection", "response-schema-conformance"]));
    const har = await readFile(join(folder, "run.har"), "utf8");
    expect(har.match(/REDACTED/g)?.length).toBeGreaterThan(1_000);
    expect(har).toContain("gzip");
    expect(await readdir(folder)).toEqual(expect.arrayContaining(artifacts));
  });

  it.each(artifacts)("leave not a byte in %s", async (name) => {
    expect(leaks(await readFile(join(folder, name), "utf8"))).toEqual([]);
  });

  it("leave not a byte on the terminal", () => {
    expect(terminal).toContain("REDACTED");
    expect(leaks(terminal)).toEqual([]);
  });

  function leaks(text: string): readonly string[] {
    return layers(text).flatMap((layer) =>
      Object.entries(canaries).flatMap(([name, secret]) =>
        spellingsOf(secret)
          .filter((spelling) => layer.toLowerCase().includes(spelling.toLowerCase()))
          .map((spelling) => `${name}: ${spelling} in …${around(layer, spelling)}`),
      ),
    );
  }

  function around(text: string, part: string): string {
    const index = text.toLowerCase().indexOf(part.toLowerCase());
    return text.slice(Math.max(0, index - 60), index + part.length + 20);
  }
});
