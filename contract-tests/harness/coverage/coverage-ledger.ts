import type { Exchange } from "../checks/finding.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import type { PathTable } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { HttpResponse } from "../http/message.ts";
import { messageOf } from "../http/message-of.ts";
import type { Oracle } from "../schema/oracle.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { markAnswer } from "./mark-answer.ts";
import { markBroken, markValid, type Reading } from "./mark-request.ts";
import { OperationItems } from "./operation-items.ts";

/** Items counted over a whole contract, and of one operation at least and at most: reports are to stay readable. */
const mostItems = 100_000;
const mostOfOperation = { atLeast: 100, atMost: 1_000 };

/** Looks at the exchanges of a run, one by one, and records which part of the contract they cover. */
export class CoverageLedger {
  readonly #reading: Reading;
  readonly #operations: ReadonlyMap<string, Operation>;
  /** Made when they are first asked for. */
  readonly #items = new Map<Operation, OperationItems>();
  readonly #most: number;
  /** Answers that were looked at: many servers say the same again and again. */
  readonly #known = new Set<string>();

  constructor(contract: Contract, oracle: Oracle, paths: PathTable, operations: readonly Operation[]) {
    this.#reading = { contract, oracle, paths };
    this.#operations = new Map(operations.map((operation) => [operation.id, operation]));
    const { atLeast, atMost } = mostOfOperation;
    this.#most = Math.max(atLeast, Math.min(atMost, Math.floor(mostItems / contract.operations.length)));
  }

  get coverage(): Coverage {
    return coverageOf([...this.#operations.values()].map((operation) => this.#itemsOf(operation).coverage));
  }

  /**
   * An unanswered request wasn't tried; what can't be looked at covers nothing.
   *
   * @returns what couldn't be looked at, with the reason
   */
  see({
    case: { operation: id, expectation, request, deviation },
    response,
  }: Exchange): readonly NotJudged[] {
    const operation = this.#operations.get(id);
    if (!operation || !response || expectation === "unsupported-method" || expectation === "undocumented")
      return [];
    const items = this.#itemsOf(operation);
    const isLetIn = expectation === "accepted" && response.status !== 401 && response.status !== 403;
    const isKnown = (contentType: string) => this.#isKnown(operation, response, contentType);
    const ofRequest = problemOf(() => {
      if (expectation !== "rejected") markValid(this.#reading, operation, items, request, isLetIn);
      else if (deviation) markBroken(this.#reading, operation, items, request, deviation);
    });
    const ofAnswer = problemOf(() =>
      markAnswer(this.#reading.oracle, operation, items, { request, response, isKnown }),
    );
    const left = (what: string, problem: string | undefined) =>
      problem === undefined ? [] : [{ operation: id, reason: `${what} in the coverage: ${problem}` }];
    return [
      ...left("not every schema is counted", items.problem),
      ...left("an exchange isn't counted", ofRequest),
      ...left("an exchange isn't counted", ofAnswer),
    ];
  }

  #itemsOf(operation: Operation): OperationItems {
    const { contract, oracle } = this.#reading;
    const items = this.#items.get(operation) ?? new OperationItems(contract, oracle, operation, this.#most);
    this.#items.set(operation, items);
    return items;
  }

  #isKnown({ id }: Operation, { status, body }: HttpResponse, contentType: string): boolean {
    if (body.length > 2_000) return false;
    const key = [id, status, contentType, Buffer.from(body).toString("latin1")].join("\n");
    if (this.#known.has(key)) return true;
    this.#known.add(key);
    return false;
  }
}

/** Some values exceed the budget for looking at them: whether they cover anything is unknown, so they don't. */
function problemOf(look: () => void): string | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
