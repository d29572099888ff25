import { relative } from "node:path";
import type { Surface } from "./surfaces.ts";

/** What is read of Vitest's JSON report. */
export interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export interface Held {
  readonly surface: Surface;
  readonly attacks: number;
  /** What doesn't hold, or wasn't tried: one sentence each. */
  readonly problems: readonly string[];
}

/** How each surface fared; a test that was skipped, or that there isn't, is a problem as one that failed. */
export function heldBy(surfaces: readonly Surface[], report: TestReport, root: string): readonly Held[] {
  const files = new Map(report.testResults.map((result) => [relative(root, result.name), result]));
  return surfaces.map((surface) => {
    let attacks = 0;
    const problems: string[] = [];
    for (const [file, beginnings] of Object.entries(surface.tests)) {
      const tests = (files.get(file)?.assertionResults ?? []).filter(({ fullName }) =>
        beginnings.some((beginning) => fullName.startsWith(beginning)),
      );
      if (tests.length === 0) problems.push(`${file}: no such attack was run`);
      for (const { fullName, status } of tests)
        if (status === "passed") attacks++;
        else problems.push(`${file}: ${fullName}: ${status}`);
    }
    return { surface, attacks, problems };
  });
}

/** The surfaces that the page says more of than is held now. */
export function fallenBehind(page: string, held: readonly Held[]): readonly string[] {
  return held.flatMap(({ surface, attacks }) => {
    const row = page.split("\n").find((line) => line.startsWith(`| ${surface.name} |`));
    const said = Number(row?.split("|").at(-2)?.trim().split(" ")[0]);
    if (!(said >= 1)) return [`${surface.name}: docs/security.md doesn't name it`];
    return attacks < said ? [`${surface.name}: docs/security.md says ${said}, and ${attacks} are held`] : [];
  });
}
