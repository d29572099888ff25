import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import { configSchema } from "./config-schema.ts";
import { parseArguments } from "./parse-arguments.ts";
import { settings } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function withConfig(text: string, ...args: string[]) {
  const file = join(folder, "conformance.yaml");
  writeFileSync(file, text);
  return parseArguments(["--config", file, ...args]).settings;
}

it("gives the command the file's values, by the names of its options", () => {
  expect(
    withConfig(`
spec: openapi.yaml
target: http://127.0.0.1:3000
header: ["x-a: 1", "x-b: 2"]
seed: 7
allow-writes: true
update-baseline: false
max-time: 1.5
`),
  ).toMatchObject({
    spec: join(folder, "openapi.yaml"),
    target: "http://127.0.0.1:3000",
    headers: [
      ["x-a", "1"],
      ["x-b", "2"],
    ],
    seed: 7,
    allowWrites: true,
    maxTimeMs: 1_500,
  });
});

it("lets the command line win, and add to what may be repeated", () => {
  const { seed, headers } = withConfig("seed: 7\nheader: 'x-a: 1'", "--seed", "8", "--header", "x-b: 2");
  expect(seed).toBe(8);
  expect(headers).toEqual([
    ["x-a", "1"],
    ["x-b", "2"],
  ]);
});

it.each([
  ["an unknown option", "sed: 7", /unknown key "sed": did you mean "seed"\?/],
  ["a value without meaning", "seed: many", /--seed many isn't a whole number/],
  ["an object", "seed: { a: 1 }", /"seed" must be a string, a number or a list/],
  ["a file of its own", "config: other.yaml", /"config" can't be set in a configuration file/],
  ["a list", "- seed", /must be an object of options/],
  ["broken YAML", "a: [1", /isn't valid YAML or JSON/],
  ["a list for what is given once", "seed: [1, 2]", /"seed" takes one value, not a list/],
  ["a text for a switch", "allow-writes: yes please", /"allow-writes" must be true or false/],
  ["an object where there are no pairs", "only: { a: b }", /"only" must be a string/],
  [
    "a value that its option refuses, and says where",
    "timeout: soon",
    /conformance\.yaml: --timeout soon isn't/,
  ],
  ["a near miss of operations", "operation: []", /did you mean "operations"\?/],
  ["operations that are no list", "operations: { a: 1 }", /"operations" must be a list of entries/],
  ["an entry without a filter", "operations: [{ timeout: 5 }]", /operations\[0\] needs a "match"/],
  [
    "an entry's unknown key",
    "operations: [{ match: a, heder: x }]",
    /unknown key "heder": did you mean "header"/,
  ],
  [
    "a key that isn't for one operation",
    "operations: [{ match: a, target: x }]",
    /"target" can't be set for single/,
  ],
  [
    "a variable that isn't set",
    `header: { a: '\${REACH_NOT_SET}' }`,
    /header\.a needs the environment variable REACH_NOT_SET/,
  ],
])("refuses %s with one sentence", (_, text, message) => {
  expect(() => withConfig(text)).toThrow(message);
});

it("names files from the folder of the configuration file, and addresses as they are", () => {
  expect(
    withConfig(`
spec: ../api/openapi.yaml
overlay: [a.yaml, /etc/b.yaml]
ca: tls/ca.pem
cert: tls/cert.pem
key: tls/key.pem
baseline: known.json
report: [out/report.html]
record: out/run.har
`),
  ).toMatchObject({
    spec: join(folder, "../api/openapi.yaml"),
    overlays: [join(folder, "a.yaml"), "/etc/b.yaml"],
    ca: join(folder, "tls/ca.pem"),
    cert: join(folder, "tls/cert.pem"),
    key: join(folder, "tls/key.pem"),
    baseline: join(folder, "known.json"),
    reports: [join(folder, "out/report.html")],
    record: join(folder, "out/run.har"),
  });
  expect(withConfig("har: a.har").har).toBe(join(folder, "a.har"));
  expect(withConfig("spec: https://127.0.0.1/openapi.json").spec).toBe("https://127.0.0.1/openapi.json");
  expect(withConfig("spec: openapi.yaml", "--spec", "mine.yaml", "--report", "r.json")).toMatchObject({
    spec: "mine.yaml",
    reports: ["r.json"],
  });
});

it("knows every setting that names a file", () => {
  const named = Object.entries(settings).filter(([, row]) => "value" in row && row.value.startsWith("FILE"));
  const marked = Object.entries(settings).filter(([, row]) => "isFile" in row || "commandOnly" in row);
  expect(named.filter(([name]) => !marked.some(([other]) => other === name))).toEqual([]);
});

it("refuses a missing file", () => {
  expect(() => parseArguments(["--config", join(folder, "absent.yaml")])).toThrow(
    /can't be read \(there is no such file\)/,
  );
});

/** A doubled sign stands for itself. */
const withoutMeaning = `$${"{five}"}`;
const everything = `
$schema: conformance.schema.json
spec: openapi.yaml
header: { x-tenant: "\${TENANT}", x-price: "$\${five}" }
accept-status: { negative-data-rejection: [400, 422], ignored-auth: 404 }
param: { item_id: 42, tags: [a, b] }
auth:
  key: text
  token: { login: { operation: login, token: /token } }
warn-check: stability
max-requests: 100
operations:
  - match: DELETE /admin/**
    param: { id: 7 }
    header: { x-admin: "1" }
    accept-status: { status-code-conformance: [404] }
    skip-check: [method-semantics]
    max-cases: 5
  - match: [tag:slow, getReport]
    timeout: 30000
`;

it("takes pairs as objects, variables of the environment, and entries for single operations", () => {
  const file = join(folder, "everything.yaml");
  writeFileSync(file, everything);
  const { settings, config } = parseArguments(["--config", file], { TENANT: "north" });
  expect(settings).toMatchObject({
    headers: [
      ["x-tenant", "north"],
      ["x-price", withoutMeaning],
    ],
    params: [
      ["item_id", "42"],
      ["tags", '["a","b"]'],
    ],
    auth: [["key", "text"]],
    acceptedStatuses: [
      ["negative-data-rejection", new Set([400, 422])],
      ["ignored-auth", new Set([404])],
    ],
  });
  expect(config?.operations.map(({ match }) => match)).toEqual([
    ["DELETE /admin/**"],
    ["tag:slow", "getReport"],
  ]);
  expect([...(config?.tokens ?? [])]).toEqual([
    ["token", { login: { operation: "login", token: "/token" } }],
  ]);
});

it("lets the command's own source of answers win, and its header of the same name", () => {
  expect(
    withConfig(
      "target: http://127.0.0.1:1\nheader: { x-a: file }",
      "--har",
      "a.har",
      "--header",
      "X-A: mine",
    ),
  ).toMatchObject({
    har: "a.har",
    headers: [["X-A", "mine"]],
  });
});

it("is found by itself where the command runs", () => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    writeFileSync("conformance.yaml", "seed: 9");
    expect(parseArguments([]).settings.seed).toBe(9);
    rmSync("conformance.yaml");
    expect(parseArguments([]).settings.seed).toBeUndefined();
  } finally {
    process.chdir(before);
  }
});

it("is described for editors by a schema that is made of the settings", () => {
  const shipped: unknown = JSON.parse(
    readFileSync(new URL("conformance.schema.json", import.meta.url), "utf8"),
  );
  // npm run config-schema writes it.
  expect(shipped).toEqual(configSchema());
  const validate = new Ajv2020({ allErrors: true }).compile(configSchema());
  expect(validate(parse(everything)), JSON.stringify(validate.errors)).toBe(true);
  for (const wrong of [
    "sed: 7",
    "seed: many",
    "operations: [{ timeout: 5 }]",
    "operations: [{ match: a, target: b }]",
    "check: [statility]",
    "auth: { token: { logn: {} } }",
    "help: true",
  ])
    expect(validate(parse(wrong)), wrong).toBe(false);
});
