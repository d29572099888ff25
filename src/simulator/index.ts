/** The entry `simulator` of the package: a provider on loopback for the tests of other projects. */
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
