import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ran } from "../check-package/run.ts";
import { toolCache } from "../check-package/tool-cache.ts";
import { typeCheck } from "./type-check.ts";

/** The Workers example against the types of the Workers runtime, without those of Node and browsers. */
export async function workerTypes(root: string): Promise<Ran> {
  const folder = await toolCache(root, ["@cloudflare/workers-types@5.20261117.1"]);
  const main = join(folder, "worker-example.ts");
  writeFileSync(
    main,
    `import worker, { type Env } from ${JSON.stringify(join(root, "docs/examples/worker.ts"))};
const handler = { fetch: (request, env) => worker.fetch(request, env) } satisfies ExportedHandler<Env>;
export default handler;
`,
  );
  return typeCheck(root, folder, { files: [main], lib: ["ES2023"], types: ["@cloudflare/workers-types"] });
}
