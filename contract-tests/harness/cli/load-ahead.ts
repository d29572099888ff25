import { existsSync } from "node:fs";
import { loadPrismAhead } from "../targets/prism-thread.ts";
import { configFileName } from "./config-file-name.ts";

/**
 * Begins to load the mock where these arguments of the command will need one. It takes about a second, as loading the
 * command does: called before that, it makes one second of two.
 */
export function loadAhead(args: readonly string[]): void {
  // What a configuration file says isn't known yet.
  if (existsSync(configFileName) || ["replay", "proxy", "between"].includes(args[0] ?? "")) return;
  if (!args.some((arg) => /^--(target|server-variable|har|merge|help|version|config)\b/.test(arg)))
    loadPrismAhead();
}
