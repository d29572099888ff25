import { startPrismMock } from "../targets/prism-mock.ts";
import type { Target } from "../targets/target.ts";
import { urlTarget } from "../targets/url.ts";
import type { SuiteSettings } from "./suite-settings.ts";

/** The server that the settings name, or a Prism mock of their contract. */
export async function openTarget({ target, contractFile }: SuiteSettings): Promise<Target> {
  return target ? urlTarget(target.address, { kind: target.kind }) : startPrismMock(contractFile);
}
