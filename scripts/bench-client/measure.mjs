/**
 * Measures one way of asking for a token, in a process of its own: `node measure.mjs SUBJECT_FILE BASE_URL`. The
 * subject's default export takes the base URL and returns a function that resolves to a token.
 */
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

const [subject, baseUrl] = process.argv.slice(2);
const { default: connect } = await import(pathToFileURL(subject).href);
const ask = await connect(baseUrl);

async function rate(count, width) {
  const times = [];
  let started = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (started < count) {
        started += 1;
        const at = performance.now();
        if ((await ask()) !== "sutkn_1234567890") throw new Error("no token");
        times.push(performance.now() - at);
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { perSecond: count / seconds, p50: at(0.5), p99: at(0.99) };
}

await rate(500, 10);
const single = await rate(1500, 1);
const many = await rate(4000, 50);
process.stdout.write(JSON.stringify({ single, many, peakMiB: process.resourceUsage().maxRSS / 1024 }));
process.exit();
