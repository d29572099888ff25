import { expect, it } from "vitest";
import { serve } from "../../../src/simulator/serve.ts";
import { loadContract } from "../../harness/contract/load-contract.ts";
import { run } from "../../harness/run/run.ts";
import { urlTarget } from "../../harness/targets/url.ts";
import { type NotesFault, notesFaults, notesFile, notesProvider } from "../notes-provider.ts";

const contract = await loadContract(notesFile);

/** What is found on a server whose reads depend on what was written, and answer in an order of their own. */
async function judged(workers: number, fault?: NotesFault, maxRequests?: number) {
  const provider = notesProvider(contract, fault);
  const busy = { now: 0, most: 0 };
  const served = await serve(async (request) => {
    busy.now++;
    busy.most = Math.max(busy.most, busy.now);
    const answer = await provider(request);
    await new Promise((resolve) => setTimeout(resolve, (request.url.length * 7) % 4));
    busy.now--;
    return answer;
  });
  const target = urlTarget(served.address);
  try {
    for await (const event of run({
      contract,
      target,
      workers,
      fuzzRuns: 3,
      maxCases: 40,
      ...(maxRequests ? { maxRequests } : {}),
    })) {
      if (event.type !== "run-finished") continue;
      const { findings, counts, successes, notJudged, requestsSent } = event.summary;
      const found = findings.map(({ id, caseId, occurrences, curl }) => ({
        id,
        caseId,
        occurrences,
        curl: curl.replaceAll(served.address, ""),
      }));
      return { result: { found, counts, successes, notJudged, requestsSent }, most: busy.most };
    }
    throw new Error("the run told no end");
  } finally {
    await target.close();
    await served.close();
  }
}

it.each([undefined, ...notesFaults.map(({ id }) => id)])(
  "is the same with six workers as with one: %s",
  async (fault) => {
    const one = await judged(1, fault);
    const six = await judged(6, fault);
    expect(one.most).toBe(1);
    expect(six.most).toBeGreaterThan(1);
    expect(one.result.found.length > 0).toBe(fault !== undefined);
    expect(six.result).toEqual(one.result);
  },
);

it("is the same where a limit ends the run", async () => {
  const one = await judged(1, "filter-ignored", 60);
  expect(one.result.requestsSent).toBe(60);
  expect((await judged(6, "filter-ignored", 60)).result).toEqual(one.result);
});
