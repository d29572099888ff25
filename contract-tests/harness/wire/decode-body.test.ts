import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseMediaType } from "../http/media-type.ts";
import { decodeContent, readBodyValue } from "./decode-body.ts";

const json = Buffer.from('{"a":1}');

it.each([
  ["none", undefined, json],
  ["identity", "identity", json],
  ["gzip", "gzip", gzipSync(json)],
  ["GZIP", "GZIP", gzipSync(json)],
  ["deflate", "deflate", deflateSync(json)],
  ["deflate without its wrapper", "deflate", deflateRawSync(json)],
  ["br", "br", brotliCompressSync(json)],
  ["a list", "gzip, br", brotliCompressSync(gzipSync(json))],
])("undoes %s", (_, coding, body) => {
  expect(decodeContent(body, coding)).toEqual({ bytes: json });
});

describe("says what is wrong with a body", () => {
  const media = parseMediaType("application/json; charset=utf-8");
  it.each([
    ["json-syntax", "{"],
    ["json-trailing", '{"a":1} x'],
    ["byte-order-mark", "\ufeff{}"],
  ])("%s", (kind, text) => {
    expect(media && readBodyValue(Buffer.from(text), media)).toMatchObject({ fault: { kind } });
  });
  it("utf-8", () => {
    expect(media && readBodyValue(Buffer.from([0x22, 0xff, 0x22]), media)).toMatchObject({
      fault: { kind: "utf-8" },
    });
  });
  it.each([["gzip"], ["x-rot13"]])("content-encoding %s", (coding) => {
    expect(decodeContent(json, coding)).toMatchObject({ fault: { kind: "content-encoding" } });
  });
});
