import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { command, type Seen, TestServers } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "credentials-"));
const servers = new TestServers();
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => servers.close());

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const object = { type: "object" };
const responses = {
  200: { description: "ok", ...json(object) },
  401: { description: "no", ...json(object) },
};

const document = {
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  paths: {
    "/me": { get: { operationId: "me", security: [{ token: [] }, { key: [] }, { user: [] }], responses } },
    "/jar": { get: { operationId: "jar", security: [{ jar: [] }], responses } },
    "/keyed": {
      get: {
        operationId: "keyed",
        parameters: [{ name: "x-api-key", in: "header", required: true, schema: { type: "string" } }],
        responses: { ...responses, 422: { description: "missing", ...json(object) } },
      },
    },
    "/login": {
      post: {
        operationId: "login",
        requestBody: {
          required: true,
          ...json({
            type: "object",
            required: ["name", "password"],
            properties: { name: { type: "string" } },
          }),
        },
        responses,
      },
    },
  },
  components: {
    securitySchemes: {
      token: { type: "http", scheme: "bearer" },
      key: { type: "apiKey", in: "query", name: "key" },
      jar: { type: "apiKey", in: "cookie", name: "session" },
      user: { type: "http", scheme: "basic" },
      unused: { type: "http", scheme: "bearer" },
      signed: { type: "mutualTLS" },
    },
  },
};
const spec = file("things.json", document);

type Faults = "any key in the query" | "any header key";

function answer(response: ServerResponse, status: number, value: unknown = {}): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function things(tokens: () => readonly string[] = () => ["right-token"], fault?: Faults): Promise<string> {
  return servers.serve(({ method, url, headers, body }, response) => {
    const { pathname, searchParams } = new URL(url, "http://x");
    const given = headers.authorization ?? "";
    const allowed: Record<string, string> = {
      "/me": "GET",
      "/jar": "GET",
      "/keyed": "GET",
      "/login": "POST",
    };
    if (method !== allowed[pathname]) return answer(response, 405);
    if (pathname === "/login") {
      const isRight = body === '{"name":"ann","password":"the-password"}';
      return isRight
        ? answer(response, 200, { session: { token: tokens().at(-1) }, seconds: 3600 })
        : answer(response, 401);
    }
    const isIn =
      pathname === "/me"
        ? tokens().some((token) => given === `Bearer ${token}`) ||
          (fault === "any key in the query"
            ? searchParams.has("key")
            : searchParams.get("key") === "right-key") ||
          given === `Basic ${Buffer.from("ann:pässword").toString("base64")}`
        : pathname === "/jar"
          ? headers.cookie?.includes("session=right-jar") === true
          : fault === "any header key" || headers["x-api-key"] === "right-header";
    if (pathname === "/keyed" && headers["x-api-key"] === undefined) return answer(response, 422);
    answer(response, isIn ? 200 : 401);
  });
}

const run = async (...args: readonly string[]) => {
  const report = join(folder, "report.json");
  const outcome = await command(["--spec", spec, "--phases", "coverage", "--report", report, ...args], {
    SECRET: "the-client-secret",
    PASSWORD: "the-password",
  });
  return { ...outcome, report: outcome.code === 2 ? "" : readFileSync(report, "utf8") };
};
const paths = (seen: readonly Seen[]) => seen.map(({ url }) => url);

describe("--auth", () => {
  it("writes each scheme's credential, and tries every alternative that is given", async () => {
    const auth = ["token=right-token", "key=right-key", "user=ann:pässword", "jar=right-jar"];
    const { code, output, report } = await run(
      "--target",
      await things(),
      ...auth.flatMap((one) => ["--auth", one]),
      "--only",
      "me",
      "--only",
      "jar",
    );
    expect(code, output).toBe(0);
    expect(output).not.toContain("no request succeeded");
    expect(paths(servers.seen)).toContain("/me?key=right-key");
    expect(
      servers.seen.some(
        ({ headers }) => headers.authorization?.startsWith("Basic ") && headers.authorization.length > 20,
      ),
    ).toBe(true);
    expect(report + output).not.toMatch(/right-(token|key|jar)|pässword/);
  });

  it.each<[string, Record<string, string>, string, (seen: Seen) => string | null | undefined, string]>([
    [
      "bearer",
      { type: "http", scheme: "bearer" },
      "k-9f3e27",
      ({ headers }) => headers.authorization,
      "Bearer k-9f3e27",
    ],
    [
      "basic",
      { type: "http", scheme: "basic" },
      "ann:k-9f3e27",
      ({ headers }) => headers.authorization,
      `Basic ${Buffer.from("ann:k-9f3e27").toString("base64")}`,
    ],
    [
      "a key in a header",
      { type: "apiKey", in: "header", name: "X-Key" },
      "k-9f3e27",
      ({ headers }) => headers["x-key"]?.toString(),
      "k-9f3e27",
    ],
    [
      "a key in the query",
      { type: "apiKey", in: "query", name: "k" },
      "k-9f3e27",
      ({ url }) => new URL(url, "http://x").searchParams.get("k"),
      "k-9f3e27",
    ],
    [
      "a key in a cookie",
      { type: "apiKey", in: "cookie", name: "sid" },
      "k-9f3e27",
      ({ headers }) => headers.cookie,
      "sid=k-9f3e27",
    ],
  ])(
    "gives the credential of %s where the scheme has it, and says when it is refused",
    async (_, scheme, value, carried, wanted) => {
      const own = file("one.json", {
        ...document,
        paths: { "/one": { get: { security: [{ own: [] }], responses } } },
        components: { securitySchemes: { own: scheme } },
      });
      const target = await servers.serve((seen, response) => {
        if (seen.method !== "GET") answer(response, 405);
        else answer(response, carried(seen) === wanted ? 200 : 401);
      });
      const args = ["--spec", own, "--target", target, "--auth"];
      const right = await run(...args, `own=${value}`);
      expect(right.code, right.output).toBe(0);
      expect(right.output).toContain("1 operation");
      expect(right.output + right.report).not.toContain("9f3e27");
      const wrong = await run(...args, `own=${value}0`);
      expect(wrong.output).toContain("the credential given for `own` was refused");
      expect(wrong.output + wrong.report).not.toContain("9f3e27");
      expect(wrong.code).toBe(2);
    },
  );

  it("finds a server that takes any credential of an alternative", async () => {
    const { code, output } = await run(
      "--target",
      await things(undefined, "any key in the query"),
      "--auth",
      "token=right-token",
      "--only",
      "me",
    );
    expect(output).toContain("answered 200 to a request with a wrong credential");
    expect(code).toBe(1);
  });

  it.each([
    ["tokn=x", /The contract has no security scheme tokn: did you mean token\?/],
    ["unused=x", /No operation uses the security scheme unused/],
    ["signed=x", /The security scheme signed isn't supported/],
    ["token", /--auth needs a name, "=" and a value/],
    ["token=", /--auth token has no value: is the variable set/],
  ])("is refused as %s", async (given, message) => {
    const { code, error } = await run("--target", await things(), "--auth", given);
    expect(error).toMatch(message);
    expect(code).toBe(2);
    expect(servers.seen).toEqual([]);
  });
});

describe("a refusal that isn't 401", () => {
  const refusing = (refusal: number, isOpen: boolean) =>
    servers.serve(({ method, headers }, response) => {
      const isIn = isOpen && headers.cookie?.includes("session=right-jar") === true;
      answer(response, method !== "GET" ? 405 : isIn ? 200 : refusal);
    });
  const judged = async (target: string) =>
    run("--target", target, "--only", "jar", "--auth", "jar=right-jar", "--check", "ignored-auth");

  it.each([
    ["hides with 404 what there is", 404, true, 0],
    ["hides everything, so that nothing is known of it", 404, false, 1],
    ["validates first, and refuses everybody", 400, false, 1],
    ["says 400 to those alone who lack the credential", 400, true, 1],
  ])("is weighed by what the right credential gets: a server that %s", async (_, refusal, isOpen, code) => {
    const outcome = await judged(await refusing(refusal, isOpen));
    expect(outcome.code, outcome.output).toBe(code);
    const isFinding = refusal === 400 && isOpen;
    expect(outcome.output.includes("Findings (")).toBe(isFinding);
  });
});

describe("a required header that is a credential", () => {
  const own = ["--header", "x-api-key: right-header", "--only", "keyed"];

  it("is tried with a wrong value", async () => {
    const right = await run("--target", await things(), ...own);
    expect(right.code, right.output).toBe(0);
    expect(
      servers.seen.some(({ headers }) => headers["x-api-key"] === "contract-tests-wrong-credential-0b64"),
    ).toBe(true);
    const any = await run("--target", await things(undefined, "any header key"), ...own);
    expect(any.output).toContain("answered 200 to a request with a wrong credential");
    expect(any.code).toBe(1);
  });

  it("is a warning where nobody knows a right one", async () => {
    const { code, output } = await run(
      "--target",
      await things(undefined, "any header key"),
      "--only",
      "keyed",
    );
    expect(output).toContain("with a made-up credential");
    expect(code).toBe(0);
  });
});

const config = (auth: unknown) => file("conformance.json", { auth, only: ["me"] });

describe("a token that is fetched", () => {
  const login = {
    operation: "login",
    body: { name: "ann", password: `\${PASSWORD}` },
    token: "/session/token",
  };

  it("comes from a login of the contract, is renewed once when it is refused, and stays secret", async () => {
    let number = 1;
    const token = () => `minted-token-number-${number}`;
    const target = await things(() => {
      // Every third request finds its token withdrawn.
      number = 1 + Math.floor(servers.seen.filter(({ url }) => url.startsWith("/me")).length / 3);
      return [token()];
    });
    const { code, output, report } = await run(
      "--target",
      target,
      "--config",
      config({ token: { login } }),
      "--fuzz-runs",
      "0",
    );
    expect(code, output).toBe(0);
    expect(number).toBeGreaterThan(1);
    const logins = servers.seen.filter(({ url }) => url === "/login");
    expect(logins.length).toBeGreaterThan(1);
    expect(logins.length).toBeLessThanOrEqual(number + 1);
    expect(report + output).not.toMatch(/minted-token|the-password/);
  });

  it("comes by client credentials, from where the document says, and is renewed before it expires", async () => {
    let given = 0;
    const issuer = await servers.serve(({ body, headers }, response) => {
      const [, pair = ""] = (headers.authorization ?? "").split("Basic ");
      // User and password are form-encoded there (RFC 6749, section 2.3.1).
      const isRight =
        decodeURIComponent(Buffer.from(pair, "base64").toString()) === "me:the-client-secret" &&
        body.includes("scope=read");
      if (!isRight) return answer(response, 401, { error: "invalid_client" });
      given++;
      answer(response, 200, { access_token: `minted-${given}`, token_type: "bearer", expires_in: 0.02 });
    });
    const tokenUrl = `${issuer}/token`;
    const oauth = { type: "oauth2", flows: { clientCredentials: { tokenUrl, scopes: {} } } };
    const own = file("oauth.json", {
      ...document,
      components: { securitySchemes: { ...document.components.securitySchemes, token: oauth } },
    });
    const target = await things(() => Array.from({ length: given }, (_, index) => `minted-${index + 1}`));
    const clientCredentials = { clientId: "me", clientSecret: `\${SECRET}`, scope: "read" };
    const args = ["--spec", own, "--target", target, "--rate", "100"];
    const right = await run(...args, "--config", config({ token: { clientCredentials } }));
    expect(right.code, right.output + right.error).toBe(0);
    expect(given).toBeGreaterThan(1);
    const wrong = await run(
      ...args,
      "--config",
      config({ token: { clientCredentials: { ...clientCredentials, clientId: "you" } } }),
    );
    expect(wrong.error).toMatch(/Client credentials got no token from .* invalid_client, status 401/);
    expect(wrong.error).not.toContain("the-client-secret");
    expect(wrong.code).toBe(2);
  });

  it.each([
    [
      { token: { login: { ...login, operation: "logon" } } },
      /auth\.token\.login "logon" matches no operation/,
    ],
    [{ token: { login: { ...login, token: "/token" } } }, /POST \/login returned no text at \/token/],
    [{ token: { login: { ...login, token: "session.token" } } }, /"token" must be a JSON Pointer/],
    [{ token: { login: { ...login, body: { name: "ann" } } } }, /the contract doesn't allow that body/],
    [
      { token: { login: { ...login, body: { name: "bob", password: "x" } } } },
      /POST \/login was answered 401/,
    ],
    [{ token: { login: { ...login, pasword: 1 } } }, /There is no setting pasword/],
    [{ token: { logn: login } }, /There is no setting logn: did you mean login\?/],
    [{ user: { login } }, /a basic credential can't be fetched/],
    [{ token: { clientCredentials: { clientId: "a", clientSecret: "b" } } }, /needs "tokenUrl"/],
    [{ tokn: { login } }, /The contract has no security scheme tokn: did you mean token\?/],
    [{ token: `\${NOT_SET}` }, /auth\.token needs the environment variable NOT_SET/],
  ])("is refused as %j", async (auth, message) => {
    const { code, error } = await run("--target", await things(), "--config", config(auth));
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});
