import { isDone } from "../cases/answered.ts";
import { type MadeThing, madeBy } from "../cases/identify.ts";
import type { Resource } from "../cases/resources.ts";
import { canonicalPath } from "../cases/runtime-expression.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { isSafe } from "../http/loopback.ts";
import type { Oracle } from "../schema/oracle.ts";
import { answerValue } from "./answer-value.ts";

/** What this run has made on the server and not deleted yet, as far as answers tell. */
export class Things {
  readonly #contract: Contract;
  readonly #oracle: Oracle;
  readonly #alive = new Map<string, MadeThing>();
  /** By path, those included that are deleted. */
  readonly #everMade = new Map<string, MadeThing>();
  readonly #made = new WeakMap<Exchange, readonly MadeThing[]>();
  /** Paths that a read has succeeded at. */
  readonly #found = new Set<string>();

  constructor(contract: Contract, oracle: Oracle) {
    this.#contract = contract;
    this.#oracle = oracle;
  }

  /** The newest first. */
  get all(): readonly MadeThing[] {
    return [...this.#alive.values()].reverse();
  }

  newest(resource: Resource): MadeThing | undefined {
    return this.all.find((thing) => thing.resource === resource);
  }

  /** The thing of this run's that a path names or lies below, the innermost; it may be deleted already. */
  madeAt(path: string): MadeThing | undefined {
    const segments = canonicalPath(path).split("/");
    for (let length = segments.length; length > 1; length--) {
      const thing = this.#everMade.get(segments.slice(0, length).join("/"));
      if (thing) return thing;
    }
    return undefined;
  }

  /** The one of a resource that an exchange has made. */
  of(exchange: Exchange, resource: Resource): MadeThing | undefined {
    return this.#made.get(exchange)?.find((thing) => thing.resource === resource);
  }

  /** True of the path of a thing, or below it, that no read has found yet. */
  isUnsure(path: string): boolean {
    const asked = canonicalPath(path);
    return [...this.#alive.keys()].some(
      (own) => !this.#found.has(own) && (asked === own || asked.startsWith(`${own}/`)),
    );
  }

  /** Learns from an exchange what it has made and deleted. */
  observe(operation: Operation, exchange: Exchange): void {
    const {
      case: { request },
      response,
    } = exchange;
    if (!response || request.method !== operation.method) return;
    const path = canonicalPath(request.path);
    if (request.method === "DELETE" ? isDone(response) : response.status === 404 || response.status === 410)
      this.#alive.delete(path);
    if (isSafe(request.method) && isDone(response)) this.#found.add(path);
    const body = answerValue(this.#oracle, request, response);
    const made = madeBy(this.#contract, this.#oracle, { operation, request, response, body });
    for (const thing of made) {
      this.#alive.set(canonicalPath(thing.path), thing);
      this.#everMade.set(canonicalPath(thing.path), thing);
    }
    if (made.length > 0) this.#made.set(exchange, made);
  }
}
