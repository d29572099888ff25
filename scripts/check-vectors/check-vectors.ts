import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jsonSchemaSuite } from "../../contract-tests/self-test/vectors/json-schema.ts";
import { uriTemplateSuite } from "../../contract-tests/self-test/vectors/uri-template.ts";
import type { VectorSuite } from "../../contract-tests/self-test/vectors/vector-suite.ts";
import { InputError } from "../cli/input-error.ts";
import { type SuiteResult, vectorsPage } from "./vectors-page.ts";

/** Every suite, in the order of the page. */
export const suites: readonly VectorSuite[] = [jsonSchemaSuite, uriTemplateSuite];

/**
 * Runs every suite in the one folder given and writes docs/vectors.md.
 *
 * @returns whether every vector came out right
 * @throws {InputError} when the folder or a suite in it isn't there
 */
export async function checkVectors(
  root: string,
  folders: readonly string[],
  say: (line: string) => void,
): Promise<boolean> {
  const [folder, ...more] = folders;
  if (folder === undefined || more.length > 0)
    throw new InputError("check:vectors takes one folder, which contains a folder for each suite.");
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    const at = join(folder, suite.folder);
    if (!(await stat(at).catch(() => undefined))?.isDirectory())
      throw new InputError(`There is no folder ${at}: check out ${suite.repository} there.`);
    const groups = await suite.run(at);
    for (const { name, right, total, wrong } of groups) {
      say(`${suite.name}, ${name}: ${right} of ${total} right`);
      for (const sentence of wrong) say(`  wrong: ${sentence}`);
    }
    results.push({ suite, groups });
  }
  const page = vectorsPage(results);
  await writeFile(join(root, "docs/vectors.md"), page);
  // A suite without a vector has shown nothing.
  return results.every(({ groups }) => {
    const total = groups.reduce((sum, group) => sum + group.total, 0);
    return total > 0 && groups.every(({ wrong }) => wrong.length === 0);
  });
}
