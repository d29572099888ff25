import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunSummary } from "../run/events.ts";
import { renderHtml } from "./html-report.ts";
import {
  bytes,
  largeSummary,
  manyFindings,
  sampleExchange,
  sampleFinding,
  sampleHeader,
  sampleSummary,
} from "./sample-run.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const why = executablePath === undefined ? " (skipped: no Chromium is installed)" : "";

describe.skipIf(executablePath === undefined)(`the HTML report in a browser${why}`, () => {
  let browser: Browser;
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "page-"));
    browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function opened(summary: RunSummary, width = 1280): Promise<{ page: Page; troubles: string[] }> {
    const file = join(folder, `${Math.random()}.html`);
    await writeFile(
      file,
      renderHtml({ header: sampleHeader, summary, contractText: "a\nb\nc\nd\ne\nf\ng\nh\n" }),
    );
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const troubles: string[] = [];
    const own = pathToFileURL(file).href;
    page.on("request", (request) => {
      if (request.url() !== own && request.url() !== "data:,") troubles.push(`asked for ${request.url()}`);
    });
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("dialog", (dialog) => {
      troubles.push(`dialog ${dialog.message()}`);
      dialog.dismiss().catch(() => undefined);
    });
    await page.goto(own);
    return { page, troubles };
  }

  it("requests nothing, runs nothing from a response and has no error", async () => {
    const attack =
      "</pre></script><script>alert(1)</script><img src='https://evil.example/x' onerror=alert(2)><link rel=stylesheet href=//evil.example/x.css>";
    const exchange = sampleExchange({
      response: { status: 200, headers: [["X", attack]], body: bytes(attack), durationMs: 1 },
    });
    const finding = sampleFinding({
      exchange,
      message: attack,
      expected: attack,
      actual: attack,
      curl: attack,
    });
    const { page, troubles } = await opened(
      sampleSummary({ findings: [finding], notJudged: [{ reason: attack }] }),
    );
    expect(await page.locator("script").count()).toBe(1);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator(".finding .message").textContent()).toBe(attack);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("filters 500 operations and leads from a complaint to its finding", async () => {
    const { page, troubles } = await opened(largeSummary(500));
    const rows = page.locator("#grid tbody tr:visible");
    await page.getByRole("searchbox").fill("things/48");
    expect(await rows.count()).toBe(11);
    await page.getByRole("checkbox").check();
    expect(await rows.count()).toBe(1);
    expect(await page.locator(".filter output").textContent()).toBe("1 of 500 operations, 1 of 25 findings");
    await rows.locator("td a").click();
    const finding = page.locator(".finding:target");
    expect(await finding.getAttribute("open")).not.toBeNull();
    expect(await finding.locator(".where").textContent()).toContain("/v1/things/480/{id}");
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("groups a thousand findings by their checks, and the filter opens what it finds", async () => {
    const { page, troubles } = await opened(manyFindings(1_000));
    const visible = page.locator(".finding:visible");
    expect(await page.locator(".group > summary code").allTextContents()).toEqual([
      "status-code-conformance",
      "response-schema-conformance",
      "not-a-server-error",
    ]);
    expect(await visible.count()).toBe(800);
    await page.getByRole("searchbox").fill("things/249/");
    expect(await visible.count()).toBe(4);
    expect(await page.locator(".filter output").textContent()).toContain("4 of 1000 findings");
    await page.getByRole("searchbox").fill("not-a-server-error");
    expect(await page.locator(".group:visible").count()).toBe(1);
    expect(await visible.count()).toBe(100);
    await page.getByRole("searchbox").fill("");
    await page.evaluate(() => {
      location.hash = "#finding-1000";
    });
    await page.locator(".finding:target").waitFor({ state: "visible" });
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("fits a telephone's width without scrolling sideways", async () => {
    const { page, troubles } = await opened(sampleSummary(), 360);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(troubles).toEqual([]);
    await page.close();
  });
});
