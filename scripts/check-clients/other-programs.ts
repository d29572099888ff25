import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { succeeds } from "../../contract-tests/self-test/clients/languages.ts";
import { officialSdk } from "../check-official-sdk/check-official-sdk.ts";
import { toolCache } from "../check-package/tool-cache.ts";

/** A program that somebody else has written, or a library as its users call it. */
export interface OtherProgram {
  readonly name: string;
  /** Puts it into a folder of its own. Returns the words that run it; undefined where what it needs isn't here. */
  prepare(folder: string): Promise<readonly string[] | undefined>;
}

const page = "spec/documented/single-use-create.md";
const host = "https://api.elevenlabs.io";
const guzzle = "/usr/share/php/GuzzleHttp/autoload.php";

/** The page's samples, which have to print a token, the official SDK and this client. */
export function otherPrograms(root: string): readonly OtherProgram[] {
  return [
    {
      name: "the page's sample in Go",
      prepare: async (folder) => {
        if (!succeeds(["go", "version"])) return undefined;
        const sample = replaced(sampleOf(root, "go"), `"${host}`, 'os.Getenv("CONFORMANCE_URL") + "');
        const file = join(folder, "main.go");
        writeFileSync(file, replaced(sample, "import (", 'import (\n\t"os"'));
        const program = join(folder, "sample");
        if (!succeeds(["go", "build", "-o", program, file]))
          throw new Error("The sample in Go can't be built.");
        return printingToken(program);
      },
    },
    {
      name: "the page's sample in Ruby",
      prepare: async (folder) => {
        if (!succeeds(["ruby", "--version"])) return undefined;
        const sample = replaced(sampleOf(root, "ruby"), `"${host}`, 'ENV["CONFORMANCE_URL"] + "');
        const file = join(folder, "sample.rb");
        writeFileSync(file, replaced(sample, "use_ssl = true", "use_ssl = false"));
        return printingToken("ruby", file);
      },
    },
    {
      name: "the page's sample in PHP, with Guzzle 7",
      prepare: async (folder) => {
        if (!succeeds(["php", "-r", `exit(is_file("${guzzle}") ? 0 : 1);`])) return undefined;
        const sample = replaced(sampleOf(root, "php"), `'${host}`, "getenv('CONFORMANCE_URL') . '");
        const file = join(folder, "sample.php");
        writeFileSync(file, replaced(sample, "<?php", `<?php require "${guzzle}";`));
        return printingToken("php", file);
      },
    },
    {
      name: `${officialSdk.name} ${officialSdk.version}`,
      prepare: async (folder) => {
        const installed = await toolCache(root, [`${officialSdk.name}@${officialSdk.version}`]);
        const file = join(folder, "sdk.cjs");
        const library = join(installed, "node_modules", officialSdk.name);
        writeFileSync(
          file,
          calling(`const { ElevenLabsClient } = require(${JSON.stringify(library)});`, "baseUrl"),
        );
        return [process.execPath, file];
      },
    },
    {
      name: "this client",
      prepare: async (folder) => {
        const file = join(folder, "ours.mjs");
        const library = JSON.stringify(join(root, "src/index.ts"));
        buildSync({
          stdin: {
            contents: calling(`import { ElevenLabsClient } from ${library};`, "baseUrl"),
            resolveDir: root,
          },
          outfile: file,
          bundle: true,
          platform: "node",
          format: "esm",
        });
        return [process.execPath, file];
      },
    },
  ];
}

/** A call of the library as its users write it. */
function calling(load: string, address: string): string {
  return `${load}
const client = new ElevenLabsClient({ apiKey: process.env.TOKEN_KEY, ${address}: process.env.CONFORMANCE_URL });
client.tokens.singleUse.create("realtime_scribe").then(
  ({ token }) => { process.exitCode = typeof token === "string" && token !== "" ? 0 : 1; },
  (error) => { console.error(String(error)); process.exitCode = 1; },
);
`;
}

function sampleOf(root: string, language: string): string {
  const text = readFileSync(join(root, page), "utf8");
  const code = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
  if (code === undefined) throw new Error(`${page} has no sample in ${language}.`);
  return code;
}

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`The sample has no ${from} any more: correct how it is adapted.`);
  return text.replace(from, () => to);
}

/** Success is a token in what it prints: a sample looks at no status. */
function printingToken(...words: readonly string[]): readonly string[] {
  return ["sh", "-c", '"$@" 2>&1 | grep -q \'"token"\'', "sample", ...words];
}
