import type { HttpRequest, HttpResponse } from "../http/message.ts";

/** A token that somebody gives out for a time. */
export interface Token {
  readonly value: string;
  /** Milliseconds from now for which it is good; undefined: nobody said. */
  readonly lifetimeMs?: number;
}

/**
 * Gets a token.
 *
 * @throws {UserError} when there is none to be had
 */
export type TokenSupply = (signal?: AbortSignal) => Promise<Token>;

interface Held {
  readonly supply: TokenSupply;
  readonly standIn: string;
  /** All that were good at some time, the current one last. */
  readonly values: string[];
  renewAt: number;
  /** The last renewal was of no use: what was refused was refused again. */
  isVain: boolean;
  /** Under way. */
  renewal: Promise<void> | undefined;
}

/** A token isn't used in the last part of its life: a request takes its time. */
const longestMarginMs = 30_000;

/**
 * Tokens of security schemes that are fetched, renewed before they expire, and renewed once when one is refused. Requests
 * are planned with stand-ins; the tokens are put in as they are sent.
 */
export class FreshTokens {
  readonly #held: ReadonlyMap<string, Held>;
  readonly #learn: (token: string) => void;

  /** @param learn is told each token before it is used: it is a secret from then on */
  constructor(supplies: ReadonlyMap<string, TokenSupply>, learn: (token: string) => void) {
    this.#learn = learn;
    this.#held = new Map(
      [...supplies].map(([name, supply], index) => [
        name,
        {
          supply,
          standIn: `contract-tests-token-${index}-6c21d9`,
          values: [],
          renewAt: 0,
          isVain: false,
          renewal: undefined,
        },
      ]),
    );
  }

  /** What stands for the token of each scheme in planned requests. */
  get standIns(): ReadonlyMap<string, string> {
    return new Map([...this.#held].map(([name, { standIn }]) => [name, standIn]));
  }

  /**
   * Gets every token for the first time.
   *
   * @throws {UserError} when one can't be had
   */
  async begin(signal?: AbortSignal): Promise<void> {
    for (const held of this.#held.values()) await this.#renew(held, signal);
  }

  /**
   * The request with the current tokens in place of stand-ins and of earlier tokens.
   *
   * @throws {UserError} when one has expired and can't be renewed
   */
  async filled(request: HttpRequest, signal?: AbortSignal): Promise<HttpRequest> {
    let filled = request;
    for (const held of this.#held.values()) {
      const carried = carriedOf(held, filled);
      if (carried === undefined) continue;
      if (performance.now() >= held.renewAt) await this.#renew(held, signal);
      filled = replaced(filled, carried, held.values.at(-1) ?? "");
    }
    return filled;
  }

  /**
   * The request with new tokens when the answer says that its own weren't good; undefined when it doesn't, or when new
   * ones weren't of use before.
   */
  async afterRefusal(
    request: HttpRequest,
    { status }: HttpResponse,
    signal?: AbortSignal,
  ): Promise<HttpRequest | undefined> {
    let isOutdated = false;
    for (const held of this.#held.values()) {
      const carried = carriedOf(held, request);
      if (carried === undefined) continue;
      if (status !== 401) {
        if (carried === held.values.at(-1)) held.isVain = false;
        continue;
      }
      if (held.renewal) await held.renewal; // another request was refused before
      if (carried === held.values.at(-1)) {
        if (held.isVain) continue;
        held.isVain = true; // until it is seen to be of use
        await this.#renew(held, signal);
      }
      isOutdated = true;
    }
    return isOutdated ? this.filled(request, signal) : undefined;
  }

  /** Once for all that wait for it. */
  #renew(held: Held, signal?: AbortSignal): Promise<void> {
    held.renewal ??= this.#fetch(held, signal).finally(() => {
      held.renewal = undefined;
    });
    return held.renewal;
  }

  async #fetch(held: Held, signal?: AbortSignal): Promise<void> {
    const { value, lifetimeMs } = await held.supply(signal);
    this.#learn(value);
    const known = held.values.indexOf(value);
    if (known >= 0) held.values.splice(known, 1);
    held.values.push(value);
    held.renewAt =
      lifetimeMs === undefined
        ? Number.POSITIVE_INFINITY
        : performance.now() + lifetimeMs - Math.min(longestMarginMs, lifetimeMs / 4);
  }
}

/** What a request carries of a scheme: the longest, since a token may begin as an earlier one does. */
function carriedOf({ standIn, values }: Held, { headers, path }: HttpRequest): string | undefined {
  return [standIn, ...values]
    .filter(
      (value) => path.includes(encodeURIComponent(value)) || headers.some(([, line]) => line.includes(value)),
    )
    .sort((a, b) => b.length - a.length)[0];
}

function replaced(request: HttpRequest, old: string, value: string): HttpRequest {
  if (old === value) return request;
  return {
    ...request,
    path: request.path.replaceAll(encodeURIComponent(old), () => encodeURIComponent(value)),
    headers: request.headers.map(([name, line]) => [name, line.replaceAll(old, () => value)] as const),
  };
}
