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
    bug("hash-leaked", "The user's response contains the password's hash.", "undocumented-property"),
    bug("emoji-500", "A title with a letter outside Latin-1 gives 500.", "not-a-server-error"),
    bug("missing-task-500", "A task that doesn't exist gives 500.", "not-a-server-error"),
    bug("create-drops-notes", "What is created loses its notes.", "read-after-write"),
    bug("create-ignores-priority", "What is created has the default priority.", "read-after-write"),
    bug("title-trimmed-to-40", "A long title is silently truncated.", "read-after-write"),
    bug("create-not-stored", "What is created isn't stored.", "resource-availability"),
    bug("location-missing", "Location is missing after a create.", "response-headers-conformance"),
    bug("location-wrong", "Location points to another task.", "location-conformance"),
    bug("filter-ignored", "The status filter is ignored.", "filter-conformance"),
    bug("list-omits-last", "The newest task isn't listed.", "listed-after-create"),
    bug("limit-ignored", "The limit is ignored.", "pagination-conformance"),
    bug("limit-off-by-one", "A page has one row too many.", "pagination-conformance"),
    bug("offset-ignored", "The offset is ignored.", "pagination-conformance"),
    bug("total-is-page-length", "The total is the page's length.", "pagination-conformance"),
    bug("put-keeps-old-notes", "PUT keeps the old notes.", "read-after-write"),
    bug("put-lost", "PUT pretends to succeed but changes nothing.", "read-after-write"),
    bug("put-answers-old", "PUT returns the old task.", "read-after-write"),
    bug("patch-wipes", "PATCH wipes what it doesn't mention.", "read-after-write"),
    bug("patch-ignores-status", "PATCH doesn't change the status.", "read-after-write"),
    bug("delete-keeps", "DELETE deletes nothing.", "use-after-free"),
    bug("attachment-of-another-task", "An attachment names another task.", "read-after-write"),
  ],
  trueFindings: [
    {
      reason: "FastAPI's errors have a member ctx that its own schema for them lacks.",
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
      reason: "In a 405, Starlette's Allow lists only the methods of a path's first route.",
      ids: [
        "unsupported-method | GET /tasks | /paths/~1tasks | allow-lacks-get",
        "unsupported-method | GET /tasks/{task_id} | /paths/~1tasks~1{task_id} | allow-lacks-put",
        "unsupported-method | GET /tasks/{task_id} | /paths/~1tasks~1{task_id} | allow-lacks-delete",
        "unsupported-method | GET /tasks/{task_id} | /paths/~1tasks~1{task_id} | allow-lacks-patch",
      ],
    },
    {
      reason: "Pydantic 1 converts between numbers and text, and accepts null for anything optional.",
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
        "Pydantic 1 matches a pattern only at the beginning of the text, while JSON Schema doesn't anchor it.",
      ids: ["positive-data-acceptance | POST /auth/token | /paths/~1auth~1token/post/responses | refused"],
    },
    {
      reason: "Pydantic 1 turns a list of pairs into an object.",
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
