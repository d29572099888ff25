/** From the most to the least talkative. */
export const LogLevel = { Debug: "debug", Info: "info", Warn: "warn", Error: "error" } as const;
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];

/** Where log lines go; `console` is one. */
export type Logger = Record<LogLevel, (message: string, ...details: unknown[]) => void>;

export interface LogConfig {
  /** The least level that is logged. Default: `info`. */
  level?: LogLevel | undefined;
  /** Default: `console`. */
  logger?: Logger | undefined;
  /** Default: true. */
  silent?: boolean | undefined;
}

/** Says one thing about a call. */
export type Log = (level: LogLevel, message: string) => void;

const levels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** The log that the option asks for; `undefined` without it, so that nobody writes what nobody reads. */
export function createLog(logging: LogConfig | Logger | undefined): Log | undefined {
  const {
    level = "info",
    logger = console,
    silent = true,
  } = logging && "debug" in logging
    ? ({ level: "debug", logger: logging, silent: false } as const)
    : (logging ?? {});
  if (silent) return undefined;
  return (at, message) => {
    if (levels.indexOf(at) >= levels.indexOf(level)) logger[at](message);
  };
}
