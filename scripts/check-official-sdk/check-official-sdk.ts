import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import { startPrismMock } from "../../contract-tests/harness/targets/prism-mock.ts";
import { operations } from "../../generated/operations.ts";
import * as ours from "../../src/index.ts";
import { toolCache } from "../check-package/tool-cache.ts";

/** Exact; at 34 MiB it is installed for this check alone. */
export const officialSdk = { name: "@elevenlabs/elevenlabs-js", version: "2.73.0" };

/** What both packages offer, as this check uses it. */
type Sdk = Pick<typeof ours, "ElevenLabsClient" | "ElevenLabsError" | "ElevenLabs">;

/**
 * The official SDK's token types are those of the contract. The same calls by the official SDK and by this client, against the Prism mock: each documented token type gives the
 * documented example, and 422 the `UnprocessableEntityError` of the package.
 */
export async function checkOfficialSdk(
  root: string,
  say: (isPassed: boolean, line: string) => void,
): Promise<void> {
  const folder = await toolCache(root, [`${officialSdk.name}@${officialSdk.version}`]);
  const official: Sdk = createRequire(join(folder, "package.json"))(officialSdk.name);
  const types = official.ElevenLabs.SingleUseTokenType;
  say(
    isDeepStrictEqual({ ...types }, { ...ours.SingleUseTokenType }),
    `token types: ${Object.values(types).join(", ")} there; ${Object.values(ours.SingleUseTokenType).join(", ")} here`,
  );
  const contract = join(root, "generated/openapi.yaml");
  const example = documentedExample(contract);
  const mock = await startPrismMock(await loadContract(contract));
  try {
    const packages = [
      [`${officialSdk.name} ${officialSdk.version}`, official],
      ["this client", ours],
    ] as const;
    for (const [name, { ElevenLabsClient, ElevenLabs, ElevenLabsError }] of packages) {
      const client = new ElevenLabsClient({ apiKey: "key", baseUrl: mock.address, maxRetries: 0 });
      for (const type of Object.values(ElevenLabs.SingleUseTokenType)) {
        const answer = await client.tokens.singleUse.create(type);
        say(isDeepStrictEqual({ ...answer }, example), `${name}: ${type} gives ${JSON.stringify(answer)}`);
      }
      const refused: unknown = await client.tokens.singleUse
        .create("realtime_scribe", { headers: { Prefer: "code=422" } })
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      say(
        refused instanceof ElevenLabs.UnprocessableEntityError &&
          refused instanceof ElevenLabsError &&
          refused.statusCode === 422,
        `${name}: 422 is its UnprocessableEntityError`,
      );
    }
  } finally {
    await mock.close();
  }
}

/** The example of the operation's first documented success. */
function documentedExample(contract: string): unknown {
  const { path, method, json } = operations["tokens.singleUse.create"];
  const document = parse(readFileSync(contract, "utf8"));
  const success = json.slice(0, 3);
  return document.paths[path][method.toLowerCase()].responses[success].content["application/json"].example;
}
