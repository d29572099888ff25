import type { Check } from "./check.ts";
import { contentTypeConformance } from "./content-type-conformance.ts";
import { eventStreamConformance } from "./event-stream-conformance.ts";
import { filterConformance } from "./filter-conformance.ts";
import { freshToken } from "./fresh-token.ts";
import { ignoredAuth } from "./ignored-auth.ts";
import { listedAfterCreate } from "./listed-after-create.ts";
import { locationConformance } from "./location-conformance.ts";
import { maxResponseTime } from "./max-response-time.ts";
import { methodSemantics } from "./method-semantics.ts";
import { missingRequiredHeader } from "./missing-required-header.ts";
import { negativeDataRejection } from "./negative-data-rejection.ts";
import { notAServerError } from "./not-a-server-error.ts";
import { paginationConformance } from "./pagination-conformance.ts";
import { positiveDataAcceptance } from "./positive-data-acceptance.ts";
import { readAfterWrite } from "./read-after-write.ts";
import { resourceAvailability } from "./resource-availability.ts";
import { responseBodyIntegrity } from "./response-body-integrity.ts";
import { responseHeadersConformance } from "./response-headers-conformance.ts";
import { responseReceived } from "./response-received.ts";
import { responseSchemaConformance } from "./response-schema-conformance.ts";
import { secretReflection } from "./secret-reflection.ts";
import { stability } from "./stability.ts";
import { statusCodeConformance } from "./status-code-conformance.ts";
import { undocumentedEnumValue } from "./undocumented-enum-value.ts";
import { undocumentedOperation } from "./undocumented-operation.ts";
import { undocumentedProperty } from "./undocumented-property.ts";
import { unsupportedMethod } from "./unsupported-method.ts";
import { useAfterFree } from "./use-after-free.ts";
import { writeOnlyLeak } from "./write-only-leak.ts";

/** Every check, in the order of reports. */
export const checks: readonly Check[] = [
  statusCodeConformance,
  contentTypeConformance,
  responseSchemaConformance,
  responseHeadersConformance,
  responseBodyIntegrity,
  eventStreamConformance,
  responseReceived,
  positiveDataAcceptance,
  negativeDataRejection,
  missingRequiredHeader,
  ignoredAuth,
  unsupportedMethod,
  notAServerError,
  writeOnlyLeak,
  secretReflection,
  freshToken,
  stability,
  resourceAvailability,
  useAfterFree,
  readAfterWrite,
  listedAfterCreate,
  locationConformance,
  paginationConformance,
  filterConformance,
  methodSemantics,
  maxResponseTime,
  undocumentedProperty,
  undocumentedEnumValue,
  undocumentedOperation,
];
