import { expect, it } from "vitest";
import { readEventStream } from "./event-stream.ts";

it.each([
  [
    "fields, comments and several lines of data",
    ": hi\nid: 1\nevent: a\ndata: x\ndata:y\n\n",
    ["x\ny"],
    0,
    0,
  ],
  ["any line end", "data: a\r\n\r\ndata: b\r\rdata: c\n\n", ["a", "b", "c"], 0, 0],
  ["an event without data, which is none", "event: ping\n\n", [], 0, 0],
  ["an empty line that ends nothing", "\n\ndata\n\n", [""], 0, 0],
  ["a comment at the end", "data: a\n\n: bye", ["a"], 0, 0],
  ["an event without its empty line", "data: a\n\ndata: b\n", ["a"], 1, 0],
  ["a line without its end", "data: a\n\ndata: b", ["a"], 1, 0],
  ["fields that nobody knows", 'data: {\n"a": 1\n}\n\n', ["{"], 0, 2],
  ["nothing", "", [], 0, 0],
])("reads %s", (_, text, events, unfinished, ignored) => {
  const read = readEventStream(text);
  expect([read.events, read.unfinished.length, read.ignored.length]).toEqual([events, unfinished, ignored]);
});
