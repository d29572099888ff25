import { componentNames } from "./component-names.ts";
import { emptyContent } from "./empty-content.ts";
import { enumMemberObjects } from "./enum-member-objects.ts";
import { infoVersion } from "./info-version.ts";
import { nestedTags } from "./nested-tags.ts";
import { overlappingOneOf } from "./overlapping-one-of.ts";
import { qualifiedOperationId } from "./qualified-operation-id.ts";
import type { Repair } from "./repair.ts";
import { serverFromHeading } from "./server-from-heading.ts";

/** Every repair, in the order in which they run: the operation's name is read before the version is replaced,
 * and alternatives are compared once their enums are. */
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
