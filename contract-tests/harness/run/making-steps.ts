import { isDone } from "../cases/answered.ts";
import { type MadeThing, madeBy } from "../cases/identify.ts";
import { canonicalPath } from "../cases/runtime-expression.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { isSafe } from "../http/loopback.ts";
import type { Oracle } from "../schema/oracle.ts";
import { answerValue } from "./answer-value.ts";

/** So many things are remembered: traffic may go on for days. */
const mostThings = 1_000;
/** So many changes of each. */
const mostChanges = 50;

/** What made and changed the things that later exchanges name in their paths: without that nobody can send those again. */
export class MakingSteps {
  readonly #contract: Contract;
  readonly #oracle: Oracle;
  /** By path: what made the thing, and then what changed it. */
  readonly #history = new Map<string, Exchange[]>();
  readonly #order = new WeakMap<Exchange, number>();
  #observed = 0;

  constructor(contract: Contract, oracle: Oracle) {
    this.#contract = contract;
    this.#oracle = oracle;
  }

  observe(operation: Operation, exchange: Exchange): void {
    this.#order.set(exchange, this.#observed++);
    for (const { path } of thingsMade(this.#contract, this.#oracle, operation, exchange)) {
      const key = canonicalPath(path);
      this.#history.delete(key);
      this.#history.set(key, [exchange]);
      const [oldest] = this.#history.keys();
      if (this.#history.size > mostThings && oldest !== undefined) this.#history.delete(oldest);
    }
    const { request } = exchange.case;
    const own = isSafe(request.method) ? undefined : this.#history.get(canonicalPath(request.path));
    if (own && exchange.response && isDone(exchange.response)) own.push(exchange);
    if (own && own.length > mostChanges) own.splice(1, 1);
  }

  /** `steps` with everything else that `last` needs before it, in the order in which it happened. */
  before(steps: readonly Exchange[], last: Exchange): readonly Exchange[] {
    const all = new Set<Exchange>(steps);
    for (const exchange of [...steps, last]) {
      const segments = canonicalPath(exchange.case.request.path).split("/");
      for (let length = 2; length <= segments.length; length++)
        for (const one of this.#history.get(segments.slice(0, length).join("/")) ?? []) all.add(one);
    }
    all.delete(last);
    const at = (exchange: Exchange) => this.#order.get(exchange) ?? 0;
    return [...all].sort((a, b) => at(a) - at(b));
  }
}

/** What an exchange has made, as far as its answer tells. */
export function thingsMade(
  contract: Contract,
  oracle: Oracle,
  operation: Operation,
  { case: { request }, response }: Exchange,
): readonly MadeThing[] {
  if (!response || request.method !== "POST" || operation.method !== "POST") return [];
  const body = answerValue(oracle, request, response);
  return madeBy(contract, oracle, { operation, request, response, body });
}
