import { expect, test } from "vitest";
import { markdownCode, markdownText } from "./cli/markdown.ts";
import { printable } from "./cli/printable.ts";
import type { DocumentedPage } from "./generate/documented-page.ts";
import { operationsOf } from "./generate/operations-of.ts";
import { refuseUnsafeAddresses } from "./generate/refuse-unsafe-addresses.ts";
import { qualifiedOperationId } from "./generate/repairs/qualified-operation-id.ts";
import { isOpenApiText, readSourceText } from "./generate/source-text.ts";
import { importPage } from "./import/import-page.ts";
import { linksOf } from "./import/links-of.ts";
import { pairContracts } from "./spec-diff/contract-pairs.ts";
import { parametersOf } from "./spec-diff/operation-parts.ts";
import { defaultServerChanged } from "./spec-diff/rules/default-server-changed.ts";
import { withServerPaths } from "./spec-diff/server-paths.ts";

/** Whatever reads text from elsewhere by a pattern. What it throws is its answer too. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  printable,
  markdownText,
  markdownCode,
  isOpenApiText,
  "a page": (text) => readSourceText("page.md", text),
  "a page's address": (text) =>
    importPage(`https://example.com/${text}`, "openapi: 3.1.0\n", "2026-01-02", []),
  "an index": (text) => linksOf("https://example.com/llms.txt", text),
  "a server": (text) => refuseUnsafeAddresses(page, { servers: [{ url: text }] }, () => "page.md:1"),
  "a server's variables": (text) => {
    const contract = { servers: [{ url: text }], paths: {} };
    return defaultServerChanged.changes(pairContracts(contract, { paths: {} }));
  },
  "servers of two contracts": (text) =>
    withServerPaths(
      { servers: [{ url: text }], paths: {} },
      { servers: [{ url: `https://a/${text}` }], paths: {} },
    ),
  "a path": (text) => {
    const contract = { paths: { [text]: { get: { parameters: [{ name: "a", in: "path" }] } } } };
    return operationsOf(contract).map((operation) => parametersOf(contract, operation));
  },
  "an endpoint's id": (text) =>
    qualifiedOperationId.apply({ info: { version: `endpoint_${text}` }, paths: {} }, { page, imported: "" }),
};
// Only what a reader above looks at.
const page = { file: "page.md", reference: undefined, endpoint: undefined } as unknown as DocumentedPage;

const hostile = [
  ..."{ } ( [ ]( ` ``` ~ / // /. .. _ - @ # : \n \t \r\n".split(" "),
  " ",
  "\n",
  "\u202e",
  "a",
  "a ",
  "a.",
  "a_",
  "{a",
  "](a",
  "client.",
  "```yaml\n",
  "```yaml\n\n",
  "```typescript\n",
  "openapi\n",
  "Reference: ",
  "GET https://",
  "x: https://a ",
  "https://",
  "%2e%2e",
  "../",
  "me:pw@",
];

test.each(Object.entries(readers))(
  "%s is read in time that grows no faster than the text",
  (_, read) => {
    const spent = (unit: string, length: number): number => {
      const text = unit.repeat(length / unit.length);
      const start = performance.now();
      try {
        read(text);
      } catch {}
      return performance.now() - start;
    };
    for (const unit of hostile) {
      spent(unit, 1_024);
      const short = spent(unit, 16_384);
      // Sixteen times as long; quadratic work would take 256 times as long, so look again before blaming a busy machine.
      const bound = Math.max(1_500, 80 * short);
      const long = Math.min(spent(unit, 262_144), spent(unit, 262_144));
      expect({ unit, isSlow: long > bound }).toEqual({ unit, isSlow: false });
    }
  },
  60_000,
);
