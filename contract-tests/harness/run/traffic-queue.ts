import type { PassingExchange } from "./traffic-source.ts";

/** So many bytes of bodies wait to be judged at most. */
const mostBytes = 32 * 1_048_576;
/** So many exchanges. */
const mostExchanges = 2_000;

/** Exchanges between the wire and the judge, bounded: what comes faster than it can be judged is counted and let go. */
export class TrafficQueue implements AsyncIterable<PassingExchange> {
  readonly #waiting: PassingExchange[] = [];
  #bytes = 0;
  #dropped = 0;
  #isEnded = false;
  #wake: () => void = () => undefined;

  push(exchange: PassingExchange): void {
    const size = sizeOf(exchange);
    if (this.#bytes + size > mostBytes || this.#waiting.length >= mostExchanges) this.#dropped++;
    else {
      this.#bytes += size;
      this.#waiting.push(exchange);
    }
    this.#wake();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** Exchanges that were let go. */
  get dropped(): number {
    return this.#dropped;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<PassingExchange, void, undefined> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next) {
        this.#bytes -= sizeOf(next);
        yield next;
      } else if (this.#isEnded) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

function sizeOf({ request, response }: PassingExchange): number {
  return (request.body?.length ?? 0) + (response?.body.length ?? 0);
}
