import { checkReferences } from "./check-references.ts";
import type { Inputs } from "./inputs.ts";
import type { JsonObject } from "./json.ts";
import { mergePages } from "./merge-pages.ts";
import { type AppliedAction, applyOverlays } from "./overlays.ts";
import type { PlaceInPage } from "./place-in-page.ts";
import { refuseUnsafeAddresses } from "./refuse-unsafe-addresses.ts";
import { type AppliedRepair, repairPage } from "./repair-page.ts";
import type { Repair } from "./repairs/repair.ts";

/** The contract of all pages together: repaired, merged and overlaid, before it is linted or anything made of it. */
export interface AssembledContract {
  readonly document: JsonObject;
  /** The same before the overlays: what the pages alone say. */
  readonly documented: JsonObject;
  /** Where a place of the document comes from. */
  readonly place: PlaceInPage;
  /** What the repairs changed in the pages. */
  readonly repaired: readonly AppliedRepair[];
  readonly overlaid: readonly AppliedAction[];
  /** One sentence for each overlay action that no longer does anything. */
  readonly stale: readonly string[];
  /** One sentence for each overlay action that was left out since the page says so itself. */
  readonly dropped: readonly string[];
}

/** @throws InputError with the place in the page when a page can't be read, or two of them don't fit together */
export async function assembleContract(
  { pages, overlays }: Pick<Inputs, "pages" | "overlays">,
  repairs: readonly Repair[],
): Promise<AssembledContract> {
  const repaired = pages.map(({ record, page }) => {
    const result = repairPage(page, record.imported, repairs);
    refuseUnsafeAddresses(page, result.document, result.place);
    checkReferences(result.document, result.place);
    return { file: page.file, ...result };
  });
  const merged = mergePages(repaired);
  const { document, applied, stale, dropped } = await applyOverlays(merged.document, overlays);
  return {
    document,
    documented: merged.document,
    place: merged.place,
    repaired: repaired.flatMap((page) => page.applied),
    overlaid: applied,
    stale,
    dropped,
  };
}
