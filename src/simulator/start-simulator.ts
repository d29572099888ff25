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
  /** The accepted keys, of which one is then demanded; by default any key that isn't empty. */
  readonly apiKeys?: readonly string[];
  /** The clock; the system's by default. */
  readonly clock?: Clock;
  /** Ids of the faults to start with; none by default. */
  readonly faults?: readonly string[];
}

export interface Simulator {
  /** Base URL without a trailing slash: `http://127.0.0.1:49152`. */
  readonly address: string;
  /** The same for WebSockets: `ws://127.0.0.1:49152`. */
  readonly webSocketAddress: string;
  /**
   * From now on misbehaves in exactly these ways; with no ids it conforms again. Tokens issued before stay as they are.
   *
   * @throws {UnknownFaultError} if an id is in no catalogue; then nothing changes.
   */
  switchFaults(ids: readonly string[]): void;
  /** Number of tokens remembered now: alive, used or recently expired. */
  readonly tokensRemembered: number;
  /** Stops listening and closes every connection and socket; safe to call twice. */
  close(): Promise<void>;
}

/** A fault was named that doesn't exist. */
export class UnknownFaultError extends Error {
  override readonly name = "UnknownFaultError";
}

type AnyFault = Pick<Fault, "id" | "breach"> & Partial<Pick<Fault, "wrap">>;

/** Every fault that a simulator can have: in a token's life, in single responses and in sessions. */
export const simulatorFaults: readonly (AnyFault | LifecycleFault | SessionFault)[] = [
  ...lifecycleFaults,
  ...tokenFaults,
  ...busyFaults,
  ...sessionFaults,
];

/**
 * Starts a stateful provider that conforms to the contract: its tokens live for fifteen minutes, for one use of one service.
 *
 * @throws {ServeError} if the port is taken or forbidden, or the host isn't this machine's.
 * @throws {UnknownFaultError} if a fault is unknown.
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
