import type { Case } from "../cases/case.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import { isSafe } from "../http/loopback.ts";
import type { RunEvent } from "./events.ts";
import { mostFreshThings, mostInVain } from "./limits.ts";
import type { Maker } from "./maker.ts";

/** Answers that may be due to what a thing has become: gone, or in a state in which it can't be done (RFC 9110, 15.5). */
const ofState: ReadonlySet<number> = new Set([404, 409, 410, 412]);

interface Tally {
  made: number;
  /** So many in a row made no difference. */
  inVain: number;
  /** A valid request succeeded on another thing after it had been refused: each wants one of its own. */
  isUsedUp: boolean;
}

/**
 * Gives requests another thing where the one that they name is used up: what was lent can't be lent again, and what was
 * deleted can't be deleted. Only things that this run has made are replaced, as often as `limits.ts` says.
 */
export class FreshThings {
  readonly #maker: Maker;
  readonly #tallies = new Map<string, Tally>();

  constructor(maker: Maker) {
    this.#maker = maker;
  }

  /** True for a refusal that may be due to the state of the thing, and says nothing of the request. */
  mayBeOfState({ case: { request, expectation }, response }: Exchange): boolean {
    return (
      response !== undefined &&
      ofState.has(response.status) &&
      !isSafe(request.method) &&
      expectation !== "unsupported-method" &&
      this.#maker.things.madeAt(request.path) !== undefined
    );
  }

  /** True where each valid request wants a thing of its own. */
  isUsedUp(operation: Operation): boolean {
    return this.#tally(operation).isUsedUp;
  }

  /** The same case on a thing that was made for it; undefined when there is none. */
  async *another(operation: Operation, testCase: Case): AsyncGenerator<RunEvent, Case | undefined> {
    const tally = this.#tally(operation);
    const { request } = testCase;
    const old = this.#maker.things.madeAt(request.path);
    if (!old || isSafe(request.method) || tally.made >= mostFreshThings || tally.inVain >= mostInVain)
      return undefined;
    const thing = yield* this.#maker.make(old.resource);
    if (!thing) return undefined;
    tally.made++;
    const [path = "", ...query] = request.path.split("?");
    const below = path.split("/").slice(old.path.split("/").length);
    return {
      ...testCase,
      request: { ...request, path: [[thing.path, ...below].join("/"), ...query].join("?") },
    };
  }

  /** Learns whether another thing made a difference to a request that had been refused. */
  learn(operation: Operation, again: Exchange): void {
    const tally = this.#tally(operation);
    const helped = again.response !== undefined && !ofState.has(again.response.status);
    tally.inVain = helped ? 0 : tally.inVain + 1;
    if (helped && again.case.expectation === "accepted" && again.response.status < 400) tally.isUsedUp = true;
  }

  #tally({ id }: Operation): Tally {
    const tally = this.#tallies.get(id) ?? { made: 0, inVain: 0, isUsedUp: false };
    this.#tallies.set(id, tally);
    return tally;
  }
}

/** An exchange of which nobody can say what was due: any documented answer may be. */
export function undecided(exchange: Exchange): Exchange {
  const { deviation: _, ...testCase } = exchange.case;
  return { ...exchange, case: { ...testCase, expectation: "unknown" } };
}
