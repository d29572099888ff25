import type { Fault } from "../handler.ts";
import { acceptsBadInputFaults } from "./accepts-bad-input.ts";
import { bodyBytesFaults } from "./body-bytes.ts";
import { bodyShapeFaults } from "./body-shape.ts";
import { credentialFaults } from "./credential.ts";
import { framingFaults } from "./framing.ts";
import { intermittentFaults } from "./intermittent.ts";
import { mediaTypeFaults } from "./media-type.ts";
import { methodFaults } from "./methods.ts";
import { refusesGoodInputFaults } from "./refuses-good-input.ts";
import { secretReflectionFaults } from "./secret-reflection.ts";
import { statusFaults } from "./status.ts";
import { timingFaults } from "./timing.ts";
import { tokenFreshnessFaults } from "./token-freshness.ts";

/** Every fault of the token contract. A new one is a declaration in the file of its theme. */
export const tokenFaults: readonly Fault[] = [
  ...statusFaults,
  ...mediaTypeFaults,
  ...bodyShapeFaults,
  ...bodyBytesFaults,
  ...framingFaults,
  ...acceptsBadInputFaults,
  ...refusesGoodInputFaults,
  ...methodFaults,
  ...credentialFaults,
  ...tokenFreshnessFaults,
  ...secretReflectionFaults,
  ...intermittentFaults,
  ...timingFaults,
];
