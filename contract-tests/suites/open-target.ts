import type { Target } from "../harness/run/target.ts";
import { startPrismMock } from "../harness/targets/prism-mock.ts";
import { urlTarget } from "../harness/targets/url.ts";
import type { SuiteSettings } from "./suite-settings.ts";

/** The server that the settings name, or a Prism mock of their contract. */
export async function openTarget({ target, contractFile }: SuiteSettings): Promise<Target> {
  return target ? urlTarget(target.address, { kind: target.kind }) : startPrismMock(contractFile);
}
