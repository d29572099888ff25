import { describe, expect, it } from "vitest";
import { aroundPlace } from "./around-place.ts";

describe("an excerpt of a long line", () => {
  const line = JSON.stringify({
    paths: { "/a": { get: { x: "y".repeat(9_000) } }, "/b": { get: { responses: { 200: {} } } } },
    end: "z".repeat(9_000),
  });

  it("shows the place that the pointer names", () => {
    const shown = aroundPlace(line, "/paths/~1b/get/responses");
    expect(shown).toContain('"/b":{"get":{"responses"');
    expect(shown.length).toBeLessThan(410);
  });

  it("leaves a short line whole and shows the beginning where nothing is named", () => {
    expect(aroundPlace("short: line", "/short")).toBe("short: line");
    expect(aroundPlace(line, "")).toBe(`${line.slice(0, 400)}…`);
  });
});
