import { busyFaults } from "./busy-faults.ts";
import { tokenFaults } from "./faults/catalogue.ts";
import type { Fault } from "./handler.ts";
import { type LifecycleFault, lifecycleFaults } from "./lifecycle-faults.ts";
import { serve } from "./serve.ts";
import { type SessionFault, sessionFaults } from "./session-faults.ts";
import { type Clock, type Ledger, TokenLedger } from "./token-ledger.ts";
import { tokenProvider } from "./token-provider.ts";
import { tokenSockets } from "./token-sockets.ts";

export interface SimulatorOptions {
  /** 0, the default, lets the system choose a free port. */
  readonly port?: number;
  /** The interface to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** The keys that are right; by default any key that isn't empty. */
  readonly apiKeys?: readonly string[];
  /** Where the time comes from; the system's by default. */
  readonly clock?: Clock;
  /** Ids of the faults to begin with; none by default. */
  readonly faults?: readonly string[];
}

export interface Simulator {
  /** Base URL without a trailing slash: `http://127.0.0.1:49152`. */
  readonly address: string;
  /** The same for WebSockets: `ws://127.0.0.1:49152`. */
  readonly webSocketAddress: string;
  /**
   * Misbehaves from now on in these ways and no others; with no ids it conforms again. Tokens handed out before keep
   * their lives.
   *
   * @throws {UnknownFaultError} when an id is in no catalogue; nothing is changed then.
   */
  switchFaults(ids: readonly string[]): void;
  /** Tokens remembered now: alive, used, or expired not long ago. */
  readonly tokensRemembered: number;
  /** Stops listening, cuts every connection and socket; safe to call twice. */
  close(): Promise<void>;
}

/** A fault was named that the simulator doesn't have. */
export class UnknownFaultError extends Error {
  override readonly name = "UnknownFaultError";
}

type AnyFault = Pick<Fault, "id" | "breach"> & Partial<Pick<Fault, "wrap">>;

/** Every fault that a simulator can be switched to: of a token's life, of single answers and of sessions. */
export const simulatorFaults: readonly (AnyFault | LifecycleFault | SessionFault)[] = [
  ...lifecycleFaults,
  ...tokenFaults,
  ...busyFaults,
  ...sessionFaults,
];

/**
 * Starts a provider that conforms to the contract and gives its tokens a life: fifteen minutes, one use, one service.
 *
 * @throws {ServeError} when the port is taken, forbidden, or the host is not ours.
 * @throws {UnknownFaultError} when a fault is unknown.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = "127.0.0.1", apiKeys, clock, faults = [] } = options;
  const ledger = new TokenLedger(clock);
  let bent: Ledger = ledger;
  const currentLedger: Ledger = {
    mint: (type) => bent.mint(type),
    use: (token, type) => bent.use(token, type),
  };
  const conforming = tokenProvider({ ledger: currentLedger, ...(apiKeys && { apiKeys }) });
  let handler = conforming;
  let failure: SessionFault["failure"] | undefined;

  function switchFaults(ids: readonly string[]): void {
    const wanted = ids.map(faultById);
    bent = wanted.reduce<Ledger>((next, fault) => ("bend" in fault ? fault.bend(next) : next), ledger);
    handler = wanted.reduce(
      (next, fault) => ("wrap" in fault && fault.wrap ? fault.wrap(next) : next),
      conforming,
    );
    failure = wanted.reduce<typeof failure>(
      (last, fault) => ("failure" in fault ? fault.failure : last),
      undefined,
    );
  }
  switchFaults(faults);

  const onUpgrade = await tokenSockets(currentLedger, () => failure);
  const { address, close } = await serve((request) => handler(request), { port, host, onUpgrade });

  return {
    address,
    webSocketAddress: address.replace(/^http/, "ws"),
    switchFaults,
    get tokensRemembered() {
      return ledger.size;
    },
    close,
  };
}

function faultById(id: string): (typeof simulatorFaults)[number] {
  const fault = simulatorFaults.find((candidate) => candidate.id === id);
  if (!fault)
    throw new UnknownFaultError(
      `There is no fault ${JSON.stringify(id)}; the export simulatorFaults lists them all (--list-faults on the command line).`,
    );
  return fault;
}
