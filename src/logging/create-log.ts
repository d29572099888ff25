import { refusal } from "../errors/refusal.ts";
import { type Log, type LogConfig, type Logger, LogLevel } from "./logger.ts";

const levels: readonly LogLevel[] = Object.values(LogLevel);

/**
 * The log that the option asks for; `undefined` without it, so that nobody writes what nobody reads. A logger that
 * fails, at once or later, fails nothing else.
 *
 * @throws ApiError with code `invalid_configuration` for a level that there isn't
 */
export function createLog(logging: LogConfig | Logger | undefined): Log | undefined {
  const {
    level = "info",
    logger = console,
    silent = true,
  } = logging && "debug" in logging
    ? ({ level: "debug", logger: logging, silent: false } as const)
    : (logging ?? {});
  const least = levels.indexOf(level);
  if (least < 0) throw refusal("configuration", `The log level must be one of ${levels}.`);
  if (silent) return undefined;
  return async (at, message) => {
    try {
      if (levels.indexOf(at) >= least) await logger[at](message);
    } catch {}
  };
}
