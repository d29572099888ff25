import { build } from "esbuild";
import type { Page } from "playwright-core";
import { toolCache } from "../check-package/tool-cache.ts";
import { browserLibraryVersion } from "./browser-library.ts";
import { askInPage, type Say } from "./stage.ts";
import type { Backend } from "./start-backend.ts";

/** Exact; with the library in the version that it asks for. */
const reactPackages = [
  "@elevenlabs/react@1.15.2",
  `@elevenlabs/client@${browserLibraryVersion}`,
  "react@19.2.0",
  "react-dom@19.2.0",
];

/** Writes a page's script with `useScribe` in it. */
export async function bundleReactPage(root: string, outfile: string): Promise<void> {
  const folder = await toolCache(root, reactPackages);
  await build({
    entryPoints: [new URL("react-page.jsx", import.meta.url).pathname],
    outfile,
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    nodePaths: [`${folder}/node_modules`],
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
}

/** The library's own recording of the microphone, with pauses that commit. */
export async function checkMicrophone(page: Page, { webSocketAddress }: Backend, say: Say): Promise<void> {
  const token = await askInPage(page);
  const options = {
    token,
    baseUri: webSocketAddress,
    modelId: "scribe_v2_realtime",
    commitStrategy: "vad",
    microphone: {},
  };
  const seen: string[] = await page.evaluate(`new Promise((resolve) => {
    const connection = ElevenLabsClient.Scribe.connect(${JSON.stringify(options)});
    const seen = [];
    const end = () => resolve(seen) ?? connection.close();
    setTimeout(end, 15_000);
    for (const event of ["session_started", "partial_transcript", "committed_transcript", "error"])
      connection.on(event, ({ text = "", error = "" }) => {
        seen.push((event + " " + text + error).trim());
        if (event === "error" || (event === "committed_transcript" && text !== "")) end();
      });
  })`);
  const heard = /^(partial|committed)_transcript \[[\d.]+ s of audio\]$/;
  const isAsDocumented =
    seen.length > 2 &&
    seen[0] === "session_started" &&
    seen.slice(1).every((line) => heard.test(line) || line === "partial_transcript") &&
    seen.at(-1)?.startsWith("committed_transcript [") === true;
  say(
    isAsDocumented,
    `@elevenlabs/client in Chromium, the microphone with vad: ${[seen[0], "…", seen.at(-1)].join(" · ")}`,
  );
}

/** What the hook gives, as far as it is told apart here. */
interface Hook {
  readonly status: string;
  readonly error: string | null;
  readonly committed: readonly string[];
}

/** `useScribe`: a session, a used token, a reconnect with a new token, the microphone. */
export async function checkReact(page: Page, { webSocketAddress }: Backend, say: Say): Promise<void> {
  await page.evaluate(`mount(${JSON.stringify(webSocketAddress)})`);
  await page.waitForFunction("window.scribe");
  const manual = { audioFormat: "pcm_16000", sampleRate: 16_000 };
  const microphone = { microphone: {}, commitStrategy: "vad" };
  const audio = Buffer.alloc(32_000, 0x55).toString("base64");
  const connect = (token: string, options: object) =>
    page.evaluate(`scribe.connect(${JSON.stringify({ ...options, token })})`);
  const until = async (condition: string): Promise<Hook> => {
    await page.waitForFunction(condition, undefined, { timeout: 15_000 }).catch(() => undefined);
    return page.evaluate(
      "({ status: scribe.status, error: scribe.error, committed: scribe.committedTranscripts.map(({ text }) => text) })",
    );
  };
  const told = (hook: Hook) =>
    `status ${hook.status}, error ${hook.error}, committed ${hook.committed.join(", ")}`;

  const token = await askInPage(page);
  await connect(token, manual);
  await until('scribe.status === "connected"');
  await page.evaluate(`(scribe.sendAudio("${audio}"), scribe.commit())`);
  const first = await until(
    'callbacks.includes("onCommittedTranscript: [1 s of audio]") && scribe.partialTranscript !== ""',
  );
  say(
    first.status === "transcribing" && first.error === null && first.committed.join() === "[1 s of audio]",
    `useScribe, a fresh token: ${told(first)}`,
  );

  await page.evaluate("scribe.disconnect()");
  await until('callbacks.includes("onDisconnect")');
  await connect(token, manual);
  const second = await until('callbacks.includes("onAuthError") && scribe.status === "disconnected"');
  say(
    second.error === "You must be authenticated to use this endpoint." && second.status === "disconnected",
    `useScribe, a used token: ${told(second)}`,
  );

  await page.evaluate("(callbacks.length = 0, scribe.clearTranscripts())");
  await connect(await askInPage(page), microphone);
  const third = await until("scribe.committedTranscripts.some(({ text }) => text !== '')");
  await page.evaluate("scribe.disconnect()");
  say(
    third.error === null && /^\[[\d.]+ s of audio\]$/.test(third.committed.at(-1) ?? ""),
    `useScribe, again with a new token, the microphone and vad: ${told(third)}`,
  );
}
