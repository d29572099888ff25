import type { Contract } from "../harness/contract/contract.ts";
import { operationAt } from "../harness/contract/match-operation.ts";
import { curlLine } from "../harness/run/curl-line.ts";
import type { RunHeader } from "../harness/run/events.ts";
import { Ledger, toFinding } from "../harness/run/ledger.ts";
import type { Target } from "../harness/run/target.ts";
import { carriedSecrets } from "../harness/wire/secrets-of.ts";
import type { ConsumerOutcome } from "./consumer-call.ts";
import { eventTeller } from "./event-channel.ts";
import type { SuiteSettings } from "./suite-settings.ts";

/** Tells what the consumer suite finds in the words of a run, so that reports show it beside the provider's. */
export class ConsumerBook {
  readonly #ledger = new Ledger();
  readonly #contract: Contract;
  readonly #teller: ReturnType<typeof eventTeller>;
  readonly #operations = new Set<string>();
  #header: RunHeader | undefined;
  #address = "";
  #requests = 0;

  constructor(contract: Contract, settings: SuiteSettings) {
    this.#contract = contract;
    this.#teller = eventTeller("consumer", settings.channel);
  }

  open(target: Target, casesPlanned: number): void {
    this.#address = target.address;
    const { title, file, sha256, operations } = this.#contract;
    this.#header = {
      contract: { title, file, sha256 },
      target: { kind: target.kind, address: target.address },
      seed: 0,
      schemasCompiled: 0,
      schemasTotal: 0,
      operations: operations.length,
      casesPlanned,
      startedAt: new Date().toISOString(),
    };
    this.#teller.tell({ type: "run-started", header: this.#header });
  }

  enter({ exchange, complaints }: ConsumerOutcome): void {
    const { operation, request } = exchange.case;
    this.#operations.add(operation);
    this.#requests++;
    const documented = operationAt(
      this.#contract,
      request.method,
      operation.slice(operation.lastIndexOf(" ") + 1),
    );
    const curl = curlLine(this.#address, request, carriedSecrets(this.#contract, documented, request));
    const findings = complaints.flatMap(([check, list]) => {
      this.#ledger.count(operation, check, list.length > 0 ? "failed" : "passed");
      return list.map((complaint) =>
        this.#ledger.add(toFinding(check, complaint, exchange, this.#contract.line(complaint.pointer), curl)),
      );
    });
    this.#teller.tell({ type: "exchange", exchange, findings });
  }

  close(): void {
    if (this.#header) this.#tellEnd(this.#header);
    this.#teller.done(this.#header ? undefined : "the consumer suite couldn't start");
  }

  #tellEnd(header: RunHeader): void {
    for (const operation of this.#operations)
      this.#teller.tell({ type: "operation-finished", operation, counts: this.#ledger.countsOf(operation) });
    const { counts, findings } = this.#ledger;
    this.#teller.tell({
      type: "run-finished",
      header,
      summary: {
        verdict: findings.length > 0 ? "does-not-conform" : counts.length > 0 ? "conforms" : "judged-nothing",
        counts,
        findings,
        notJudged: [],
        requestsSent: this.#requests,
        durationMs: 0,
      },
    });
  }
}
