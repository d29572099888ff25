"""A task tracker, as teams write one with FastAPI. PLANTED names the one bug that is switched on."""

import hashlib
import os
import secrets
from datetime import date, datetime, timezone
from enum import Enum
from typing import Dict, List, Optional

from fastapi import Depends, FastAPI, File, HTTPException, Query, Response, UploadFile
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field

PLANTED = os.environ.get("PLANTED", "")


def planted(bug: str) -> bool:
    return PLANTED == bug


app = FastAPI(title="Tasks", version="1.4.0")
oauth2 = OAuth2PasswordBearer(tokenUrl="auth/token")


class Problem(BaseModel):
    detail: str


class Registration(BaseModel):
    username: str = Field(min_length=3, max_length=40)
    password: str = Field(min_length=8, max_length=72)


class User(BaseModel):
    id: int
    username: str
    created_at: datetime


class Token(BaseModel):
    access_token: str
    token_type: str


class Status(str, Enum):
    open = "open"
    in_progress = "in_progress"
    done = "done"


class TaskIn(BaseModel):
    title: str = Field(min_length=1, max_length=120)
    notes: Optional[str] = Field(default=None, max_length=2000)
    status: Status = Status.open
    due_on: Optional[date] = None
    priority: int = Field(default=3, ge=1, le=5)


class TaskPatch(BaseModel):
    title: Optional[str] = Field(default=None, min_length=1, max_length=120)
    notes: Optional[str] = Field(default=None, max_length=2000)
    status: Optional[Status] = None
    due_on: Optional[date] = None
    priority: Optional[int] = Field(default=None, ge=1, le=5)


class Task(TaskIn):
    id: int
    created_at: datetime
    updated_at: datetime


class TaskPage(BaseModel):
    items: List[Task]
    total: int
    limit: int
    offset: int


class Attachment(BaseModel):
    id: int
    task_id: int
    filename: str
    size: int
    sha256: str


users: Dict[str, dict] = {}
tokens: Dict[str, str] = {}
tasks: Dict[int, Task] = {}
counters = {"user": 0, "task": 0, "attachment": 0}


def next_id(kind: str) -> int:
    counters[kind] += 1
    return counters[kind]


def now() -> datetime:
    return datetime.now(timezone.utc)


def add_user(username: str, password: str) -> dict:
    user = {
        "id": next_id("user"),
        "username": username,
        "created_at": now(),
        "password_hash": hashlib.sha256(password.encode()).hexdigest(),
    }
    users[username] = user
    return user


add_user("demo", secrets.token_hex(12))
if "ACCESS_TOKEN" in os.environ:
    tokens[os.environ["ACCESS_TOKEN"]] = "demo"
for number in range(1, 8):
    key = next_id("task")
    tasks[key] = Task(
        id=key,
        title=f"Task {number}",
        status=list(Status)[number % 3],
        created_at=now(),
        updated_at=now(),
    )


def current_user(token: str = Depends(oauth2)) -> dict:
    name = tokens.get(token)
    if name is None and planted("any-token-accepted"):
        name = "demo"
    if name is None:
        raise HTTPException(401, "Not authenticated", headers={"WWW-Authenticate": "Bearer"})
    return users[name]


def find(task_id: int) -> Task:
    task = tasks.get(task_id)
    if task is None:
        raise HTTPException(404, "Task not found")
    return task


signed_in = {401: {"model": Problem}}
about_a_task = {**signed_in, 404: {"model": Problem}}


@app.post("/auth/register", status_code=201, response_model=User, responses={409: {"model": Problem}})
def register(body: Registration):
    if body.username in users:
        raise HTTPException(409, "Username is taken")
    return add_user(body.username, body.password)


@app.post("/auth/token", response_model=Token, responses={401: {"model": Problem}})
def login(form: OAuth2PasswordRequestForm = Depends()):
    user = users.get(form.username)
    if user is None or hashlib.sha256(form.password.encode()).hexdigest() != user["password_hash"]:
        raise HTTPException(401, "Wrong username or password")
    token = secrets.token_urlsafe(24)
    tokens[token] = form.username
    return {"access_token": token, "token_type": "bearer"}


@app.get("/users/me", response_model=User, responses=signed_in)
def me(user: dict = Depends(current_user)):
    if planted("hash-leaked"):
        return JSONResponse(jsonable_encoder(user))
    return user


@app.post(
    "/tasks",
    status_code=201,
    response_model=Task,
    response_model_exclude_none=True,
    responses={
        201: {"headers": {"Location": {"schema": {"type": "string"}, "required": True}}},
        **signed_in,
    },
)
def create_task(body: TaskIn, response: Response, user: dict = Depends(current_user)):
    key = next_id("task")
    fields = body.dict()
    if planted("emoji-500"):
        fields["title"].encode("latin-1")
    if planted("create-drops-notes"):
        fields["notes"] = None
    if planted("create-ignores-priority"):
        fields["priority"] = 3
    task = Task(id=key, created_at=now(), updated_at=now(), **fields)
    if planted("title-trimmed-to-40"):
        task.title = task.title[:40]
    if not planted("create-not-stored"):
        tasks[key] = task
    if not planted("location-missing"):
        shown = key + 1 if planted("location-wrong") else key
        response.headers["Location"] = f"/tasks/{shown}"
    return task


@app.get("/tasks", response_model=TaskPage, response_model_exclude_none=True, responses=signed_in)
def list_tasks(
    status: Optional[Status] = None,
    limit: int = Query(default=20, ge=1, le=100),
    offset: int = Query(default=0, ge=0),
    user: dict = Depends(current_user),
):
    found = list(tasks.values())
    if status is not None and not planted("filter-ignored"):
        found = [task for task in found if task.status == status]
    if planted("list-omits-last"):
        found = found[:-1]
    rows = found if planted("limit-ignored") else found[offset : offset + limit]
    if planted("offset-ignored"):
        rows = found[:limit]
    if planted("limit-off-by-one"):
        rows = found[offset : offset + limit + 1]
    total = len(rows) if planted("total-is-page-length") else len(found)
    return {"items": rows, "total": total, "limit": limit, "offset": offset}


@app.get("/tasks/{task_id}", response_model=Task, response_model_exclude_none=True, responses=about_a_task)
def read_task(task_id: int, user: dict = Depends(current_user)):
    if planted("missing-task-500"):
        return tasks[task_id]
    return find(task_id)


@app.put("/tasks/{task_id}", response_model=Task, response_model_exclude_none=True, responses=about_a_task)
def replace_task(task_id: int, body: TaskIn, user: dict = Depends(current_user)):
    old = find(task_id)
    new = Task(id=task_id, created_at=old.created_at, updated_at=now(), **body.dict())
    if planted("put-keeps-old-notes"):
        new.notes = old.notes
    if not planted("put-lost"):
        tasks[task_id] = new
    return old if planted("put-answers-old") else new


@app.patch("/tasks/{task_id}", response_model=Task, response_model_exclude_none=True, responses=about_a_task)
def change_task(task_id: int, body: TaskPatch, user: dict = Depends(current_user)):
    old = find(task_id)
    changes = body.dict(exclude_unset=not planted("patch-wipes"))
    if changes.get("title") is None:
        changes.pop("title", None)
    for name in ("status", "priority"):
        if changes.get(name) is None:
            changes.pop(name, None)
    if planted("patch-ignores-status"):
        changes.pop("status", None)
    tasks[task_id] = old.copy(update={**changes, "updated_at": now()})
    return tasks[task_id]


@app.delete("/tasks/{task_id}", status_code=204, responses=about_a_task)
def delete_task(task_id: int, user: dict = Depends(current_user)):
    find(task_id)
    if not planted("delete-keeps"):
        del tasks[task_id]
    return Response(status_code=204)


@app.post(
    "/tasks/{task_id}/attachments", status_code=201, response_model=Attachment, responses=about_a_task
)
def attach(task_id: int, file: UploadFile = File(), user: dict = Depends(current_user)):
    find(task_id)
    content = file.file.read()
    return Attachment(
        id=next_id("attachment"),
        task_id=task_id + 1 if planted("attachment-of-another-task") else task_id,
        filename=file.filename,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
