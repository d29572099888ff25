import { expect, test, vi } from "vitest";
import { createLog } from "./create-log.ts";
import { type LogConfig, type Logger, LogLevel } from "./logger.ts";

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

test("hands everything to a logger given as the option", () => {
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

test("refuses a level that there isn't", () => {
  // What a caller without types may give.
  const config = { level: "trace", silent: false } as unknown as LogConfig;
  expect(() => createLog(config)).toThrow("The log level must be one of debug,info,warn,error.");
});

test("outlives a logger that fails, at once or later", async () => {
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  process.on("unhandledRejection", note);
  const fail = () => {
    throw new Error("full");
  };
  const reject = async () => fail();
  for (const method of [fail, reject]) {
    const log = createLog({ debug: method, info: method, warn: method, error: method });
    expect(() => log?.("warn", "said")).not.toThrow();
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("unhandledRejection", note);
  expect(failures).toEqual([]);
});
