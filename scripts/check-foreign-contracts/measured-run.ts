import { judgeDocument, mockLimitsOf } from "./judge-document.ts";

/** Run by judge-cut.ts in a process of its own: judges one document, and tells what it found and what it took. */
const file = process.argv[2] ?? "";
let readySeconds = 0;
const judged = await judgeDocument(file, (done, total) => {
  if (done === 1) readySeconds = process.uptime();
  if (done % 50 === 0) process.send?.({ done, total });
});
if ("notJudged" in judged) throw new Error(judged.notJudged);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cost = {
  operations: judged.contract.operations.length,
  requests: judged.summary.requestsSent,
  findings: judged.summary.findings,
  mockLimits: mockLimitsOf(judged.summary),
  readySeconds,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  peakMiB: maxRSS / 1024,
};
process.send?.({ cost }, () => process.exit());
