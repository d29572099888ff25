import { componentNames } from "./component-names.ts";
import { emptyContent } from "./empty-content.ts";
import { enumMemberObjects } from "./enum-member-objects.ts";
import { infoVersion } from "./info-version.ts";
import { nestedTags } from "./nested-tags.ts";
import { overlappingOneOf } from "./overlapping-one-of.ts";
import { qualifiedOperationId } from "./qualified-operation-id.ts";
import type { Repair } from "./repair.ts";
import { serverFromHeading } from "./server-from-heading.ts";

/** Every repair that there is; spec/provider.yaml says which of them the provider's pages need, in which order. */
export const repairs: readonly Repair[] = [
  enumMemberObjects,
  overlappingOneOf,
  nestedTags,
  emptyContent,
  qualifiedOperationId,
  infoVersion,
  serverFromHeading,
  componentNames,
];
