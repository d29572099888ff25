import { createRequire } from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import { officialSdk } from "../check-official-sdk/check-official-sdk.ts";
import { toolCache } from "../check-package/tool-cache.ts";
import { playScene, type Scribe } from "./play-scene.ts";
import type { Scene } from "./scenes.ts";
import { askForToken, type Backend } from "./start-backend.ts";

export type Say = (isPassed: boolean, line: string) => void;

/** A library at one place: how a token is had there, and how a scene is played with it. */
export interface Stage {
  readonly name: string;
  mint(type: string): Promise<string>;
  play(scene: Scene, token: string): Promise<string[]>;
}

/** @param address - What the library's `connect` needs to find the simulator. */
export function inNode(
  name: string,
  scribe: Scribe,
  backend: Backend,
  address: Record<string, string> = {},
): Stage {
  return {
    name,
    mint: (type) => askForToken(backend.address, type),
    async play(scene, token) {
      // The library writes each close to the console.
      const { log, error } = console;
      Object.assign(console, { log: () => {}, error: () => {} });
      try {
        return await playScene(scribe, scene, { ...address, token });
      } finally {
        Object.assign(console, { log, error });
      }
    },
  };
}

/** The library as the page at the backend's address has loaded it. */
export function inPage(name: string, page: Page, { webSocketAddress: baseUri }: Backend): Stage {
  return {
    name,
    mint: (type) => askInPage(page, type),
    play: (scene, token) =>
      page.evaluate(
        `(${playScene})(ElevenLabsClient.Scribe, ${JSON.stringify(scene)}, ${JSON.stringify({ baseUri, token })})`,
      ),
  };
}

/** Has the page itself ask the endpoint. */
export function askInPage(page: Page, type = "realtime_scribe"): Promise<string> {
  return page.evaluate(`(${askForToken})("", ${JSON.stringify(type)})`);
}

/** The official SDK: tokens by its own call, and `speechToText.realtime`, which opens sockets with a token and without a key. */
export async function officialLibrary(
  root: string,
  { providerAddress: baseUrl }: Backend,
): Promise<{ readonly scribe: Scribe; mint(type: string): Promise<string> }> {
  const folder = await toolCache(root, [`${officialSdk.name}@${officialSdk.version}`]);
  interface OfficialSdk {
    ElevenLabsClient: new (
      options: object,
    ) => {
      speechToText: { realtime: Scribe };
      tokens: { singleUse: { create(type: string): Promise<{ token: string }> } };
    };
  }
  const { ElevenLabsClient }: OfficialSdk = createRequire(join(folder, "package.json"))(officialSdk.name);
  const client = new ElevenLabsClient({ apiKey: "key", baseUrl });
  return {
    scribe: client.speechToText.realtime,
    mint: async (type) => (await client.tokens.singleUse.create(type)).token,
  };
}

/** Plays scenes one after the other, and compares what came with what is documented. */
export async function playAll(
  backend: Backend,
  stage: Stage,
  scenes: readonly Scene[],
  say: Say,
): Promise<void> {
  for (const scene of scenes) {
    const token = await tokenFor(scene, backend, stage);
    backend.switchFaults(scene.fault === undefined ? [] : [scene.fault]);
    const seen = await stage.play(scene, token);
    backend.switchFaults([]);
    const isAsDocumented = isDeepStrictEqual(seen, scene.expected);
    const difference = isAsDocumented ? "" : `, expected ${scene.expected.join(" · ")}`;
    say(isAsDocumented, `${stage.name}, ${scene.name}: ${seen.join(" · ")}${difference}`);
  }
}

async function tokenFor(scene: Scene, backend: Backend, stage: Stage): Promise<string> {
  if (scene.token === "made up") return "sutkn_never_handed_out";
  const token = await stage.mint(scene.token === "of another type" ? "tts_websocket" : "realtime_scribe");
  if (scene.token === "expired") backend.expireTokens();
  if (scene.token === "used") await stage.play({ ...scene, expected: ["open", "session_started"] }, token);
  return token;
}
