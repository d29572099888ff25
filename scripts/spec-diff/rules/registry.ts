import { defaultServerChanged } from "./default-server-changed.ts";
import { deprecationAnnounced } from "./deprecation-announced.ts";
import { discriminatorChanged } from "./discriminator-changed.ts";
import { enumConstantRemoved } from "./enum-constant-removed.ts";
import { exportedNameAdded } from "./exported-name-added.ts";
import { exportedNameRemoved } from "./exported-name-removed.ts";
import { nullabilityChanged } from "./nullability-changed.ts";
import { parameterBecameOptional } from "./parameter-became-optional.ts";
import { pathAdded, pathRemoved } from "./path-added-or-removed.ts";
import { patternPropertyRemoved } from "./pattern-property-removed.ts";
import { propertyWithheld } from "./property-withheld.ts";
import { requestDefaultChanged } from "./request-default-changed.ts";
import { requestLoosened } from "./request-loosened.ts";
import { requestPropertyRemoved } from "./request-property-removed.ts";
import { requiredRequestBodyAdded } from "./required-request-body-added.ts";
import { responseHeaderOptional } from "./response-header-optional.ts";
import type { Rule } from "./rule.ts";
import { securityDemanded } from "./security-demanded.ts";
import { structuredValueChanged } from "./structured-value-changed.ts";
import { tupleItemsChanged } from "./tuple-items-changed.ts";

/** Every rule of our own: what `redocly diff` misses or rates too lightly. */
export const rules: readonly Rule[] = [
  pathRemoved,
  pathAdded,
  requestPropertyRemoved,
  propertyWithheld,
  nullabilityChanged,
  requiredRequestBodyAdded,
  responseHeaderOptional,
  tupleItemsChanged,
  structuredValueChanged,
  patternPropertyRemoved,
  discriminatorChanged,
  securityDemanded,
  defaultServerChanged,
  exportedNameRemoved,
  enumConstantRemoved,
  requestDefaultChanged,
  requestLoosened,
  parameterBecameOptional,
  deprecationAnnounced,
  exportedNameAdded,
];
