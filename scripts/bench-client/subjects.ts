import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { officialSdk } from "../check-official-sdk/check-official-sdk.ts";
import { toolCache } from "../check-package/tool-cache.ts";

/** One way of asking for a token. */
export interface Subject {
  readonly name: string;
  /** A module that measure.mjs can load. */
  readonly file: string;
  /** A module that only gets ready, for the cold start; none when there is nothing to load. */
  readonly coldFile: string | undefined;
  /** What a bundle holds: a re-export, resolved from `folder`; none when there is nothing to bundle. */
  readonly bundle: { readonly statement: string; readonly folder: string } | undefined;
}

const path = "/v1/single-use-token/realtime_scribe";
const undici = "undici@7.16.0";

/** Ours as it is packed, and its alternatives, installed for the benchmark alone. */
export async function benchSubjects(root: string): Promise<Subject[]> {
  const folder = join(root, ".cache/bench");
  mkdirSync(folder, { recursive: true });
  const sdkFolder = await toolCache(root, [`${officialSdk.name}@${officialSdk.version}`]);
  const undiciFolder = await toolCache(root, [undici]);
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const client = (imports: string, construct: string): [string, string] => [
    `${imports}\nexport default (baseUrl) => {\nconst client = ${construct};\nreturn async () => (await client.tokens.singleUse.create("realtime_scribe")).token;\n};\n`,
    `${imports}\nconst baseUrl = "http://127.0.0.1:9";\n${construct};\n`,
  ];
  const construct = 'new ElevenLabsClient({ apiKey: "key", baseUrl, maxRetries: 0 })';
  const [ours, oursCold] = client(
    `import { ElevenLabsClient } from ${JSON.stringify(join(root, "dist/index.js"))};`,
    construct,
  );
  const [official, officialCold] = client(
    `import { createRequire } from "node:module";\nconst { ElevenLabsClient } = createRequire(${JSON.stringify(join(sdkFolder, "package.json"))})("${officialSdk.name}");`,
    construct,
  );
  const openapiFetch = `import createClient from ${JSON.stringify(join(root, "node_modules/openapi-fetch/dist/index.mjs"))};`;
  const undiciImport = `import { createRequire } from "node:module";\nconst { request } = createRequire(${JSON.stringify(join(undiciFolder, "package.json"))})("undici");`;
  const options = '{ method: "POST", headers: { "xi-api-key": "key" } }';
  return [
    {
      name: "raw `fetch`",
      file: write(
        "raw.mjs",
        `export default (baseUrl) => async () => (await (await fetch(baseUrl + "${path}", ${options})).json()).token;\n`,
      ),
      coldFile: undefined,
      bundle: undefined,
    },
    {
      name: "this client",
      file: write("ours.mjs", ours),
      coldFile: write("ours-cold.mjs", oursCold),
      bundle: {
        statement: `export { ElevenLabsClient } from ${JSON.stringify(join(root, "dist/index.js"))}`,
        folder: root,
      },
    },
    {
      name: "official SDK",
      file: write("official.mjs", official),
      coldFile: write("official-cold.mjs", officialCold),
      bundle: { statement: `export { ElevenLabsClient } from "${officialSdk.name}"`, folder: sdkFolder },
    },
    {
      name: "bare openapi-fetch",
      file: write(
        "openapi-fetch.mjs",
        `${openapiFetch}\nexport default (baseUrl) => {\nconst client = createClient({ baseUrl });\nreturn async () => (await client.POST("/v1/single-use-token/{token_type}", { params: { path: { token_type: "realtime_scribe" }, header: { "xi-api-key": "key" } } })).data.token;\n};\n`,
      ),
      coldFile: write(
        "openapi-fetch-cold.mjs",
        `${openapiFetch}\ncreateClient({ baseUrl: "http://127.0.0.1:9" });\n`,
      ),
      bundle: { statement: 'export { default } from "openapi-fetch"', folder: root },
    },
    {
      name: "`undici.request`",
      file: write(
        "undici.mjs",
        `${undiciImport}\nexport default (baseUrl) => async () => (await (await request(baseUrl + "${path}", ${options})).body.json()).token;\n`,
      ),
      coldFile: write("undici-cold.mjs", `${undiciImport}\nvoid request;\n`),
      bundle: undefined,
    },
  ];
}
