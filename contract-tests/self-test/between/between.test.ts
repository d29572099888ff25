import { expect, test } from "vitest";
import { command } from "../harness/command.ts";
import { ask } from "./ask.ts";
import { document, goodKey, ok, sixRevisions } from "./revisions.ts";

// Every kind of change with its servers: between.check.ts.
test("a server that takes what only the revision lets pass behaves as the new", async () => {
  const revisions = sixRevisions.find(({ kind }) => kind === "enum-changed");
  if (!revisions) throw new Error("no such revisions");
  const { rows, code, output } = await ask(revisions, revisions.servers.new);
  expect(code, output).toBe(0);
  expect(rows).toMatchObject([
    { kind: "enum-changed", behaviour: "new", operations: ["POST /orders"], places: { base: { line: 1 } } },
  ]);
  expect(rows[0]?.requests[0]?.curl).toMatch(/^curl .* -X POST .*"size":"L"/);
  expect(output).toContain('enum ["S","M"] → ["S","M","L"]');
  expect(output).toMatch(/1 change: 1 new, 0 old, 0 both, 0 neither, 0 not decidable \(\d+ requests\)/);
});

test("an answer of the base alone fails, and no report has the credential", async () => {
  const revisions = sixRevisions.find(({ kind }) => kind === "security-added");
  if (!revisions) throw new Error("no such revisions");
  const { rows, code, output, seen } = await ask(
    revisions,
    revisions.servers.old,
    "--auth",
    `key=${goodKey}`,
  );
  expect(code).toBe(1);
  expect(rows).toMatchObject([{ behaviour: "old" }]);
  expect(seen.some(({ headers }) => headers["x-key"] === goodKey)).toBe(true);
  expect(output + JSON.stringify(rows)).not.toContain(goodKey);
});

const described = (text: string, name: string) =>
  document({
    "/things": {
      get: { operationId: name, responses: { 200: { ...ok({ type: "object" }), description: text } } },
    },
  });

test("what no response shows is reported as not decidable, and wording isn't a change", async () => {
  const { rows, code, output, seen } = await ask(
    { base: described("all", "listThings"), revision: described("every one", "things.list") },
    () => ({ status: 200, json: {} }),
  );
  expect(code).toBe(2);
  expect(rows).toMatchObject([{ kind: "operationid-changed", behaviour: "not decidable" }]);
  expect(output).toContain("a name used only inside the document");
  expect(seen).toEqual([]);
});

test("documents that say the same are reported as such, and nothing is sent", async () => {
  const same = described("all", "listThings");
  const { rows, code, output, seen } = await ask({ base: same, revision: same }, () => ({ status: 500 }));
  expect({ code, rows, seen }).toEqual({ code: 0, rows: [], seen: [] });
  expect(output).toContain(
    "The documents describe the same operations in the same way, so nothing was tried.",
  );
});

test.each([
  [["a.json", "b.json"], "between needs --target URL"],
  [["a.json", "--target", "http://127.0.0.1:1"], "between needs two documents, the older first"],
  [["no.json", "no.json", "--target", "http://127.0.0.1:1"], "no.json can't be read"],
  [["a", "b", "--target", "http://127.0.0.1:1", "--report", "x.xml"], "between writes .json, .md and .html"],
  [["a", "b", "--spec", "c"], "between doesn't take --spec"],
])("between %j is refused in one sentence", async (args, message) => {
  const { code, error } = await command(["between", ...args]);
  expect(code).toBe(2);
  expect(error).toContain(message);
  expect(error.trim()).not.toContain("\n");
});
