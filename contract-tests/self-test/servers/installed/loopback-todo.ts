import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { installFolder } from "../install-servers.ts";
import { installedFolder } from "./installed-folder.ts";
import type { InstalledServer } from "./installed-server.ts";

/** A tutorial's todo list. */
export const loopbackTodo: InstalledServer = {
  name: "loopback-todo",
  what: "LoopBack 4's tutorial, `@loopback/example-todo` 6.0.0 from npm",
  setting:
    "The document is the one that it serves. An overlay removes an address that the server would look up on the internet.",
  prepare: () => installFolder(installedFolder),
  start: (folder, port) => {
    mkdirSync(join(folder, "data")); // where it saves its todos
    return {
      command: [process.execPath, join(installedFolder, "node_modules/@loopback/example-todo")],
      env: { HOST: "127.0.0.1", PORT: String(port) },
      readyPath: "/openapi.json",
    };
  },
  document: async (_, address) => `${address}/openapi.json`,
  basePath: "",
  config: "loopback-todo.yaml",
  trueFindings: [
    {
      reason: "Missing resources are answered 404, and no operation documents any error.",
      ids: [
        "status-code-conformance | DELETE /todos/{id} | /paths/~1todos~1{id}/delete/responses | undocumented-404",
        "status-code-conformance | GET /todos/{id} | /paths/~1todos~1{id}/get/responses | undocumented-404",
        "status-code-conformance | PATCH /todos/{id} | /paths/~1todos~1{id}/patch/responses | undocumented-404",
      ],
    },
    {
      reason:
        "Unreadable data (an id or filter of the wrong type, a body that isn't JSON) is answered 400, and no operation documents any error.",
      ids: [
        "status-code-conformance | DELETE /todos/{id} | /paths/~1todos~1{id}/delete/responses | undocumented-400",
        "status-code-conformance | GET /todos | /paths/~1todos/get/responses | undocumented-400",
        "status-code-conformance | GET /todos/count | /paths/~1todos~1count/get/responses | undocumented-400",
        "status-code-conformance | GET /todos/{id} | /paths/~1todos~1{id}/get/responses | undocumented-400",
        "status-code-conformance | PATCH /todos | /paths/~1todos/patch/responses | undocumented-400",
        "status-code-conformance | PATCH /todos/{id} | /paths/~1todos~1{id}/patch/responses | undocumented-400",
        "status-code-conformance | POST /todos | /paths/~1todos/post/responses | undocumented-400",
        "status-code-conformance | PUT /todos/{id} | /paths/~1todos~1{id}/put/responses | undocumented-400",
      ],
    },
    {
      reason: "Invalid data is answered 422, and no operation documents any error.",
      ids: [
        "status-code-conformance | PATCH /todos | /paths/~1todos/patch/responses | undocumented-422",
        "status-code-conformance | PATCH /todos/{id} | /paths/~1todos~1{id}/patch/responses | undocumented-422",
        "status-code-conformance | POST /todos | /paths/~1todos/post/responses | undocumented-422",
        "status-code-conformance | PUT /todos/{id} | /paths/~1todos~1{id}/put/responses | undocumented-422",
      ],
    },
    {
      reason:
        "The document makes the body optional (it lacks `required: true`), and the server answers 422 without one.",
      ids: ["positive-data-acceptance | PUT /todos/{id} | /paths/~1todos~1{id}/put/responses | refused"],
    },
    {
      reason:
        "Without a body, which the document makes optional, and with `null` the server fails: \"Cannot read properties of null (reading 'remindAtAddress')\" in its log, and 500.",
      ids: [
        "not-a-server-error | POST /todos | /paths/~1todos/post/responses | status-500",
        "status-code-conformance | POST /todos | /paths/~1todos/post/responses | undocumented-500",
      ],
    },
    {
      reason:
        "`null` is accepted where the schema says `type: object`: `PATCH` with it is answered 204 and 200.",
      ids: [
        "negative-data-rejection | PATCH /todos | /components/schemas/TodoPartial/type | accepted",
        "negative-data-rejection | PATCH /todos/{id} | /components/schemas/TodoPartial/type | accepted",
      ],
    },
    {
      reason:
        'With `filter={"fields":{"title":false}}`, which the document describes, the response lacks the required `title`.',
      ids: [
        "response-schema-conformance | GET /todos/{id} | /components/schemas/TodoWithRelations/required | required | /title",
      ],
    },
  ],
};
