import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

/** What the documentation promises, as a caller writes it. */
const consumer = `
import {
  createTypedClient, ElevenLabs, ElevenLabsClient, ElevenLabsEnvironment, ElevenLabsError, ElevenLabsTimeoutError,
  isElevenLabsError, SingleUseTokenType, UnprocessableEntityError,
  type ClientOptions, type RequestOptions, type SingleUseTokenResponseModel,
} from "elevenlabs-single-use-token";

const options: ClientOptions = { apiKey: process.env.ELEVENLABS_API_KEY, environment: ElevenLabsEnvironment.ProductionEu };
const client = new ElevenLabsClient(options);
export const token: Promise<string> = client.tokens.singleUse.create("realtime_scribe").then((answer) => answer.token);
const call: RequestOptions = { timeoutInSeconds: 5, abortSignal: AbortSignal.timeout(1) };
export const model: Promise<SingleUseTokenResponseModel> = client.tokens.singleUse.create(SingleUseTokenType.TtsWebsocket, call);
export const type: ElevenLabs.SingleUseTokenType = ElevenLabs.SingleUseTokenType.RealtimeScribe;
export const named: ElevenLabs.SingleUseTokenResponseModel = { token: "" };
export const status = client.tokens.singleUse.create(type).withRawResponse().then(({ rawResponse }) => rawResponse.status satisfies number);
export const errors: (typeof ElevenLabsError)[] = [ElevenLabsError];
export const subclasses = [new ElevenLabsTimeoutError(""), new UnprocessableEntityError()] satisfies ElevenLabsError[];
export const guarded = (error: unknown) => (isElevenLabsError(error) ? error.code : "other");
export const bare = createTypedClient(options).POST("/v1/single-use-token/{token_type}", { params: { path: { token_type: type } } });
// @ts-expect-error: not a documented token type
client.tokens.singleUse.create("other");
// @ts-expect-error: the answer has no such member
token.then(({ key }) => key);
`;

const settings = {
  "NodeNext, no DOM": { module: "NodeNext", lib: ["ES2023"], types: ["node"] },
  "bundler, DOM": {
    module: "ESNext",
    moduleResolution: "Bundler",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    types: ["node"],
  },
};

/** Compiles a caller's code against the installed declarations, which are checked too, under each kind of settings. */
export async function typeConsumer(
  root: string,
  folder: string,
): Promise<{ name: string; problem: string | undefined }[]> {
  writeFileSync(join(folder, "consumer.mts"), consumer);
  const results = [];
  for (const [name, own] of Object.entries(settings)) {
    const compilerOptions = {
      ...own,
      target: "ES2022",
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      typeRoots: [join(root, "node_modules/@types")],
    };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["consumer.mts"] }),
    );
    const { exitCode, output } = await run(join(root, "node_modules/.bin/tsc"), ["-p", "."], folder);
    results.push({ name, problem: exitCode === 0 ? undefined : output });
  }
  return results;
}
