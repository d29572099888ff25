import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assembleContract } from "../../generate/assemble-contract.ts";
import { emitOpenApiYaml } from "../../generate/emit/openapi-yaml.ts";
import { readInputs } from "../../generate/inputs.ts";
import { repairs } from "../../generate/repairs/registry.ts";
import { projectRoot } from "../../project-root.ts";

/** A project with one imported page, the frozen one that the pipeline's tests use, in a folder of its own. */
export interface ProjectCopy {
  readonly root: string;
  /** The text of its page. */
  readonly page: string;
  /** Every tracked file with its bytes, to see that nothing changed. */
  readonly snapshot: () => Record<string, string>;
  readonly remove: () => void;
}

export async function projectCopy(): Promise<ProjectCopy> {
  const fixtures = join(projectRoot, "scripts/generate/fixtures");
  const root = mkdtempSync(join(tmpdir(), "project-"));
  cpSync(join(fixtures, "spec"), join(root, "spec"), { recursive: true });
  mkdirSync(join(root, "generated"));
  mkdirSync(join(root, "src"));
  cpSync(join(projectRoot, "redocly.yaml"), join(root, "redocly.yaml"));
  const { document } = await assembleContract(readInputs(root), repairs);
  writeFileSync(join(root, "generated/openapi.yaml"), emitOpenApiYaml(document));
  writeFileSync(join(root, "package.json"), '{ "version": "1.2.3" }\n');
  writeFileSync(join(root, "CHANGELOG.md"), "# Changelog\n\n## Unreleased\n\n- Something before.\n");
  writeFileSync(join(root, "src/mint.ts"), "export const read = ({ token }: { token: string }) => token;\n");
  return {
    root,
    page: readFileSync(join(root, "spec/documented/single-use-create.md"), "utf8"),
    snapshot: () => filesUnder(root),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What a clean checkout would show: all files but those in node_modules. */
export function filesUnder(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(root, "node_modules/")) && !file.startsWith(join(root, ".git/")))
    .sort();
  return Object.fromEntries(files.map((file) => [file.slice(root.length + 1), readFileSync(file, "latin1")]));
}

/** The page as a later revision would be: prefixed names, one more type, the key optional, several servers. */
export function laterRevision(page: string, addedMember = "        - value: voice_changer\n"): string {
  return replaceOnce(
    page
      .replaceAll("/schemas/SingleUse", "/schemas/type_:SingleUse")
      .replaceAll("    SingleUseToken", "    type_:SingleUseToken"),
    [
      ["        - value: tts_websocket\n", `        - value: tts_websocket\n${addedMember}`],
      [
        "          in: header\n          required: true\n",
        "          in: header\n          required: false\n",
      ],
      [
        "components:\n",
        "servers:\n  - url: https://api.elevenlabs.io\n  - url: https://api.us.elevenlabs.io\n  - url: https://api.eu.residency.elevenlabs.io\ncomponents:\n",
      ],
    ],
  );
}

/** The page as a breaking revision would be: the token under another name, one type gone. */
export function breakingRevision(page: string): string {
  return replaceOnce(page, [
    ["        token:\n", "        voucher:\n"],
    ["        - token\n", "        - voucher\n"],
    ["        - value: tts_websocket\n", ""],
  ]);
}

export function replaceOnce(
  text: string,
  replacements: readonly (readonly [from: string, to: string])[],
): string {
  return replacements.reduce((current, [from, to]) => {
    if (!current.includes(from)) throw new Error(`the page has no ${JSON.stringify(from)}`);
    return current.replace(from, to);
  }, text);
}
