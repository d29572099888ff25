import { bug, type RealServer } from "../real-server.ts";

export const fastapi: RealServer = {
  name: "fastapi",
  framework: "FastAPI 0.92 with pydantic 1 (Debian)",
  command: ["/usr/bin/python3", "apps/fastapi/main.py"],
  sources: ["apps/fastapi/main.py"],
  documentPath: "/openapi.json",
  credential: (token) => ["Authorization", `Bearer ${token}`],
  bugs: [
    bug("any-token-accepted", "Any bearer token is accepted.", "ignored-auth"),
    bug("hash-leaked", "The user's answer holds the hash of the password.", "undocumented-property"),
    bug("emoji-500", "A title with a letter beyond Latin-1 gives 500.", "not-a-server-error"),
    bug("missing-task-500", "A task that doesn't exist gives 500.", "not-a-server-error"),
    bug("create-drops-notes", "What is created loses its notes.", "read-after-write"),
    bug("create-ignores-priority", "What is created has the default priority.", "read-after-write"),
    bug("title-trimmed-to-40", "A long title is cut without a word.", "read-after-write"),
    bug("create-not-stored", "What is created isn't stored.", "resource-availability"),
    bug("location-missing", "Location is missing after a create.", "response-headers-conformance"),
    bug("location-wrong", "Location names another task.", "location-conformance"),
    bug("filter-ignored", "The status filter is ignored.", "filter-conformance"),
    bug("list-omits-last", "The newest task isn't listed.", "listed-after-create"),
    bug("limit-ignored", "The limit is ignored.", "pagination-conformance"),
    bug("limit-off-by-one", "A page has one row too many.", "pagination-conformance"),
    bug("offset-ignored", "The offset is ignored.", "pagination-conformance"),
    bug("total-is-page-length", "The total is the page's length.", "pagination-conformance"),
    bug("put-keeps-old-notes", "PUT keeps the old notes.", "read-after-write"),
    bug("put-lost", "PUT answers as if, and changes nothing.", "read-after-write"),
    bug("put-answers-old", "PUT answers the task as it was.", "read-after-write"),
    bug("patch-wipes", "PATCH wipes what it doesn't name.", "read-after-write"),
    bug("patch-ignores-status", "PATCH doesn't change the status.", "read-after-write"),
    bug("delete-keeps", "DELETE deletes nothing.", "use-after-free"),
    bug("attachment-of-another-task", "An attachment names another task.", "read-after-write"),
  ],
  trueFindings: [
    {
      reason: "FastAPI's errors have a member ctx that its own schema of them leaves out.",
      ids: [
        "undocumented-property | POST /auth/register | /components/schemas/ValidationError/properties | undocumented | /ctx",
        "undocumented-property | POST /auth/token | /components/schemas/ValidationError/properties | undocumented | /ctx",
        "undocumented-property | GET /tasks | /components/schemas/ValidationError/properties | undocumented | /ctx",
        "undocumented-property | POST /tasks | /components/schemas/ValidationError/properties | undocumented | /ctx",
        "undocumented-property | PUT /tasks/{task_id} | /components/schemas/ValidationError/properties | undocumented | /ctx",
        "undocumented-property | PATCH /tasks/{task_id} | /components/schemas/ValidationError/properties | undocumented | /ctx",
      ],
    },
    {
      reason: "Starlette's 405 lists in Allow the methods of the first route of a path alone.",
      ids: [
        "unsupported-method | GET /tasks | /paths/~1tasks | allow-lacks-get",
        "unsupported-method | GET /tasks/{task_id} | /paths/~1tasks~1{task_id} | allow-lacks-put",
        "unsupported-method | GET /tasks/{task_id} | /paths/~1tasks~1{task_id} | allow-lacks-delete",
        "unsupported-method | GET /tasks/{task_id} | /paths/~1tasks~1{task_id} | allow-lacks-patch",
      ],
    },
    {
      reason:
        "Pydantic 1 reads a number as text and the other way round, and takes null for what is optional.",
      ids: [
        "negative-data-rejection | POST /auth/register | /components/schemas/Registration/properties/username/type | accepted",
        "negative-data-rejection | POST /tasks | /components/schemas/TaskIn/properties/title/type | accepted",
        "negative-data-rejection | POST /tasks | /components/schemas/TaskIn/properties/notes/type | accepted",
        "negative-data-rejection | POST /tasks | /components/schemas/TaskIn/properties/due_on/type | accepted",
        "negative-data-rejection | POST /tasks | /components/schemas/TaskIn/properties/priority/type | accepted",
        "negative-data-rejection | PUT /tasks/{task_id} | /components/schemas/TaskIn/properties/title/type | accepted",
        "negative-data-rejection | PUT /tasks/{task_id} | /components/schemas/TaskIn/properties/notes/type | accepted",
        "negative-data-rejection | PUT /tasks/{task_id} | /components/schemas/TaskIn/properties/due_on/type | accepted",
        "negative-data-rejection | PUT /tasks/{task_id} | /components/schemas/TaskIn/properties/priority/type | accepted",
        "negative-data-rejection | PATCH /tasks/{task_id} | /components/schemas/TaskPatch/properties/title/type | accepted",
        "negative-data-rejection | PATCH /tasks/{task_id} | /components/schemas/TaskPatch/properties/notes/type | accepted",
        "negative-data-rejection | PATCH /tasks/{task_id} | /components/schemas/Status/type | accepted | /status",
        "negative-data-rejection | PATCH /tasks/{task_id} | /components/schemas/TaskPatch/properties/due_on/type | accepted",
        "negative-data-rejection | PATCH /tasks/{task_id} | /components/schemas/TaskPatch/properties/priority/type | accepted",
      ],
    },
    {
      reason:
        "Pydantic 1 looks for a pattern at the text's beginning alone, while JSON Schema's isn't anchored.",
      ids: ["positive-data-acceptance | POST /auth/token | /paths/~1auth~1token/post/responses | refused"],
    },
    {
      reason: "Pydantic 1 makes an object of a list of pairs.",
      ids: [
        "negative-data-rejection | PATCH /tasks/{task_id} | /components/schemas/TaskPatch/type | accepted",
      ],
    },
    {
      reason: "python-multipart refuses an empty form with 400, which FastAPI doesn't document.",
      ids: [
        "status-code-conformance | POST /tasks/{task_id}/attachments | /paths/~1tasks~1{task_id}~1attachments/post/responses | undocumented-400",
      ],
    },
  ],
};
