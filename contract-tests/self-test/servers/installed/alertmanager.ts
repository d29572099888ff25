import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installFolder, ServersUnavailableError } from "../install-servers.ts";
import { installedFolder } from "./installed-folder.ts";
import type { InstalledServer } from "./installed-server.ts";

const program = "/usr/bin/prometheus-alertmanager";
const version = "0.25.0";

/** What decides whom to tell of an alarm. */
export const alertmanager: InstalledServer = {
  name: "alertmanager",
  what: `Prometheus's Alertmanager ${version}, \`prometheus-alertmanager\` from Debian 12`,
  setting:
    "The document is the Swagger 2.0 compiled into the program, converted to OpenAPI 3.0 by `@scalar/openapi-upgrader` 0.1.11. An overlay removes the `id` from a silence, which would name one to change, and the times of silences are given.",
  prepare: () => {
    installFolder(installedFolder);
    const { stdout, stderr, error } = spawnSync(program, ["--version"], { encoding: "utf8" });
    const there = / version ([\d.]+)/.exec(`${stdout}${stderr}`)?.[1];
    if (there === version) return;
    throw new ServersUnavailableError(
      `The findings rest on Alertmanager ${version}, and ${error ? "there is none" : `${there ?? "another"} is here`}: install prometheus-alertmanager of Debian 12 by apt-get, or name the servers to judge.`,
    );
  },
  start: (folder, port) => {
    const config = join(folder, "alertmanager.yml");
    writeFileSync(config, "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
    const options = {
      "config.file": config,
      "storage.path": join(folder, "data"),
      "web.listen-address": `127.0.0.1:${port}`,
      "cluster.listen-address": "", // alone
    };
    return {
      command: [program, ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
      env: {},
      readyPath: "/-/ready",
    };
  },
  document: async (folder) => {
    const module = pathToFileURL(
      join(installedFolder, "node_modules/@scalar/openapi-upgrader/dist/index.js"),
    );
    const { upgrade }: { upgrade: (document: unknown, to: "3.0") => unknown } = await import(module.href);
    const file = join(folder, "openapi.json");
    writeFileSync(file, JSON.stringify(upgrade(JSON.parse(embeddedDocument()), "3.0"), null, 2));
    return file;
  },
  basePath: "/api/v2",
  config: "alertmanager.yaml",
  trueFindings: [
    {
      reason:
        '`[null]` and `"matchers":[null]` close the connection without a response: "panic serving … nil pointer dereference" in its log.',
      ids: [
        "response-received | POST /alerts | /paths/~1alerts/post/responses | no-answer",
        "response-received | POST /silences | /paths/~1silences/post/responses | no-answer",
      ],
    },
    {
      reason:
        "DELETE only ends a silence: it can still be read, in the state `expired`, and deleted again with 200. The document doesn't mention that.",
      ids: [
        "use-after-free | GET /silence/{silenceID} | /paths/~1silence~1{silenceID}/get/responses | still-there",
      ],
    },
    {
      reason: "Any text is accepted as a boolean: `?active=not-that-type` is answered 200.",
      ids: [
        "negative-data-rejection | GET /alerts | /paths/~1alerts/get/parameters/0/schema/type | accepted",
        "negative-data-rejection | GET /alerts | /paths/~1alerts/get/parameters/1/schema/type | accepted",
        "negative-data-rejection | GET /alerts | /paths/~1alerts/get/parameters/2/schema/type | accepted",
        "negative-data-rejection | GET /alerts | /paths/~1alerts/get/parameters/3/schema/type | accepted",
        "negative-data-rejection | GET /alerts/groups | /paths/~1alerts~1groups/get/parameters/0/schema/type | accepted",
        "negative-data-rejection | GET /alerts/groups | /paths/~1alerts~1groups/get/parameters/1/schema/type | accepted",
        "negative-data-rejection | GET /alerts/groups | /paths/~1alerts~1groups/get/parameters/2/schema/type | accepted",
      ],
    },
    {
      reason:
        '`filter` is documented as any text, but one that isn\'t a matcher such as `a="b"` is answered 400 ("bad matcher format"), which `GET /silences` doesn\'t document either.',
      ids: [
        "positive-data-acceptance | GET /alerts | /paths/~1alerts/get/responses | refused",
        "positive-data-acceptance | GET /alerts/groups | /paths/~1alerts~1groups/get/responses | refused",
        "positive-data-acceptance | GET /silences | /paths/~1silences/get/responses | refused",
        "status-code-conformance | GET /silences | /paths/~1silences/get/responses | undocumented-400",
      ],
    },
    {
      reason:
        'An alert without a label is valid according to the document but answered 400 ("at least one label pair required").',
      ids: ["positive-data-acceptance | POST /alerts | /paths/~1alerts/post/responses | refused"],
    },
    {
      reason:
        'The name in a matcher is documented as any text, but letters outside ASCII are answered 400 ("invalid label name").',
      ids: ["positive-data-acceptance | POST /silences | /paths/~1silences/post/responses | refused"],
    },
    {
      reason:
        "The framework answers 422 if a parameter doesn't match its schema or the body is missing, which no operation documents.",
      ids: [
        "status-code-conformance | DELETE /silence/{silenceID} | /paths/~1silence~1{silenceID}/delete/responses | undocumented-422",
        "status-code-conformance | GET /silence/{silenceID} | /paths/~1silence~1{silenceID}/get/responses | undocumented-422",
        "status-code-conformance | POST /alerts | /paths/~1alerts/post/responses | undocumented-422",
        "status-code-conformance | POST /silences | /paths/~1silences/post/responses | undocumented-422",
      ],
    },
    {
      reason:
        "The document says that a 400 is a text; the framework returns an object with `code` and `message`.",
      ids: [
        "response-schema-conformance | POST /alerts | /components/responses/BadRequest/content/application~1json/schema/type | type",
        "response-schema-conformance | POST /silences | /components/responses/BadRequest/content/application~1json/schema/type | type",
      ],
    },
    {
      reason:
        "`null` is accepted where the schema doesn't allow it: for the list of alerts and for `isEqual`.",
      ids: [
        "negative-data-rejection | POST /alerts | /components/schemas/postableAlerts/type | accepted",
        "negative-data-rejection | POST /silences | /components/schemas/matcher/properties/isEqual/type | accepted | /matchers/*",
      ],
    },
  ],
};

/** The first JSON text in the program that begins as go-swagger's documents do; written with two blanks a level. */
function embeddedDocument(): string {
  const bytes = readFileSync(program);
  const begin = bytes.indexOf('{\n  "consumes"');
  const end = bytes.indexOf("\n}", begin);
  if (begin < 0 || end < 0) throw new ServersUnavailableError(`There is no Swagger document in ${program}.`);
  return bytes.subarray(begin, end + 2).toString("utf8");
}
