import { type ConsoleOutput, printable, styled } from "./console-output.ts";
import type { Report } from "./report.ts";

/** A line for each new finding as it is seen, for people who watch; fed with redacted events. */
export function liveFindings(output: ConsoleOutput): Report {
  const eraseLine = output.interactive ? "\r\u001b[2K" : "";
  return {
    on(event): void {
      if (event.type !== "exchange") return;
      for (const { occurrences, severity, check, operation, message } of event.findings) {
        if (occurrences > 1) continue;
        const [sign, style] = severity === "error" ? (["✗", "red"] as const) : (["!", "yellow"] as const);
        const shown = styled(output, style, `${sign} ${check}`);
        output.write(`${eraseLine}${shown}  ${printable(`${operation}  ${message}`)}\n`);
      }
    },
    finish: () => Promise.resolve(),
  };
}
