// Asks for a single-use token. Usage: client.mjs URL, with the key in TOKEN_KEY.
import { setTimeout as sleep } from "node:timers/promises";

async function createToken(base, key) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${base}/v1/single-use-token/realtime_scribe`, {
      method: "POST",
      headers: { "xi-api-key": key },
      redirect: "manual", // the key belongs to the host that it was meant for
      signal: AbortSignal.timeout(30_000),
    });
    if (response.status === 200) return (await response.json()).token;
    if (response.status !== 429 || attempt === 3) throw new Error(`answered ${response.status}`);
    await sleep(1_000 * Number(response.headers.get("retry-after")));
  }
}

const token = await createToken(process.argv[2], process.env.TOKEN_KEY);
if (typeof token !== "string" || token === "") throw new Error("no token");
