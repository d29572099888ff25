import { afterAll, describe, expect, it } from "vitest";
import { loadContract } from "../../harness/contract/load-contract.ts";
import { run } from "../../harness/run/run.ts";
import { urlTarget } from "../../harness/targets/url.ts";
import { lendingServer, lendingToken } from "../lending-server.ts";
import { OwnApi } from "./own-api.ts";

const api = new OwnApi();
afterAll(() => api.end());

describe("a credential that every operation refuses", () => {
  it.each([
    [
      "missing",
      ["--max-cases", "8"],
      "no credential was given for `bearer`, and every operation that requires it refused (401): pass --auth bearer=TOKEN",
    ],
    [
      "wrong",
      ["--max-cases", "8", "--auth", "bearer=wrong"],
      "the credential given for `bearer` was refused by every operation that requires it (401)",
    ],
  ])("is reported once when it is %s, and nothing that follows from it", async (_, args, reason) => {
    const { code, output, ids, summary } = await api.judged(undefined, args);
    expect(code, output).toBe(2);
    expect(ids).toEqual([]);
    expect(summary.stopped).toEqual({ by: "target", reason });
    expect(output).toContain(`✗ conforms as far as judged, incomplete because ${reason}: `);
    expect(summary.notJudged).toContainEqual({
      operation: "POST /books",
      check: "positive-data-acceptance",
      reason,
    });
  });
});

it("takes credentials as an object by the names of security schemes", async () => {
  const target = urlTarget(await lendingServer(api.servers));
  const contract = await loadContract(api.spec);
  const events = run({
    contract,
    target,
    auth: { bearer: lendingToken },
    only: ["GET /books"],
    phases: ["coverage"],
    maxCases: 5,
  });
  for await (const event of events)
    if (event.type === "run-finished")
      expect(event.summary.successes?.every(({ tried, succeeded }) => tried === succeeded)).toBe(true);
  await target.close();
});
