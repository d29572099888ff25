import { expect, it } from "vitest";
import { serve } from "../../../src/simulator/serve.ts";
import type { Finding } from "../../harness/checks/finding.ts";
import { loadContract } from "../../harness/contract/load-contract.ts";
import { run } from "../../harness/run/run.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { urlTarget } from "../../harness/targets/url.ts";
import { type NotesFault, notesFile, notesProvider } from "../notes-provider.ts";

const contract = await loadContract(notesFile);

/** Runs against a provider of notes; what it was asked, what was found, and what it lists in the end. */
async function judge(options: Partial<RunOptions> = {}, fault?: NotesFault) {
  const provider = notesProvider(contract, fault);
  const asked: string[] = [];
  const served = await serve((request) => {
    asked.push(`${request.method} ${request.url}`);
    return provider(request);
  });
  const target = urlTarget(served.address);
  try {
    let findings: readonly Finding[] = [];
    for await (const event of run({ contract, target, fuzzRuns: 0, maxCases: 30, ...options }))
      if (event.type === "run-finished") findings = event.summary.findings;
    const list = await fetch(`${served.address}/notes?limit=100`);
    const { total }: { total: number } = JSON.parse(await list.text());
    return { asked, findings, total, address: served.address };
  } finally {
    await target.close();
    await served.close();
  }
}

it("deletes in the end what it made, and nothing else", async () => {
  expect((await judge()).total).toBe(3); // those that were there before
});

it("shows every step that led to a finding, in order, as curl lines", async () => {
  const { findings, address } = await judge({}, "delete-keeps");
  const found = findings.find(
    ({ check, operation }) => check === "use-after-free" && operation === "GET /notes/{noteId}",
  );
  expect(found?.curl.split("\n").map((line) => line.replace(/ -H.*$/, ""))).toEqual([
    `curl -sS -i --path-as-is --globoff -X DELETE ${address}/notes/4`,
    `curl -sS -i --path-as-is --globoff -X GET ${address}/notes/4`,
  ]);
});

it("never sends what the filters leave out", async () => {
  const { asked } = await judge({ skip: ["DELETE", "POST"] });
  expect(asked.filter((line) => /^DELETE \/notes\/\d+$|^POST \/notes$/.test(line))).toEqual([]);
  expect(asked.some((line) => line.startsWith("GET /notes/1"))).toBe(true); // one that is there is read
});

it("makes nothing and changes nothing where writes aren't allowed", async () => {
  const provider = notesProvider(contract);
  const methods = new Set<string>();
  const served = await serve((request) => {
    methods.add(request.method);
    return provider(request);
  });
  const capabilities = { isStatic: false, allowsWrites: false };
  const target = urlTarget(served.address, { capabilities });
  try {
    for await (const _ of run({ contract, target, fuzzRuns: 0, maxCases: 30 })) void _;
  } finally {
    await target.close();
    await served.close();
  }
  expect([...methods].sort()).toEqual(["GET", "HEAD", "OPTIONS", "TRACE"]); // which is safe
});

it("asks the same of the same server, seed for seed", async () => {
  expect((await judge({ seed: 5 })).asked).toEqual((await judge({ seed: 5 })).asked);
});
