import { connect } from "node:net";
import { sign } from "hono/jwt";
import { startHangingProvider } from "../../contract-tests/suites/token-endpoint/hanging-provider.ts";
import { startSimulator } from "../../src/simulator/start-simulator.ts";
import { runWorker } from "./run-worker.ts";

const origin = "https://app.example";
const key = "sk_key_of_the_worker";
const secret = "a secret of at least thirty-two bytes";
const path = "/api/single-use-token";

/** What was wrong with the Workers example on workerd; empty when nothing was. */
export async function workerAnswers(root: string): Promise<string[]> {
  return [...(await answers(root)), ...(await noticesLeaving(root))];
}

const variables = (provider: string) => ({
  ELEVENLABS_API_KEY: key,
  SESSION_SECRET: secret,
  APP_ORIGIN: origin,
  ELEVENLABS_BASE_URL: provider,
});

async function request(headers: Readonly<Record<string, string>> = {}) {
  const session = await sign({ sub: "ada" }, secret, "HS256");
  const own = { origin, authorization: `Bearer ${session}`, "content-type": "application/json" };
  return { method: "POST", body: '{"token_type":"realtime_scribe"}', headers: { ...own, ...headers } };
}

async function answers(root: string): Promise<string[]> {
  const simulator = await startSimulator({ apiKeys: [key] });
  const worker = await runWorker(root, variables(simulator.address));
  try {
    const expected: readonly (readonly [number, RequestInit])[] = [
      [200, await request()],
      [401, await request({ authorization: "Bearer forged" })],
      [403, await request({ origin: "https://evil.test" })],
      [405, { method: "GET" }],
      [413, { ...(await request()), body: "x".repeat(2_000) }],
    ];
    const problems: string[] = [];
    for (const [status, init] of expected) {
      const response = await fetch(worker.address + path, init);
      const body = await response.text();
      if (response.status !== status) problems.push(`expected ${status}, got ${response.status} ${body}`);
      if (status === 200 && !body.includes("sutkn_")) problems.push(`no token in ${body}`);
    }
    if (simulator.tokensRemembered !== 1)
      problems.push(`${simulator.tokensRemembered} tokens were minted, not 1`);
    return problems;
  } finally {
    await worker.close();
    await simulator.close();
  }
}

/** A caller that hangs up ends the worker's request to the provider. */
async function noticesLeaving(root: string): Promise<string[]> {
  const provider = await startHangingProvider();
  const worker = await runWorker(root, variables(provider.address));
  try {
    const { port, hostname } = new URL(worker.address);
    const { method, headers, body } = await request();
    const lines = Object.entries({ host: "localhost", "content-length": body.length, ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const caller = connect(Number(port), hostname);
    caller.write(`${method} ${path} HTTP/1.1\r\n${head}\r\n${body}`);
    await provider.until(({ open }) => open === 1);
    // workerd takes a connection that is merely closed for half-closed, and goes on writing to it.
    caller.resetAndDestroy();
    const ended = await Promise.race([
      provider.until(({ open }) => open === 0).then(() => true),
      // Well below the ten seconds after which the endpoint gives up by itself.
      new Promise<false>((resolve) => setTimeout(resolve, 5_000, false)),
    ]);
    return ended ? [] : ["a caller left, and its request upstream went on"];
  } finally {
    await worker.close();
    await provider.close();
  }
}
