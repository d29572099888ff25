import type { ServerResponse } from "node:http";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { isObject } from "../contract/json-object.ts";
import { jsonText, parseJsonText } from "../contract/large-integer.ts";
import { headerValue } from "../http/header-value.ts";
import type { HeaderLine, HttpRequest } from "../http/message.ts";

/** What a mock is about to answer. */
export interface PlannedAnswer {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
}

/** A way to answer that changes nothing of what the answer means: every client has to take it. */
export interface Variation {
  readonly id: string;
  /** What is otherwise, after "where". */
  readonly what: string;
  /** The answer in this form; undefined where it doesn't apply. `isValid`: whether a JSON body is by the contract. */
  vary?(
    answer: PlannedAnswer,
    request: HttpRequest,
    isValid: (value: unknown) => boolean,
  ): PlannedAnswer | undefined;
  /** Sends it; in one piece by default. */
  write?(outgoing: ServerResponse, answer: PlannedAnswer): Promise<void>;
  /** What is answered in place of the mock's answer to a request that comes for the first time. */
  instead?: "wait" | "redirect";
}

/** Seconds that a client is told to wait. */
export const waitSeconds = 1;

const slowMs = 400;

export const variations = [
  {
    id: "slow",
    what: "the response is slow",
    async write(outgoing, { status, headers, body }) {
      await sleep(slowMs);
      outgoing.writeHead(status, headers.flat());
      outgoing.write(body.subarray(0, body.length >> 1));
      await sleep(slowMs);
      outgoing.end(body.subarray(body.length >> 1));
    },
  },
  {
    id: "chunked",
    what: "the body arrives in many chunks without a length (RFC 9112, section 7.1)",
    async write(outgoing, { status, headers, body }) {
      outgoing.writeHead(status, headers.filter(([name]) => name.toLowerCase() !== "content-length").flat());
      const size = Math.max(1, Math.ceil(body.length / 40));
      for (let at = 0; at < body.length; at += size) {
        outgoing.write(body.subarray(at, at + size));
        await setImmediate();
      }
      outgoing.end();
    },
  },
  {
    id: "extra-property",
    what: "objects have an extra property that the contract allows",
    vary(answer, _, isValid) {
      const value = jsonOf(answer);
      const more = [withExtra(value, true), withExtra(value, false)].find(
        (one) => one !== undefined && isValid(one),
      );
      const text = more === undefined ? undefined : jsonText(more);
      return text === undefined ? undefined : { ...answer, body: new Uint8Array(Buffer.from(text)) };
    },
  },
  {
    id: "gzip",
    what: "the body is compressed, as the request allows (RFC 9110, section 12.5.3)",
    vary(answer, request) {
      const accepted = headerValue(request.headers, "accept-encoding") ?? "";
      const isAccepted = /(^|,)\s*(x-)?(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$)))?[^;,]*(,|$)/i.test(accepted);
      if (!isAccepted || answer.body.length === 0) return undefined;
      return {
        ...answer,
        headers: [...answer.headers, ["content-encoding", "gzip"], ["vary", "accept-encoding"]],
        body: new Uint8Array(gzipSync(answer.body)),
      };
    },
  },
  {
    id: "media-type-case",
    what: "the media type is in upper case (RFC 9110, section 8.3.1)",
    vary(answer) {
      if (headerValue(answer.headers, "content-type") === undefined) return undefined;
      return {
        ...answer,
        headers: answer.headers.map(([name, value]): HeaderLine => {
          if (name.toLowerCase() !== "content-type") return [name, value];
          return [name, value.replace(/^[^;]*/, (type) => type.toUpperCase())];
        }),
      };
    },
  },
  {
    id: "closed",
    what: "the connection is closed after each response (RFC 9112, section 9.5)",
    async write(outgoing, { status, headers, body }) {
      const { socket } = outgoing;
      outgoing.once("finish", () => socket?.end());
      outgoing.writeHead(status, headers.flat()).end(body);
    },
  },
  {
    id: "wait",
    what: `each request is first answered 429 with Retry-After: ${waitSeconds} (RFC 6585, section 4)`,
    instead: "wait",
  },
  {
    id: "redirect",
    what: "each request is redirected to another host (307)",
    instead: "redirect",
  },
] as const satisfies readonly Variation[];

export const variationIds: readonly string[] = variations.map(({ id }) => id);

function jsonOf({ headers, body }: PlannedAnswer): unknown {
  if (!/[/+]json\s*(;|$)/i.test(headerValue(headers, "content-type") ?? "")) return undefined;
  try {
    return parseJsonText(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

const extra = "xConformanceExtra";

/** The value with a property more in its objects, or in the outermost alone; undefined where there is none. */
function withExtra(value: unknown, isDeep: boolean): unknown {
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [
      name,
      isDeep ? (withExtra(member, true) ?? member) : member,
    ]);
    return { ...Object.fromEntries(members), [extra]: "a value that clients don't know" };
  }
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item: unknown) => withExtra(item, isDeep) ?? item);
  return items.some((item, index) => item !== value[index]) ? items : undefined;
}
