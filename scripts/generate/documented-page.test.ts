import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../project-root.ts";
import { readDocumentedPage } from "./documented-page.ts";

const pageText = readFileSync(
  join(projectRoot, "scripts/generate/fixtures/spec/documented/single-use-create.md"),
  "utf8",
);

describe("readDocumentedPage", () => {
  it("reads heading, addresses and the call that the TypeScript sample makes", () => {
    const page = readDocumentedPage("page.md", pageText);
    expect(page.title).toBe("Create Single Use Token");
    expect(page.endpoint).toMatchObject({
      method: "POST",
      url: "https://api.elevenlabs.io/v1/single-use-token/{token_type}",
    });
    expect(page.reference).toBe("https://elevenlabs.io/docs/api-reference/single-use/create");
    expect(page.sampleCall).toEqual(["tokens", "singleUse", "create"]);
  });

  it("gives the OpenAPI block byte for byte, with the line on which it begins", () => {
    const page = readDocumentedPage("page.md", pageText);
    expect(pageText).toContain(`\`\`\`yaml\n${page.yaml}\`\`\`\n`);
    expect(pageText.split("\n")[page.yamlLine - 1]).toBe(page.yaml.split("\n")[0]);
  });

  it("keeps carriage returns and tabs of the block as they are", () => {
    const windows = pageText.replace("openapi: 3.1.1\n", "openapi: 3.1.1 # \t\r\n");
    expect(readDocumentedPage("page.md", windows).yaml).toMatch(/^openapi: 3\.1\.1 # \t\r\n/);
  });

  it("reads a page with a byte order mark and with carriage returns like any other", () => {
    const { title, sampleCall, yamlLine } = readDocumentedPage("page.md", pageText);
    const windows = readDocumentedPage("page.md", `\ufeff${pageText.replaceAll("\n", "\r\n")}`);
    expect(windows).toMatchObject({ title, sampleCall, yamlLine });
  });

  it("reads a heading with any number of blanks in no time", () => {
    const heading = `Create${" ".repeat(1_000_000)}it`;
    expect(readDocumentedPage("page.md", pageText.replace("Create Single Use Token", heading)).title).toBe(
      heading,
    );
  });

  it.each([
    ["Reference: ", "https://elevenlabs.io/docs/api-reference/single-use/create"],
    ["Canonical page: ", "https://elevenlabs.io/docs/api-reference/single-use/create"],
    [
      "Source: https://example.com/a\n\nReference: ",
      "https://elevenlabs.io/docs/api-reference/single-use/create",
    ],
    ["Source: https://example.com/a\n\nOther: ", undefined],
    ["", undefined],
  ])("finds the page's own address behind %j", (label, address) => {
    expect(readDocumentedPage("page.md", pageText.replace("Reference: ", label)).reference).toBe(address);
  });

  it.each([
    ["client.tokens.singleUse.create(1)", ["tokens", "singleUse", "create"]],
    ["const it = await this.client.models.list();", ["models", "list"]],
    ["client.a.b; client(1); client.c.d()", ["c", "d"]],
    ["client.1x(); clients.list()", undefined],
  ])("finds the sample's call in %s", (sample, call) => {
    const text = pageText.replace(/```typescript\n[\s\S]*?```/, `\`\`\`typescript\n${sample}\n\`\`\``);
    expect(readDocumentedPage("page.md", text).sampleCall).toEqual(call);
  });

  it.each([
    [
      "a sample of calls that are none",
      (length: number) => `\`\`\`typescript\n${"client.".repeat(length / 7)}\n\`\`\`\n`,
    ],
    [
      "a sample of names",
      (length: number) => `\`\`\`typescript\nclient.${"a.".repeat(length / 2)}\n\`\`\`\n`,
    ],
    ["many blocks", (length: number) => "```yaml\n```\n".repeat(length / 12)],
    ["many samples", (length: number) => "```typescript\n".repeat(length / 14)],
    ["a label without end", (length: number) => `${"A ".repeat(length / 2)}: https://x`],
    ["blanks", (length: number) => `GET https://a${" ".repeat(length)}b`],
  ])("reads %s in time that grows no faster than the page", (_, hostile) => {
    const spent = (length: number): number => {
      const text = `${hostile(length)}\n${pageText.replace(/```typescript\n[\s\S]*?```/, "")}`;
      const start = performance.now();
      readDocumentedPage("page.md", text);
      return performance.now() - start;
    };
    spent(16_000);
    // Sixteen times as long: quadratic work would take 256 times as long.
    expect(spent(1_024_000)).toBeLessThan(Math.max(1_500, 64 * spent(64_000)));
  });

  it.each([
    ["no OpenAPI block", pageText.replace("```yaml", "```text"), /^page\.md: no ```yaml block/],
    [
      "two OpenAPI blocks",
      pageText + pageText,
      /^page\.md:\d+: a second OpenAPI block \(the first is at line 12\)/,
    ],
    [
      "a block that is never closed",
      pageText.slice(0, 700),
      /^page\.md:11: the ```yaml block is never closed/,
    ],
    ["no heading line", pageText.replace("POST https://", "POST "), /no heading line/],
    [
      "lists of members in place of an OpenAPI block",
      `${pageText.split("## OpenAPI")[0]}## Request\n\n- \`a\` (string)\n`,
      /^page\.md: lists the members .* import the provider's OpenAPI document instead/,
    ],
    [
      "an address that is none",
      pageText.replace("Reference: https://elevenlabs.io", "Reference: https://%"),
      /^page\.md: https:\/\/%\S+ isn't an address/,
    ],
    ["no title", pageText.replace("# Create", "Create"), /no "# Title" heading/],
    ["HTML", "<!DOCTYPE html><html></html>", /^page\.md:1: this is HTML/],
    ["nothing", "", /no ```yaml block/],
  ])("refuses a page with %s in one sentence", (_, text, message) => {
    expect(() => readDocumentedPage("page.md", text)).toThrow(message);
  });
});
