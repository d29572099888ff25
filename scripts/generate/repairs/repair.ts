import type { DocumentedPage } from "../documented-page.ts";
import type { JsonObject, Path } from "../json.ts";

/** One value that a repair changed, by its place in the document as published. */
export interface RepairChange {
  readonly path: Path;
  /** What was there, and what is there now; short, for people. */
  readonly from: string;
  readonly to: string;
}

/** What a repair may look at besides the document. */
export interface RepairContext {
  readonly page: DocumentedPage;
  /** Date of the import, YYYY-MM-DD. */
  readonly imported: string;
}

/** A mechanical correction of a defect that the provider's exporter makes on every page. */
export interface Repair {
  /** Kebab-case; the name of its file. */
  readonly id: string;
  /** Why the published form is wrong, with the rule's source. */
  readonly why: string;
  /** Changes the document in place and tells what it changed; an empty list when the defect isn't there. */
  readonly apply: (document: JsonObject, context: RepairContext) => RepairChange[];
}
