import { expect, test, vi } from "vitest";
import { createLog, type LogConfig, type Logger, LogLevel } from "./logger.ts";

function recorder() {
  const lines: string[] = [];
  const note = (level: string) => (message: string) => {
    lines.push(`${level} ${message}`);
  };
  const logger: Logger = {
    debug: note("debug"),
    info: note("info"),
    warn: note("warn"),
    error: note("error"),
  };
  return { lines, logger };
}

function logAll(config: LogConfig | Logger | undefined): void {
  const log = createLog(config);
  for (const level of Object.values(LogLevel)) log?.(level, "said");
}

test.each([
  [LogLevel.Debug, ["debug said", "info said", "warn said", "error said"]],
  [LogLevel.Info, ["info said", "warn said", "error said"]],
  [LogLevel.Warn, ["warn said", "error said"]],
  [LogLevel.Error, ["error said"]],
  [undefined, ["info said", "warn said", "error said"]],
])("logs from level %s up", (level, wanted) => {
  const { lines, logger } = recorder();
  logAll({ level, logger, silent: false });
  expect(lines).toEqual(wanted);
});

test("is silent unless told otherwise", () => {
  const { lines, logger } = recorder();
  logAll({ logger });
  logAll({ logger, silent: true });
  logAll(undefined);
  expect(lines).toEqual([]);
});

test("hands everything to a logger that stands in the option's place", () => {
  const { lines, logger } = recorder();
  logAll(logger);
  expect(lines).toHaveLength(4);
});

test("writes to the console by default", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  createLog({ silent: false })?.("warn", "said");
  expect(warn).toHaveBeenCalledWith("said");
  warn.mockRestore();
});
