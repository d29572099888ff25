import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checks } from "../../harness/checks/registry.ts";
import { realServers } from "./real-servers.ts";
import { serversFolder } from "./start-server.ts";

describe.each(realServers)("the catalogue of $name", ({ bugs, sources }) => {
  const switched = sources.flatMap((source) =>
    [...readFileSync(join(serversFolder, source), "utf8").matchAll(/planted\("([^"]+)"\)/g)].map(
      ([, id]) => id,
    ),
  );

  it("names the bugs that its source switches, each once", () => {
    expect(bugs.map(({ id }) => id).sort()).toEqual([...new Set(switched)].sort());
    expect(bugs.length).toBeGreaterThanOrEqual(15);
  });

  it("names checks that there are, or a reason", () => {
    const known = checks.map(({ id }) => id);
    for (const { caughtBy, missed } of bugs) {
      expect(known).toEqual(expect.arrayContaining([...caughtBy]));
      expect(caughtBy.length > 0 || missed !== undefined).toBe(true);
    }
  });
});
