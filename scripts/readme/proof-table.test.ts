import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { proofTable } from "./proof-table.ts";

test("the harness's README quotes the figures that the scripts measured", () => {
  const readme = readFileSync(join(projectRoot, "contract-tests/harness/README.md"), "utf8");
  expect(readme).toContain(`\n${proofTable(join(projectRoot, "docs"))}\n`);
});

test("adds up the rows of each page", () => {
  const docs = mkdtempSync(join(tmpdir(), "proof-"));
  const pages = {
    "fault-score.md":
      "| a | 3 / 4 (75.0 %) | 10 / 11 (9 %) | 1 / 2 (50 %) | 1 over 2000 valid exchanges |\n" +
      "| b | 1 / 1 (100.0 %) | 1 / 1 (1 %) | 1 / 1 (1 %) | 0 over 1 valid exchanges |",
    "real-servers.md": "| **all** |  | 7 / 8 (87.5 %) | 5 / 6 (83.3 %) | 99 |",
    "vectors.md": "| required | 9 of 10 | 1 |\n| format | 1 of 1 | 0 |",
    "foreign-contracts.md": "| x.json | 12 | 100 | 1 | 2 | 0 |\n| y.json | 3 | 10 | 0 | 0 | 1 |",
  };
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(docs, name), text);
  const rows = proofTable(docs).split("\n").slice(2);
  expect(rows.map((row) => row.split(" | ")[1])).toEqual([
    "4 of 5 caught |",
    "13 of 15 caught |",
    "1 blamed, of 2,001 |",
    "5 of 6 caught; 7 of 8 operations seen to succeed |",
    "10 of 11 right |",
    "1 findings without a cause |",
  ]);
  writeFileSync(join(docs, "vectors.md"), "nothing");
  expect(() => proofTable(docs)).toThrow("docs/vectors.md holds no row of figures");
  rmSync(docs, { recursive: true });
});
