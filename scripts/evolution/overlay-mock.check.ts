import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { command } from "../../contract-tests/self-test/harness/command.ts";

it("replays the document with its overlays in the mock", async () => {
  const folder = mkdtempSync(join(tmpdir(), "overlay-"));
  const write = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const spec = write("openapi.json", {
    openapi: "3.1.0",
    info: { title: "Items", version: "1" },
    paths: { "/items": { get: { responses: { 200: { description: "ok" } } } } },
  });
  const schema = { type: "object", required: ["label"], properties: { label: { const: "overlaid" } } };
  const overlay = write("overlay.json", {
    overlay: "1.0.0",
    info: { title: "t", version: "1" },
    actions: [
      {
        target: "$.paths['/items'].get.responses['200']",
        update: { content: { "application/json": { schema, example: { label: "overlaid" } } } },
      },
    ],
  });
  try {
    const { code, output } = await command(["--spec", spec, "--overlay", overlay, "--phases", "coverage"]);
    expect(code, output).toBe(0);
    expect(output).toMatch(/response-schema-conformance +\d+ passed/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
