import type { ParameterStyle } from "../contract/contract.ts";
import { deepObjectStyle } from "./deep-object-style.ts";
import { pipeDelimitedStyle, spaceDelimitedStyle } from "./delimited-style.ts";
import { formStyle } from "./form-style.ts";
import { labelStyle } from "./label-style.ts";
import { matrixStyle } from "./matrix-style.ts";
import { simpleStyle } from "./simple-style.ts";
import type { Style } from "./style.ts";

/** How each style of OpenAPI is written and read. */
export const parameterStyle: Readonly<Record<ParameterStyle, Style>> = {
  simple: simpleStyle,
  label: labelStyle,
  matrix: matrixStyle,
  form: formStyle,
  spaceDelimited: spaceDelimitedStyle,
  pipeDelimited: pipeDelimitedStyle,
  deepObject: deepObjectStyle,
};
