import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpRequest } from "../http/message.ts";
import type { CarriedSecret } from "../wire/secrets-of.ts";
import { curlLine } from "./curl-line.ts";

const run = promisify(execFile);
const received: { readonly url: string; readonly authorization?: string; readonly body: string }[] = [];
const lengths: (string | undefined)[] = [];
const server = createServer((request, response) => {
  lengths.push(request.headers["content-length"]);
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { authorization } = request.headers;
    received.push({
      url: request.url ?? "",
      body: Buffer.concat(chunks).toString("hex"),
      ...(authorization === undefined ? {} : { authorization }),
    });
    response.end();
  });
});
let address = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on a port
});
afterAll(() => server.close());

/** What arrives when the line is run in a POSIX shell. */
async function sent(request: HttpRequest, secrets: readonly CarriedSecret[] = [], env: object = {}) {
  const line = curlLine(address, request, secrets);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none but line ends may stand in it
  expect(line).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  await run("sh", ["-c", line], { env: { ...process.env, ...env } });
  return received.at(-1);
}

describe("a curl line sends the very bytes of the request", () => {
  it.each([
    [
      "a multipart body",
      "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n100% \\r 'é'\r\n--x--\r\n",
    ],
    ["control characters", "\u0000\u0007\t\u007f\u202e\ufeff$HOME `id`\n"],
    ["several lines", "a\nb\n"],
    ["an at sign in front", "@/etc/passwd"],
    ["JSON", '{"a":"\\u0000 \'quoted\'"}'],
  ])("%s", async (_, text) => {
    const body = new TextEncoder().encode(text);
    const got = await sent({
      method: "POST",
      path: "/a?b=%5B1%5D",
      headers: [["content-type", "x/y"]],
      body,
    });
    expect(got).toEqual({ url: "/a?b=%5B1%5D", body: Buffer.from(body).toString("hex") });
  });

  it.each([
    ["POST", "0"],
    ["PUT", "0"],
    ["PATCH", "0"],
    ["DELETE", undefined],
    ["GET", undefined],
  ])("a %s without a body, with the length %s, as it is sent", async (method, length) => {
    await sent({ method, path: "/", headers: [] });
    expect(lengths.at(-1)).toBe(length);
  });

  it("bytes that aren't text", async () => {
    const body = new Uint8Array([0xff, 0, 0x0a]);
    expect(await sent({ method: "PUT", path: "/", headers: [], body })).toMatchObject({ body: "ff000a" });
  });

  it("a key that is used in two places, each under its own variable", async () => {
    const headers = [
      ["X-Key", "k-0123456789"],
      ["Authorization", "Bearer k-0123456789"],
    ] as const;
    const secrets = headers.map(([name, value]) => ({ in: "header" as const, name, value }));
    const request = { method: "GET", path: "/", headers };
    expect(curlLine(address, request, secrets)).not.toContain("0123456789");
    const env = { X_KEY: "k-0123456789", API_AUTHORIZATION: "Bearer k-0123456789" };
    expect(await sent(request, secrets, env)).toMatchObject({ authorization: "Bearer k-0123456789" });
  });
});
