import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import type { Answer, Handler } from "./handler.ts";
import { type Served, ServeError, serve } from "./serve.ts";

const running: Served[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.close()));
});

async function served(handler: Handler): Promise<Served> {
  const server = await serve(handler);
  running.push(server);
  return server;
}

const hello: Answer = { status: 200, headers: { "content-type": "text/plain" }, body: "hello" };

/** Everything that the server wrote on one connection, until it ended or was cut. */
async function rawAnswer(address: string): Promise<string> {
  const { port, hostname, host } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  return text(socket);
}

describe("serve", () => {
  test("listens on loopback and hands the request over as it came", async () => {
    const seen: unknown[] = [];
    const { address } = await served((request) => {
      seen.push({ ...request, body: Buffer.from(request.body).toString() });
      return hello;
    });

    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${address}/a%20b?c=d`, {
      method: "PUT",
      headers: { "X-One": "1" },
      body: "sent",
    });

    expect(await response.text()).toBe("hello");
    expect(seen).toEqual([
      expect.objectContaining({
        method: "PUT",
        url: "/a%20b?c=d",
        body: "sent",
        headers: expect.objectContaining({ "x-one": "1" }),
      }),
    ]);
  });

  test("sends repeated headers as several lines", async () => {
    const { address } = await served(() => ({ ...hello, headers: { "set-cookie": ["a=1", "b=2"] } }));
    expect((await fetch(address)).headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  test("waits before the first byte", async () => {
    const { address } = await served(() => ({ ...hello, wire: { delayMs: 60 } }));
    const start = performance.now();
    await (await fetch(address)).text();
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  });

  test.each([2, 20])("declares a length of %i for a body of 5 bytes", async (declaredLength) => {
    const { address } = await served(() => ({ ...hello, wire: { declaredLength } }));
    const answer = await rawAnswer(address);
    expect(answer.toLowerCase()).toContain(`content-length: ${declaredLength}\r\n`);
    expect(answer.endsWith("\r\n\r\nhello")).toBe(true);
  });

  test.each([
    [0, ""],
    [2, "he"],
  ])("cuts the connection after %i bytes of the body", async (cutAfterBytes, arrived) => {
    const { address } = await served(() => ({ ...hello, wire: { cutAfterBytes } }));
    const answer = await rawAnswer(address);
    expect(answer.toLowerCase()).toContain("content-length: 5\r\n");
    expect(answer.split("\r\n\r\n")[1]).toBe(arrived);
  });

  test("resets the connection before any byte", async () => {
    const { address } = await served(() => ({ ...hello, wire: { reset: true } }));
    await expect(rawAnswer(address)).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  test("says so when the handler throws", async () => {
    const { address } = await served(() => {
      throw new Error("no such fault");
    });
    const response = await fetch(address);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("no such fault");
  });

  test("refuses a body that is larger than it reads", async () => {
    const { address } = await served(() => hello);
    const response = await fetch(address, { method: "POST", body: new Uint8Array(9 * 1024 * 1024) });
    expect(response.status).toBe(413);
  });

  test("closes with idle, waiting and half-sent connections open", async () => {
    const server = await served(() => ({ ...hello, wire: { delayMs: 60_000 } }));
    const { port, hostname } = new URL(server.address);
    const silent = connect(Number(port), hostname);
    const ended = text(silent).catch(() => "");
    const waiting = fetch(server.address).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 30));

    await server.close();
    await server.close();

    expect(await waiting).toBeInstanceOf(Error);
    expect(await ended).toBe("");
    await expect(fetch(server.address)).rejects.toThrow();
  });

  test("names the port that is in use in one sentence", async () => {
    const { address } = await served(() => hello);
    const port = Number(new URL(address).port);
    const error: unknown = await serve(() => hello, { port }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServeError);
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(new RegExp(`^Port ${port} on 127.0.0.1 is already in use`)),
    );
  });
});
