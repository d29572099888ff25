/** The package's entry `simulator`: a provider on loopback for other projects' tests. */
export type { Fault } from "./handler.ts";
export type { LifecycleFault } from "./lifecycle-faults.ts";
export { type MovableClock, movableClock } from "./movable-clock.ts";
export { ServeError } from "./serve.ts";
export {
  type Simulator,
  type SimulatorOptions,
  simulatorFaults,
  startSimulator,
  UnknownFaultError,
} from "./start-simulator.ts";
export { type Clock, tokenLifetimeMs } from "./token-ledger.ts";
