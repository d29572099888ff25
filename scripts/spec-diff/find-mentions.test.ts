import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MentionFinder, readMentions } from "./find-mentions.ts";

const root = mkdtempSync(join(tmpdir(), "mentions-"));
let find: MentionFinder;

beforeAll(async () => {
  mkdirSync(join(root, "src", "deep"), { recursive: true });
  mkdirSync(join(root, "contract-tests"));
  writeFileSync(
    join(root, "src", "deep", "mint.ts"),
    [
      'const answer = await client.tokens.singleUse.create("realtime_scribe");',
      "const { token } = answer; // token: what a comment says is no use",
      "send(answer.token, SingleUseTokenType.TtsWebsocket);",
      "const token2: SingleUseTokenResponseModel = { token };",
      "const url = `$" + "{base}/v1/single-use-token/$" + "{kind}`;",
      'headers.set("XI-API-KEY", key);',
    ].join("\n"),
  );
  writeFileSync(join(root, "contract-tests", "other.ts"), "const token = 1;\nexport default token;\n");
  find = await readMentions(root, ["src", "contract-tests", "missing"]);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each([
  ["a property, read, destructured or written", { kind: "property", text: "token" }, [2, 3, 4]],
  ["a call of an operation", { kind: "operation", text: "tokens.singleUse.create" }, [1]],
  ["a value that is written out", { kind: "value", text: "realtime_scribe", of: "SingleUseTokenType" }, [1]],
  ["a value's constant", { kind: "value", text: "tts_websocket", of: "SingleUseTokenType" }, [3]],
  ["a type", { kind: "type", text: "SingleUseTokenResponseModel" }, [4]],
  ["a path", { kind: "path", text: "/v1/single-use-token/{token_type}" }, [5]],
  ["a header, whatever its case", { kind: "parameter", text: "xi-api-key" }, [6]],
] as const)("finds %s", (_, name, lines) => {
  expect(find([name])).toEqual(lines.map((line) => ({ file: "src/deep/mint.ts", line, name: name.text })));
});

test("finds nothing for a name that nobody uses", () => {
  expect(find([{ kind: "property", text: "voucher" }])).toEqual([]);
});

test("a variable of the same name isn't a use of a property", () => {
  expect(find([{ kind: "property", text: "token" }]).map(({ file }) => file)).not.toContain(
    "contract-tests/other.ts",
  );
});
