import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { compile, type Outputs } from "./compile.ts";
import { readDocumentedPage } from "./documented-page.ts";
import { readInputs } from "./inputs.ts";
import { parseProvider } from "./provider.ts";

const execute = promisify(execFile);
const fixtures = join(projectRoot, "scripts/generate/fixtures");

/** A made-up page in the exporter's shapes. */
function page(title: string, address: string, endpoint: string, header: string): string {
  const path = new URL(address).pathname;
  return `# ${title}

GET ${address}

Lists them.

Reference: https://docs.example.test/reference/${endpoint.replaceAll(/[/.]/g, "-")}/list

## OpenAPI Specification

\`\`\`yaml
openapi: 3.1.1
info:
  title: ${title}
  version: endpoint_${endpoint}.list
paths:
  ${path}:
    get:
      operationId: list
      summary: ${title}
      tags:
        - - subpackage_things
      parameters:
        - name: ${header}
          in: header
          required: true
          schema:
            type: string
      responses:
        '200':
          description: A list
          content:
            application/json:
              schema:
                type: object
                properties:
                  things:
                    type: array
                    items:
                      type: string
                required:
                  - things
\`\`\`
`;
}

const providers = [
  {
    name: "Storage",
    yaml: "name: Storage\nkeyVariable: STORAGE_TOKEN\nenvironments:\n  Live: https://api.storage.test\nsecretPrefixes: [stk-]\n",
    text: page("List Crates", "https://api.storage.test/v1/crates", "crates", "Authorization"),
    call: "client.crates.list()",
    header: ["authorization", "Bearer secret"],
  },
  {
    name: "Weather",
    yaml: "name: Weather\nkeyVariable: WEATHER_KEY\nenvironments:\n  Main: https://weather.test\n  Trial: https://trial.weather.test\n",
    text: page("List Stations", "https://weather.test/v2/stations", "stations", "X-API-Key"),
    call: "client.stations.list()",
    header: ["x-api-key", "secret"],
  },
] as const;

const repairs = "repairs: [nested-tags, qualified-operation-id, info-version, server-from-heading]\n";

describe.each(providers)("the pages of $name", ({ name, yaml, text, call, header }) => {
  const root = mkdtempSync(join(tmpdir(), "provider-"));
  const provider = parseProvider(yaml + repairs);
  let outputs: Outputs;

  beforeAll(async () => {
    const file = "spec/documented/list.md";
    const record = { address: "", imported: "2026-01-02", document: { file, sha256: "" } };
    outputs = await compile(projectRoot, {
      ...readInputs(fixtures),
      samples: [],
      overlays: [],
      hashes: {},
      provider,
      pages: [{ record, page: readDocumentedPage(file, text) }],
    });
    mkdirSync(join(root, "generated"));
    for (const [file, content] of outputs) writeFileSync(join(root, "generated", file), content);
    cpSync(join(projectRoot, "src"), join(root, "src"), {
      recursive: true,
      filter: (source) => !/\.test\.ts$|\/(testing|simulator|token-endpoint)$/.test(source),
    });
    symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"));
    writeFileSync(join(root, "package.json"), '{"type":"module"}\n');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("make code that names no other provider", () => {
    for (const [file, content] of outputs) {
      if (file !== "manifest.json") expect(content).not.toMatch(/eleven.?labs|xi-api-key|sutkn/i);
    }
    expect(outputs.get("provider-names.ts")).toContain(`export const ${name}Environment`);
  });

  test("compile with the client as it stands", async () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(projectRoot, "tsconfig.json"), "utf8"));
    const { paths: _, ...options } = compilerOptions;
    writeFileSync(
      join(root, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, include: ["generated", "src/index.ts"] }),
    );
    const tsc = join(projectRoot, "node_modules/typescript/bin/tsc");
    const { stdout } = await execute(process.execPath, [tsc, "-p", root, "--noEmit"]).catch((error) => error);
    expect(stdout).toBe("");
  }, 60_000);

  test("call their own server with their own key, taken from their own variable", async () => {
    const seen: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      seen.push(request);
      response.setHeader("content-type", "application/json").end('{"things":["a"]}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A server that listens on a port has an AddressInfo.
    const { port } = server.address() as AddressInfo;
    writeFileSync(
      join(root, "call.ts"),
      `import { ElevenLabsClient, ${name}Environment } from "./src/index.ts";
      const client = new ElevenLabsClient({ baseUrl: "http://127.0.0.1:${port}" });
      console.log(JSON.stringify([await ${call}, ${name}Environment]));`,
    );
    try {
      const env = { PATH: process.env["PATH"], [provider.keyVariable]: "secret" };
      const { stdout } = await execute(process.execPath, ["--import", "tsx", "call.ts"], { cwd: root, env });
      expect(JSON.parse(stdout)).toEqual([{ things: ["a"] }, Object.fromEntries(provider.environments)]);
    } finally {
      server.close();
    }
    const [request] = seen;
    const [key, value] = header;
    expect([request?.headers[key], request?.url]).toEqual([
      value,
      new URL(/GET (\S+)/.exec(text)?.[1] ?? "").pathname,
    ]);
  }, 60_000);
});
