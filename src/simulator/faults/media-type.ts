import { bytesOf, onSuccess, textOf, withBody, withHeader, withoutHeader } from "../alter.ts";
import type { Fault } from "../handler.ts";

const conformance = ["content-type-conformance"];

function declared(id: string, contentType: string | readonly string[], breach: string): Fault {
  const wrap = onSuccess((answer) => withHeader(answer, "content-type", contentType));
  return { id, caughtBy: conformance, breach, wrap };
}

/** The answer calls itself something that the contract doesn't document. */
export const mediaTypeFaults: readonly Fault[] = [
  {
    id: "content-type-missing",
    caughtBy: conformance,
    breach: "The response has a body but no Content-Type.",
    wrap: onSuccess((answer) => withoutHeader(answer, "content-type")),
  },
  declared("content-type-empty", "", "The response's Content-Type is empty."),
  declared(
    "content-type-malformed",
    "json",
    "The response's Content-Type isn't a media type: it has no slash.",
  ),
  declared("content-type-text-plain", "text/plain; charset=utf-8", "JSON is sent as text/plain."),
  declared("content-type-text-json", "text/json", "JSON is sent as text/json, which isn't documented."),
  declared("content-type-octet-stream", "application/octet-stream", "JSON is sent as a stream of octets."),
  declared(
    "content-type-problem-json",
    "application/problem+json",
    "A success is sent as problem details: JSON by suffix, but not the documented media type.",
  ),
  declared(
    "content-type-prefix-only",
    "application/json-seq",
    "The media type only begins like the documented one.",
  ),
  declared(
    "content-type-list",
    "application/json, text/html",
    "The Content-Type lists two media types, the documented one first.",
  ),
  {
    id: "html-instead-of-json",
    caughtBy: conformance,
    breach: "A create is answered 200 with an HTML page.",
    wrap: onSuccess((answer) =>
      withHeader(withBody(answer, "<!doctype html><p>Welcome</p>"), "content-type", "text/html"),
    ),
  },
  {
    id: "xml-instead-of-json",
    caughtBy: conformance,
    breach: "A create is answered 200 with XML.",
    wrap: onSuccess((answer) =>
      withHeader(withBody(answer, "<token>sutkn_1234567890</token>"), "content-type", "application/xml"),
    ),
  },
  {
    id: "html-under-json-content-type",
    caughtBy: ["response-schema-conformance", "response-body-integrity"],
    breach: "An HTML page is sent as application/json.",
    wrap: onSuccess((answer) => withBody(answer, "<!doctype html><p>Welcome</p>")),
  },
  {
    id: "form-under-json-content-type",
    caughtBy: ["response-schema-conformance", "response-body-integrity"],
    breach: "The token is sent form-encoded as application/json.",
    wrap: onSuccess((answer) => withBody(answer, "token=sutkn_1234567890")),
  },
  {
    id: "utf-16-body",
    caughtBy: ["response-schema-conformance", "response-body-integrity"],
    breach: "The JSON is encoded in UTF-16 and says so; RFC 8259 section 8.1 requires UTF-8.",
    wrap: onSuccess((answer) =>
      withHeader(
        withBody(answer, Buffer.from(textOf(answer), "utf16le")),
        "content-type",
        "application/json; charset=utf-16le",
      ),
    ),
  },
  {
    id: "base64-body",
    caughtBy: ["response-schema-conformance", "response-body-integrity"],
    breach: "A gateway sends the body base64-encoded.",
    wrap: onSuccess((answer) => withBody(answer, Buffer.from(bytesOf(answer)).toString("base64"))),
  },
];
