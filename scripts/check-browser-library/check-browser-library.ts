import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { launchChromium } from "../../docs/examples/demo/launch-chromium.ts";
import { browserLibrary } from "./browser-library.ts";
import { bundleReactPage, checkMicrophone, checkReact } from "./in-chromium.ts";
import { type JudgingProxy, startJudgingProxy } from "./judging-proxy.ts";
import type { Scribe } from "./play-scene.ts";
import { scenes, troubles } from "./scenes.ts";
import { inNode, inPage, officialLibrary, playAll, type Say } from "./stage.ts";
import { startBackend } from "./start-backend.ts";

/**
 * The provider's own libraries against token endpoint and simulator: `@elevenlabs/client` in Node and in Chromium,
 * `useScribe` of `@elevenlabs/react` in Chromium, and the official SDK. Each scene gives the events that they document.
 */
export async function checkBrowserLibrary(root: string, say: Say): Promise<void> {
  const library = await browserLibrary(root);
  const scratch = mkdtempSync(join(tmpdir(), "library-"));
  const reactPage = join(scratch, "react-page.js");
  await bundleReactPage(root, reactPage);
  const scripts = { "client.js": join(library, "dist/lib.iife.js"), "react-page.js": reactPage };
  const backend = await startBackend(scripts);
  try {
    // The library's entry asks for a browser; its transcription alone asks for a WebSocket.
    const { ScribeRealtime }: { ScribeRealtime: Scribe } = await import(
      join(library, "dist/scribe/scribe.js")
    );
    // Loading it takes so long that a connection which waits for its next request would be closed meanwhile.
    const official = await officialLibrary(root, backend);
    Object.assign(globalThis, { WebSocket });
    const { webSocketAddress: baseUri } = backend;
    const client = inNode("@elevenlabs/client in Node", ScribeRealtime, backend, { baseUri });
    await playAll(backend, client, [...scenes(true), ...troubles(true)], say);
    const sdk = inNode("the official SDK", official.scribe, backend);
    await playAll(backend, sdk, [...scenes(false), ...troubles(false)], say);

    await playThroughProxy(root, ScribeRealtime, say);

    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      // tsx names functions by this helper, which a function that is sent to a page as text takes along.
      await page.addInitScript("globalThis.__name = (value) => value");
      await page.goto(backend.address);
      await playAll(backend, inPage("@elevenlabs/client in Chromium", page, backend), scenes(true), say);
      await checkMicrophone(page, backend, say);
      await checkReact(page, backend, say);
    } finally {
      await browser.close();
    }
  } finally {
    await backend.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Both libraries once more, with the harness's proxy between them and the simulator: everything is as without it. */
async function playThroughProxy(root: string, scribe: Scribe, say: Say): Promise<void> {
  const proxies: JudgingProxy[] = [];
  const backend = await startBackend({}, async (address) => {
    const proxy = await startJudgingProxy(root, address);
    proxies.push(proxy);
    return proxy.address;
  });
  try {
    const { webSocketAddress: baseUri } = backend;
    const client = inNode("@elevenlabs/client through the proxy", scribe, backend, { baseUri });
    await playAll(backend, client, scenes(true), say);
    const official = await officialLibrary(root, backend);
    const sdk = inNode("the official SDK through the proxy", official.scribe, backend);
    await playAll(backend, { ...sdk, mint: official.mint }, scenes(false), say);
  } finally {
    await backend.close();
    for (const proxy of proxies) {
      const { exitCode, output } = await proxy.end();
      const sockets = /(\d+) upgraded connections/.exec(output)?.[1] ?? "no";
      say(exitCode === 0 && sockets !== "no", `the proxy: exit ${exitCode}, ${sockets} sockets passed on`);
    }
  }
}
