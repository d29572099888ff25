import { expect, test } from "vitest";
import { errorLimit, readBody } from "./read-body.ts";

/** A body of the given chunks that tells whether the rest was refused. */
function body(chunks: readonly (string | Uint8Array)[], isEndless = false) {
  const state = { cancelled: false, pulled: 0 };
  const rest = chunks.map((chunk) => (typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk));
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.pulled += 1;
        const chunk = isEndless ? rest[0] : rest.shift();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { reader: stream.getReader(), state };
}

const kibibytes = (count: number): Uint8Array => new Uint8Array(count * 1024).fill(120);

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("joins the chunks of a body", async () => {
  expect(await readBody(body(["ab", "", "c"]).reader, errorLimit)).toEqual(bytes("abc"));
  expect(await readBody(body([]).reader, errorLimit)).toEqual(bytes(""));
});

test("takes no body for an empty one", async () => {
  expect(await readBody(undefined, errorLimit)).toEqual(bytes(""));
});

test("reads up to 64 KiB and not a byte more", async () => {
  expect(await readBody(body([kibibytes(64)]).reader, errorLimit)).toHaveLength(errorLimit);
  const over = body([kibibytes(64), "x"]);
  expect(await readBody(over.reader, errorLimit)).toBeUndefined();
  expect(over.state.cancelled).toBe(true);
});

test("stops receiving an endless body", async () => {
  const endless = body([kibibytes(16)], true);
  expect(await readBody(endless.reader, errorLimit)).toBeUndefined();
  expect(endless.state).toEqual({ cancelled: true, pulled: 5 });
});

test("passes on that a body was cut off", async () => {
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error("cut"));
    },
  });
  await expect(readBody(stream.getReader(), errorLimit)).rejects.toThrow("cut");
});

test("leaves timers their turn while a body has none but empty chunks", async () => {
  const chunks = body([new Uint8Array()], true);
  const reading = readBody(chunks.reader, errorLimit);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await chunks.reader.cancel();
  expect(await reading).toEqual(bytes(""));
});
