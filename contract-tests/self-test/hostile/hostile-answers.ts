import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

type Hostile = (response: ServerResponse) => void;

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const json = (text: string): Hostile => {
  return (response) => void response.end(text);
};

/** Answers that cost their judge more than it has, if it lets them: by what is hostile about them. */
export const hostileAnswers: Readonly<Record<string, Hostile>> = {
  "lists 20,000 deep": json(nested(20_000, "[", "]")),
  "objects 20,000 deep": json(`${'{"self":'.repeat(20_000)}1${"}".repeat(20_000)}`),
  "objects 40 deep, of which each level asks twice": json(`${'{"self":'.repeat(40)}1${"}".repeat(40)}`),
  "100,000 objects that break a schema each": json(`[${"{},".repeat(99_999)}{}]`),
  "900,000 numbers": json(`[${"1,".repeat(9e5)}1]`),
  "7 million numbers": json(`[${"1,".repeat(7e6)}1]`),
  "5 million objects": json(`[${"{},".repeat(5e6)}{}]`),
  "500,000 objects": json(`[${"{},".repeat(5e5)}{}]`),
  "15 MB of text": json(JSON.stringify("a".repeat(15e6))),
  "60 MB of text": json(JSON.stringify("a".repeat(60e6))),
  "15 MB that are no JSON": json("-eyJ".repeat(3.7e6)),
  "a million pairs of a form": (response) => {
    response.setHeader("content-type", "application/x-www-form-urlencoded").end("a=b&".repeat(9e5));
  },
  "900,000 lines": (response) => {
    response.setHeader("content-type", "application/jsonl").end("{}\n".repeat(9e5));
  },
  "60,000 lines of YAML": (response) => {
    response.setHeader("content-type", "application/yaml").end("- a\n".repeat(6e4));
  },
  "YAML of aliases that multiply": (response) => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(", ")}]\n`,
    );
    response.setHeader("content-type", "application/yaml").end(`a0: &a0 [x, x, x]\n${levels.join("")}`);
  },
  "100,000 parts": (response) => {
    response
      .setHeader("content-type", "multipart/form-data; boundary=a")
      .end(`${"--a\r\ncontent-disposition: form-data; name=a\r\n\r\nb\r\n".repeat(1e5)}--a--`);
  },
  "900 headers": (response) => {
    for (let index = 0; index < 900; index++) response.setHeader(`h${index}`, "a");
    response.end("{}");
  },
  "an answer that drips": (response) => {
    const timer = setInterval(() => response.write(" "), 50);
    response.once("close", () => clearInterval(timer));
  },
  "a text of 9 MB": json(JSON.stringify({ name: "a".repeat(9e6) })),
  "a name of 9 MB": json(JSON.stringify({ ["n".repeat(9e6)]: 1 })),
  "100,000 members": json(
    JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, index]))),
  ),
  "20,000 different objects that have to be": json(
    JSON.stringify(Array.from({ length: 20_000 }, (_, index) => ({ id: index }))),
  ),
  "an address of 60,000 colons": json(JSON.stringify({ url: `http://${":".repeat(60_000)}` })),
  "an address for mail of 60,000 dots": json(JSON.stringify({ email: `a${".a".repeat(60_000)}@` })),
  "a time of 60,000 digits": json(JSON.stringify({ date: `2020-01-01T00:00:00.${"0".repeat(60_000)}` })),
  "a name that makes a pattern go back": json(JSON.stringify({ name: `${"a".repeat(60_000)}!` })),
  "a number of 100,000 digits": json(`{"size": ${"9".repeat(100_000)}}`),
  "a number of 1e308": json('{"size": 1e308}'),
  "64 KB of beginnings of tokens": json(JSON.stringify({ x: "-eyJ".repeat(16_384) })),
  "64 KB of challenges": json('token name="x"\n'.repeat(4_400)),
  "256 KB of quotes": json('"'.repeat(262_144)),
  "256 KB of escapes": json(`"${"\\u0025".repeat(43_690)}"`),
  "a gzip bomb": (response) => {
    response.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(300 * 1_024 * 1_024)));
  },
  "gzip in gzip": (response) => {
    response
      .setHeader("content-encoding", "gzip, gzip")
      .end(gzipSync(gzipSync(Buffer.alloc(80 * 1_024 * 1_024))));
  },
  "Retry-After of 1e9 seconds": (response) => {
    response.writeHead(429, { "retry-after": "1000000000" }).end("{}");
  },
  "an event stream of 200,000 events": (response) => {
    response.setHeader("content-type", "text/event-stream").end("data: {}\n\n".repeat(200_000));
  },
  "a header of 15 KB of colons": (response) => {
    response.setHeader("location", `http://${":".repeat(15_000)}`).end("{}");
  },
  "a media type of 15 KB": (response) => {
    response.setHeader("content-type", `application/json${"; a=b".repeat(3_000)}`).end("{}");
  },
  "an answer that never ends": (response) => {
    response.write("{");
  },
};
