import { loadPrismAhead } from "../targets/prism-thread.ts";

/**
 * Begins to load the mock where these arguments of the command will need one. It takes about a second, as loading the
 * command does: called before that, it makes one second of two.
 */
export function loadAhead(args: readonly string[]): void {
  if (!args.some((arg) => /^--(target|har|merge|help)\b/.test(arg))) loadPrismAhead();
}
