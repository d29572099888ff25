import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RepositoryCopy, repositoryCopy, run } from "../evolution/repository-copy.ts";
import { parseProvider } from "./provider.ts";

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
        '400':
          description: What is wrong
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/ApiError'
components:
  schemas:
    ApiError:
      type: object
      properties:
        code:
          $ref: '#/components/schemas/ApiErrorCode'
      required:
        - code
    ApiErrorCode:
      type: string
      enum:
        - wrong
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

/** The provider that the project is made for, in any spelling. */
const firstProvider = /eleven.?labs|xi-api-key|sutkn/i;

describe.each(providers)(
  "the pages of $name, by the commands of the project",
  ({ name, yaml, text, call, header }) => {
    const provider = parseProvider(yaml + repairs);
    let copy: RepositoryCopy;

    beforeAll(() => {
      copy = repositoryCopy();
      writeFileSync(join(copy.root, "spec/provider.yaml"), yaml + repairs);
      mkdirSync(join(copy.root, "pages"));
      writeFileSync(join(copy.root, "pages/list.md"), text);
    });
    afterAll(() => copy.remove());

    test("take the place of the first provider's once its overlays are deleted, as the import says", async () => {
      const imported = await copy.npm("spec:import", "pages", "--instead", "--accept-breaking");
      expect(imported).toMatchObject({ code: 0 });
      const stale = [
        ...imported.stderr.matchAll(/before "npm run generate": (spec\/overlays\/[\w-]+\.yaml)/g),
      ];
      expect(stale.length).toBeGreaterThan(0);
      for (const [, file = ""] of stale) rmSync(join(copy.root, file), { force: true });
      expect(await copy.npm("generate")).toMatchObject({ code: 0, stderr: "" });
    });

    test("make a client that names no other provider, in its source, its package and its declarations", async () => {
      const { code, stdout, stderr } = await copy.npm("build");
      expect({ code, output: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, output: "" });
      const files = ["generated", "src", "dist"].flatMap((folder) =>
        readdirSync(join(copy.root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !/\.test\.ts$|\.map$/.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name))
          .filter((file) => !/simulator|src\/testing|token-endpoint\/openapi\.yaml/.test(file)),
      );
      expect(files.length).toBeGreaterThan(150);
      expect(files.filter((file) => firstProvider.test(readFileSync(file, "utf8")))).toEqual([]);
      expect(readFileSync(join(copy.root, "dist/types/src/errors/api-error.d.ts"), "utf8")).toContain(
        `export declare class ${name}Error extends Error`,
      );
    });

    test("make a client that conforms", async () => {
      const { code, stdout, stderr } = await copy.npm("conformance");
      expect({ code, output: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, output: "" });
    });

    test("are called under their own names, on their own server, with the key from their own variable", async () => {
      const seen: IncomingMessage[] = [];
      const server = createServer((request, response) => {
        seen.push(request);
        if (seen.length === 1) response.setHeader("content-type", "application/json").end('{"things":["a"]}');
        else response.writeHead(400).end();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      // A server that listens on a port has an AddressInfo.
      const { port } = server.address() as AddressInfo;
      const code = `
      import { ${name}, ${name}Client, ${name}Environment, ${name}Error, ${name}TimeoutError, is${name}Error, type ${name}ErrorCode, type ApiError, ApiErrorCode } from "elevenlabs-single-use-token";
      const options: ${name}Client.Options = { baseUrl: "http://127.0.0.1:${port}" };
      const client = new ${name}Client(options);
      const things: string[] = (await ${call}).things;
      const error: unknown = await ${call}.catch((error) => error);
      const late = new ${name}TimeoutError("late");
      if (!(error instanceof ${name}Error && is${name}Error(late))) throw error;
      const wanted: ${name}ErrorCode = "error_status";
      // The contract's own, which are called as src/ calls its classes.
      const documented: ApiError = { code: ApiErrorCode.Wrong };
      const again: ${name}.ApiError = documented;
      console.log(JSON.stringify([things, ${name}Environment, Object.keys(${name}).sort(), error.name, error.code === wanted, late.name, again.code]));
      console.log(error);`;
      writeFileSync(join(copy.root, "call.mts"), code);
      // The package by its own name as it was built: without paths, it leads nowhere else.
      const compilerOptions = {
        ...{ module: "NodeNext", target: "ES2022", lib: ["ES2023"], types: ["node"] },
        ...{ strict: true, noEmit: true },
      };
      writeFileSync(
        join(copy.root, "tsconfig.call.json"),
        JSON.stringify({ compilerOptions, files: ["call.mts"] }),
      );
      const checked = await run(copy.root, "npx", ["tsc", "-p", "tsconfig.call.json"]);
      expect(checked).toMatchObject({ code: 0, stdout: "" });
      const environment = [
        `PATH=${process.env["PATH"]}`,
        `${provider.keyVariable}=secret`,
        "TSX_TSCONFIG_PATH=tsconfig.call.json",
      ];
      const command = ["-i", ...environment, process.execPath, "--import", "tsx", "call.mts"];
      const { stdout, stderr } = await run(copy.root, "env", command).finally(() => server.close());
      const [first = "", ...shown] = stdout.split("\n");
      expect({ stderr, told: JSON.parse(first) }).toEqual({
        stderr: "",
        told: [
          ["a"],
          Object.fromEntries(provider.environments),
          ["ApiErrorCode", "UnprocessableEntityError"],
          `${name}Error`,
          true,
          `${name}TimeoutError`,
          "wrong",
        ],
      });
      expect(shown.join("\n")).toMatch(new RegExp(`^${name}Error: The server answered 400\\.`));
      const [request] = seen;
      const [key, value] = header;
      expect([request?.headers[key], request?.url]).toEqual([
        value,
        new URL(/GET (\S+)/.exec(text)?.[1] ?? "").pathname,
      ]);
    });
  },
);
