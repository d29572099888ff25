/** From the most to the least verbose. */
export const LogLevel = { Debug: "debug", Info: "info", Warn: "warn", Error: "error" } as const;
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];

/** Where log lines go; `console` is one. */
export type Logger = Record<LogLevel, (message: string, ...details: unknown[]) => void>;

export interface LogConfig {
  /** The lowest level that is logged. Default: `info`. */
  level?: LogLevel | undefined;
  /** Default: `console`. */
  logger?: Logger | undefined;
  /** Default: true. */
  silent?: boolean | undefined;
}

/** Logs one message about a call. */
export type Log = (level: LogLevel, message: string) => unknown;
