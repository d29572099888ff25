import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ElevenLabsClient, type SingleUseTokenResponseModel, SingleUseTokenType } from "../../src/index.ts";
import { loadContract } from "../harness/contract/load-contract.ts";
import type { Target } from "../harness/run/target.ts";
import { openTarget } from "../harness/targets/open-target.ts";
import { ownContractFile } from "./own-contract.ts";

/**
 * Code as users of the published version have it. The other suites follow the contract wherever it goes; this one stays
 * behind with the users: a revision that breaks them fails to compile here, and fails here when it runs. Change a line
 * only together with a breaking release.
 */
describe("user code of the published version", () => {
  let target: Target;
  let client: ElevenLabsClient;

  beforeAll(async () => {
    target = await openTarget({ contract: await loadContract(ownContractFile) });
    client = new ElevenLabsClient({ apiKey: "contract-tests-key", baseUrl: target.address, maxRetries: 0 });
  });

  afterAll(() => target.close());

  it("gets a token for realtime transcription", async () => {
    const { token } = await client.tokens.singleUse.create("realtime_scribe");
    expect(token).not.toBe("");
    expect(token).toBeTypeOf("string");
  });

  it("gets a token for streaming speech, by the constant", async () => {
    const { data } = await client.tokens.singleUse.create(SingleUseTokenType.TtsWebsocket).withRawResponse();
    expect(data.token).toBeTypeOf("string");
  });

  it("reads the token of an answer that it names by its type", async () => {
    const answer: SingleUseTokenResponseModel = await client.tokens.singleUse.create("tts_websocket");
    expect(answer.token).toBeTypeOf("string");
  });
});
