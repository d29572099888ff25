import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ElevenLabsClient } from "../../../src/index.ts";
import { type Served, serve } from "../../../src/simulator/serve.ts";
import { type Simulator, startSimulator } from "../../../src/simulator/start-simulator.ts";
import { findChromium } from "./find-chromium.ts";
import { type NetworkLog, networkLog } from "./network-log.ts";
import { type Demo, startDemo } from "./start-demo.ts";

const executablePath = findChromium();
const apiKey = "sk_canary_key_of_the_demo";
/** A folder for pictures of each state; none are taken without it. */
const pictures = process.env["DEMO_SCREENSHOTS"];

const title = executablePath
  ? "the demo in Chromium"
  : "the demo in Chromium (skipped: no Chromium was found; install one or set CHROMIUM_PATH)";

describe.skipIf(!executablePath)(title, { timeout: 60_000 }, () => {
  let browser: Browser;
  let simulator: Simulator;
  let demo: Demo;
  let page: Page;
  let log: NetworkLog;
  let everything: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
      ],
    });
  }, 60_000);
  afterAll(() => browser?.close());

  beforeEach(async () => {
    simulator = await startSimulator({ apiKeys: [apiKey] });
    demo = await startDemo({
      client: new ElevenLabsClient({ apiKey, baseUrl: simulator.address }),
      socketAddress: simulator.webSocketAddress,
      tokensPerMinute: 3,
    });
    page = await browser.newPage({ viewport: { width: 1100, height: 820 } });
    page.setDefaultTimeout(20_000);
    log = networkLog(page);
    await page.goto(demo.address);
  });
  afterEach(async () => {
    await log.settled();
    everything = [...log.lines];
    await page.close();
    await demo.close();
    await simulator.close();
    expect(everything.join("\n")).not.toContain(apiKey);
  });

  async function picture(name: string): Promise<void> {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }

  async function signIn(): Promise<void> {
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Signed in as Ada").waitFor();
  }

  const click = (name: string) => page.getByRole("button", { name }).click();
  const textOf = (selector: string) => page.locator(selector).textContent();

  test("a visitor signs in, gets a token, opens the socket and is transcribed; the key is nowhere in the traffic", async () => {
    await signIn();
    await click("Get a token");
    await page.getByText("fresh", { exact: true }).waitFor();
    await picture("1-token");
    await click("Open the socket");
    await page.getByText("open", { exact: true }).waitFor();
    await click("Send a second of tone");
    await page.locator("#transcript .final").getByText("[1 s of audio]").waitFor();
    await picture("2-transcribed");

    await click("Use the microphone");
    await page
      .locator("#transcript .partial")
      .getByText(/^\[[\d.]+ s of audio\]$/)
      .waitFor();
    await click("Stop the microphone");
    await page.locator("#transcript .final").nth(1).waitFor();
    await click("Close");
    await page.getByText("closed", { exact: true }).waitFor();

    await log.settled();
    const traffic = log.lines.join("\n");
    // What must not be there is looked for in a log that has everything else.
    expect(traffic).toMatch(/^> POST .*single-use-token .*realtime_scribe/m);
    expect(traffic).toMatch(/^< 200 .*no-store.*sutkn_/m);
    expect(traffic).toMatch(/^> WebSocket ws:.*token=sutkn_/m);
    expect(traffic).toMatch(/session_started/);
    expect(traffic).toMatch(/input_audio_chunk/);
    expect(traffic).not.toContain(apiKey);
    expect(traffic.toLowerCase()).not.toContain("xi-api-key");
    expect(traffic).not.toMatch(/^console /m);
  });

  test("a token that was used is refused the second time, and a new one works", async () => {
    await signIn();
    await click("Get a token");
    await click("Open the socket");
    await page.getByText("open", { exact: true }).waitFor();
    await click("Close");
    await page.getByText("closed", { exact: true }).waitFor();
    await click("Open the socket");
    await page
      .locator("#socket-problem")
      .getByText("You must be authenticated to use this endpoint.")
      .waitFor();
    await picture("3-second-use");
    expect(await textOf("#socket-state")).toBe("refused");

    await click("Get a token");
    await page.getByText("fresh", { exact: true }).waitFor();
    await click("Open the socket");
    await page.getByText("open", { exact: true }).waitFor();
    expect(await textOf("#socket-problem")).toBe("");
  });

  test("a visitor who isn't signed in gets no token", async () => {
    await click("Get a token");
    await page.locator("#token-problem").getByText("Sign in before asking for a token.").waitFor();
    await picture("4-not-signed-in");
    expect(simulator.tokensRemembered).toBe(0);
    expect(await page.getByRole("button", { name: "Open the socket" }).isDisabled()).toBe(true);
  });

  test("a provider that is down is a calm sentence, and the page works again when it is back", async () => {
    await signIn();
    simulator.switchFaults(["error-500-always"]);
    await click("Get a token");
    await page.locator("#token-problem").getByText("No token could be had from the provider.").waitFor();
    simulator.switchFaults([]);
    await click("Get a token");
    await page.getByText("fresh", { exact: true }).waitFor();

    await simulator.close();
    await click("Get a token");
    await page
      .locator("#token-problem")
      .getByText("No token can be had from the provider at the moment.")
      .waitFor();
    await picture("5-provider-down");
  });

  test("a visitor who asks too often is told to wait", async () => {
    await signIn();
    for (let i = 0; i < 3; i += 1) {
      await click("Get a token");
      await page.locator("#wire li").filter({ hasText: "sutkn_" }).nth(i).waitFor();
    }
    await click("Get a token");
    await page.locator("#token-problem").getByText("Wait before asking for another token.").waitFor();
    expect(simulator.tokensRemembered).toBe(3);
  });

  test("the page of the documentation transcribes as it says", async () => {
    await signIn();
    const markdown = await readFile(new URL("../../browser-transcription.md", import.meta.url), "utf8");
    const together = /```js\n(const token = await getToken[\s\S]*?)```/.exec(markdown)?.[1] ?? "";
    const heard = page.waitForEvent("console", (message) => / s of audio\] false$/.test(message.text()));
    await page.evaluate(`(async () => {
      const { getToken } = await import("./get-token.js");
      const { openTranscription } = await import("./open-transcription.js");
      const { record } = await import("./record.js");
      ${together.replace("wss://api.elevenlabs.io", simulator.webSocketAddress)}
      window.finish = () => (stop(), session.close(), session.closed.then(({ code }) => code));
    })()`);
    await heard;
    expect(await page.evaluate("finish()")).toBe(1000);
  });

  describe("a page of another origin", () => {
    let elsewhere: Served;
    beforeEach(async () => {
      elsewhere = await serve(() => ({
        status: 200,
        headers: { "content-type": "text/html" },
        body: "<!doctype html><title>Elsewhere</title>",
      }));
    });
    afterEach(() => elsewhere.close());

    test("is blocked by CORS though the browser sends the visitor's cookie, and nothing is minted", async () => {
      await signIn();
      await page.goto(elsewhere.address);
      const cookiesSent: unknown[] = [];
      const devTools = await page.context().newCDPSession(page);
      devTools.on("Network.requestWillBeSentExtraInfo", ({ headers }) => cookiesSent.push(headers["Cookie"]));
      await devTools.send("Network.enable");
      const outcomes = await page.evaluate(async (url) => {
        const attempt = (init: RequestInit) =>
          fetch(url, { method: "POST", credentials: "include", ...init }).then(
            (response) => `${response.type} ${response.status}`,
            (error: unknown) => String(error),
          );
        return [
          await attempt({
            headers: { "content-type": "application/json" },
            body: '{"token_type":"realtime_scribe"}',
          }),
          await attempt({ body: new URLSearchParams({ token_type: "realtime_scribe" }) }),
          await attempt({ mode: "no-cors", body: new URLSearchParams({ token_type: "realtime_scribe" }) }),
        ];
      }, `${demo.address}/api/single-use-token`);

      expect(outcomes).toEqual(["TypeError: Failed to fetch", "TypeError: Failed to fetch", "opaque 0"]);
      expect(cookiesSent).toContainEqual(expect.stringMatching(/^session=/));
      expect(simulator.tokensRemembered).toBe(0);
    });
  });
});
