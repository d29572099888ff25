import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browserLibrary } from "../../../scripts/check-browser-library/browser-library.ts";
import { projectRoot } from "../../../scripts/project-root.ts";
import { ElevenLabsClient } from "../../../src/index.ts";
import { type Served, serve } from "../../../src/simulator/serve.ts";
import { type Simulator, startSimulator } from "../../../src/simulator/start-simulator.ts";
import { launchChromium } from "./launch-chromium.ts";
import { type NetworkLog, networkLog } from "./network-log.ts";
import { type Demo, startDemo } from "./start-demo.ts";

const apiKey = "sk_canary_key_of_the_demo";
/** A folder for pictures of each state; none are taken without it. */
const pictures = process.env["DEMO_SCREENSHOTS"];

describe("the demo in Chromium", { timeout: 60_000 }, () => {
  let browser: Browser;
  let library: string;
  let simulator: Simulator;
  let demo: Demo;
  let page: Page;
  let log: NetworkLog;
  let everything: string[] = [];

  beforeAll(async () => {
    library = await browserLibrary(projectRoot);
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());

  beforeEach(async () => {
    simulator = await startSimulator({ apiKeys: [apiKey] });
    demo = await startDemo({
      client: new ElevenLabsClient({ apiKey, baseUrl: simulator.address }),
      socketAddress: simulator.webSocketAddress,
      library,
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

  const state = (name: string) => page.locator("#socket-state").getByText(name, { exact: true }).waitFor();
  const problem = (sentence: string) => page.locator("#problem").getByText(sentence).waitFor();
  const final = () => page.locator("#transcript .final").getByText(/^\[[\d.]+ s of audio\]$/);
  const tokens = () => new Set(log.lines.join("\n").match(/^> WebSocket .*token=\w+/gm));

  test("a visitor signs in and is transcribed, each time with a new token; the key is nowhere in the traffic", async () => {
    await signIn();
    await click("Use a second of tone");
    await state("open");
    await final().getByText("[1 s of audio]").waitFor();
    await picture("1-transcribed");
    await click("Disconnect");
    await state("closed");

    await click("Use the microphone");
    await final().nth(1).waitFor();
    await click("Disconnect");
    await state("closed");
    expect(tokens().size).toBe(2);

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

  test("the page works under localhost as well", async () => {
    await page.goto(demo.address.replace("127.0.0.1", "localhost"));
    await signIn();
    await click("Use a second of tone");
    await final().waitFor();
  });

  test("a token that was used is refused the second time, and connecting again works", async () => {
    await signIn();
    await click("Use a second of tone");
    await state("open");
    await click("Disconnect");
    await state("closed");
    await click("Use the last token again");
    await problem("The token was refused. Connect again: each connection needs a new one.");
    await state("refused");
    await picture("2-second-use");

    await click("Use a second of tone");
    await state("open");
    expect(await textOf("#problem")).toBe("");
  });

  test("a visitor who isn't signed in gets no token", async () => {
    await click("Use a second of tone");
    await problem("Sign in before requesting a token.");
    await picture("3-not-signed-in");
    expect(simulator.tokensRemembered).toBe(0);
    expect(await page.getByRole("button", { name: "Use the last token again" }).isDisabled()).toBe(true);
  });

  test("a provider that is down is a calm sentence, and the page works again when it is back", async () => {
    await signIn();
    simulator.switchFaults(["error-500-always"]);
    await click("Use a second of tone");
    await problem("The provider issued no token.");
    simulator.switchFaults([]);
    await click("Use a second of tone");
    await final().waitFor();
    await simulator.close();
    await problem("The connection was lost. Connect again.");
    await state("closed");
    await click("Use a second of tone");
    await problem("The provider issues no tokens at the moment.");
    await picture("4-provider-down");
  });

  test.each([
    ["transcription-quota-exceeded", "There is no transcription left on this account."],
    ["transcription-rate-limited", "Too many people are being transcribed. Try again in a minute."],
    ["transcription-transcriber-error", "The simulator was told to fail with transcriber_error."],
  ])("the trouble %s of a session is told in words", async (fault, sentence) => {
    await signIn();
    simulator.switchFaults([fault]);
    await click("Use a second of tone");
    await problem(sentence);
    await state("closed");
  });

  test("a visitor who asks too often is told to wait", async () => {
    await signIn();
    for (let i = 0; i < 3; i += 1) {
      await click("Use a second of tone");
      await state("open");
      await click("Disconnect");
      await state("closed");
    }
    await click("Use a second of tone");
    await problem("Wait before requesting another token.");
    expect(simulator.tokensRemembered).toBe(3);
  });

  test("fits on a phone, light and dark", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await signIn();
    await click("Use a second of tone");
    await final().waitFor();
    await click("Disconnect");
    await click("Use the last token again");
    await state("refused");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(`5-phone-${colorScheme}`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
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
