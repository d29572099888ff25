import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, request as httpRequest, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { command, TestServers } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "reach-"));
const servers = new TestServers();
const others: Server[] = [];
const at = (name: string) => join(folder, name);

beforeAll(() => {
  const make = (name: string, ...more: readonly string[]) =>
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        at(`${name}.key`),
        "-out",
        at(`${name}.pem`),
        "-subj",
        `/CN=${name}`,
        ...more,
      ],
      { stdio: "pipe" },
    );
  make("server", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost");
  make("client");
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  vi.unstubAllEnvs();
  await servers.close();
  for (const server of others.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<number> {
  others.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port; // a TCP server has one
}

function spec(more: unknown = {}): string {
  const responses = {
    200: { description: "ok", content: { "application/json": { schema: { type: "object" } } } },
  };
  const document = {
    openapi: "3.1.0",
    info: { title: "Small", version: "1" },
    paths: { "/things": { get: { responses } } },
    ...(more as object),
  };
  writeFileSync(at("openapi.json"), JSON.stringify(document));
  return at("openapi.json");
}

const answerBelow = (prefix: string) =>
  servers.serve(({ method, url }, response) => {
    const status = url !== `${prefix}/things` ? 404 : method === "GET" ? 200 : 405;
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });

const run = async (target: string, ...args: readonly string[]) =>
  command(["--spec", spec(), "--target", target, "--phases", "coverage", ...args]);

describe("the document's base path", () => {
  const documented = {
    servers: [{ url: "https://api.example/{version}", variables: { version: { default: "v2" } } }],
  };

  it.each([
    ["lacks", "/v2", ""],
    ["has another than", "/v2", "/v1"],
  ])("is requested in one sentence if the target %s it", async (_, real, given) => {
    const target = await answerBelow(real);
    const args = ["--spec", spec(documented), "--phases", "coverage"];
    const wrong = await command([...args, "--target", target + given]);
    expect(wrong.error).toBe(
      `The document's servers are below /v2, but nothing was found at ${target}${given || "/"}: give --target ${target}/v2.`,
    );
    expect(wrong.code).toBe(2);
    expect((await command([...args, "--target", `${target}/v2`])).code).toBe(0);
  });

  it("doesn't matter where the server does without it", async () => {
    const { code, output } = await command(["--spec", spec(documented), "--target", await answerBelow("")]);
    expect(code, output).toBe(0);
  });

  it("is the root where the document says so", async () => {
    const target = await answerBelow("");
    expect((await run(`${target}/api`)).error).toMatch(
      /are at the root, .* give --target http:\/\/127\.0\.0\.1:\d+\./,
    );
  });
});

describe("an address with variables", () => {
  const servers = [
    {
      url: "http://{host}:{port}",
      variables: { host: { default: "127.0.0.1", enum: ["127.0.0.1", "localhost"] }, port: { default: "1" } },
    },
  ];
  const args = () => ["--spec", spec({ servers }), "--phases", "coverage"];
  const port = async () => new URL(await answerBelow("")).port;

  it("is the document's, and each value's server is judged and reported by itself", async () => {
    const values = ["--server-variable", "host=127.0.0.1", "--server-variable", "host=localhost"];
    const report = at("report.json");
    const { code, output } = await command([
      ...args(),
      ...values,
      "--server-variable",
      `port=${await port()}`,
      "--report",
      report,
    ]);
    expect(code, output).toBe(0);
    for (const host of ["127.0.0.1", "localhost"]) {
      expect(output).toMatch(new RegExp(`target +http://${host}:`));
      const own = at(`report.${host}-${/:(\d+) /.exec(output)?.[1]}.json`);
      expect(JSON.parse(readFileSync(own, "utf8")).header.target.address).toContain(host);
    }
  });

  it("is the target's, and takes the document's defaults", async () => {
    const { code, output } = await command([...args(), "--target", `http://{host}:${await port()}`]);
    expect(code, output).toBe(0);
    expect(output).toMatch(/target +http:\/\/127\.0\.0\.1:/);
  });

  it.each([
    [
      ["--server-variable", "hst=x"],
      /--server-variable hst isn't a variable of the server: did you mean host\?/,
    ],
    [["--server-variable", "host=localhos"], /don't list host localhos: did you mean localhost\?/],
    [["--target", "http://127.0.0.1", "--server-variable", "host=x"], /the address has none/],
    [["--target", "http://{region}.test"], /needs a value for \{region\}: give --server-variable region=…/],
    [["--server-variable", "host"], /needs a name, "=" and a value/],
  ])("is refused with %j", async (options, message) => {
    const { code, error } = await command([...args(), ...options]);
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("a secure target", () => {
  const answers = (client: boolean) =>
    listen(
      createHttpsServer(
        {
          key: readFileSync(at("server.key")),
          cert: readFileSync(at("server.pem")),
          ...(client ? { requestCert: true, ca: readFileSync(at("client.pem")) } : {}),
        },
        ({ method, url }, response) => {
          const status = url !== "/things" ? 404 : method === "GET" ? 200 : 405;
          response.writeHead(status, { "content-type": "application/json" }).end("{}");
        },
      ),
    );

  it("is trusted with --ca or --insecure, and otherwise reported in one sentence", async () => {
    const target = `https://127.0.0.1:${await answers(false)}`;
    const strange = await run(target);
    expect(strange.output).toMatch(/no secure connection could be established/);
    expect(strange.code).toBe(2);
    for (const trust of [["--ca", at("server.pem")], ["--insecure"]]) {
      const { code, output, error } = await run(target, ...trust);
      expect(code, output + error).toBe(0);
    }
  });

  it("is shown a certificate", async () => {
    const target = `https://127.0.0.1:${await answers(true)}`;
    const trust = ["--ca", at("server.pem")];
    expect((await run(target, ...trust)).code).not.toBe(0);
    const { code, output } = await run(
      target,
      ...trust,
      "--cert",
      at("client.pem"),
      "--key",
      at("client.key"),
    );
    expect(code, output).toBe(0);
  });

  it.each([
    [["--cert", "client.pem"], /--cert and --key go together/],
    [["--cert", "client.pem", "--key", "server.key"], /don't fit together/],
    [["--cert", "client.pem", "--key", "client.pem"], /contains no private key in PEM form/],
    [["--ca", "openapi.json"], /contains no certificate in PEM form/],
    [["--ca", "absent.pem"], /--ca .*absent\.pem can't be read \(there is no such file\)/],
  ])("isn't begun with %j", async (options, message) => {
    const args = options.map((option) => (option.startsWith("--") ? option : at(option)));
    const { code, error } = await run("https://127.0.0.1:1", ...args);
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("a proxy of the environment", () => {
  /** Sends every host to one port of this machine, and notes how it was asked. */
  async function proxy(port: number): Promise<{ readonly address: string; readonly asked: string[] }> {
    const asked: string[] = [];
    const server = createHttpServer((incoming, outgoing) => {
      asked.push(`${incoming.method} ${incoming.url} ${incoming.headers["proxy-authorization"] ?? ""}`);
      const { pathname } = new URL(incoming.url ?? "");
      const further = httpRequest(
        { port, method: incoming.method, path: pathname, headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(further);
    });
    server.on("connect", ({ url }, socket) => {
      asked.push(`CONNECT ${url}`);
      const further = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        further.pipe(socket).pipe(further);
      });
      further.on("error", () => socket.destroy());
      socket.on("error", () => further.destroy());
    });
    return { address: `127.0.0.1:${await listen(server)}`, asked };
  }

  it("is sent whole addresses, with its user and password, unless NO_PROXY says otherwise", async () => {
    const target = await answerBelow("");
    const { address, asked } = await proxy(Number(new URL(target).port));
    vi.stubEnv("http_proxy", `http://me:secret-of-proxy@${address}`);
    const { code, output, error } = await run("http://api.test");
    expect(code, output + error).toBe(0);
    expect(asked[0]).toBe(
      `GET http://api.test/things Basic ${Buffer.from("me:secret-of-proxy").toString("base64")}`,
    );
    expect(servers.seen[0]?.headers.host).toBe("api.test");
    const before = asked.length;
    vi.stubEnv("no_proxy", "127.0.0.1");
    expect((await run(target)).code).toBe(0);
    expect(asked.length).toBe(before);
  });

  it("opens a tunnel to a secure target", async () => {
    const server = createHttpsServer(
      { key: readFileSync(at("server.key")), cert: readFileSync(at("server.pem")) },
      ({ method }, response) => {
        response.writeHead(method === "GET" ? 200 : 405, { "content-type": "application/json" }).end("{}");
      },
    );
    const { address, asked } = await proxy(await listen(server));
    vi.stubEnv("HTTPS_PROXY", `http://${address}`);
    const { code, output, error } = await run("https://localhost:4433", "--ca", at("server.pem"));
    expect(code, output + error).toBe(0);
    expect(new Set(asked)).toEqual(new Set(["CONNECT localhost:4433"]));
  });

  it.each([
    [
      "http://127.0.0.1:1",
      /The proxy http:\/\/127\.0\.0\.1:1 for http:\/\/api\.test can't be reached \(ECONNREFUSED\)/,
    ],
    ["socks5://127.0.0.1:1", /a proxy that isn't an http URL/],
  ])("is reported in one sentence if it is unusable: %s", async (address, message) => {
    vi.stubEnv("http_proxy", address);
    const { code, error } = await run("http://api.test");
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});
