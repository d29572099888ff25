import { printable } from "./printable.ts";

/** More lines than this hide what comes before them. */
const shown = 10;

/** Says on stderr what is odd but stops nothing. */
export function tellWarnings(warnings: readonly string[]): void {
  for (const warning of warnings.slice(0, shown)) console.error(`warning: ${printable(warning)}`);
  if (warnings.length > shown) console.error(`warning: and ${warnings.length - shown} more like these`);
}
