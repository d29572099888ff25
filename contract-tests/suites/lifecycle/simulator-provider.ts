import { movableClock } from "../../../src/simulator/movable-clock.ts";
import { startSimulator } from "../../../src/simulator/start-simulator.ts";
import type { LifecycleProvider } from "./lifecycle-provider.ts";
import { urlProvider } from "./url-provider.ts";

/** A simulator of its own, whose fifteen minutes pass at a word. */
export async function startSimulatorProvider(
  faults: readonly string[] = [],
): Promise<LifecycleProvider & { close(): Promise<void> }> {
  const clock = movableClock();
  const { address, close } = await startSimulator({ clock, faults });
  const passTime = async (ms: number) => clock.advance(ms);
  return { ...urlProvider(address, { apiKey: "any-key", passTime }), close };
}
