import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { RunHeader, RunSummary } from "../run/events.ts";
import { REPORT_VERSION } from "./json-report.ts";
import { type FinishedRun, ReportError } from "./report.ts";

let validator: ValidateFunction<unknown> | undefined;

/** Judges a parsed JSON report by `report.schema.json`. */
export function reportValidator(): ValidateFunction<unknown> {
  if (validator === undefined) {
    const schema = JSON.parse(readFileSync(new URL("./report.schema.json", import.meta.url), "utf8"));
    const ajv = new Ajv2020({ strictTuples: false });
    addFormats.default(ajv);
    validator = ajv.compile(schema);
  }
  return validator;
}

/** What the schema promises, bodies being bytes again. */
interface JsonReport {
  readonly header: RunHeader;
  readonly summary: RunSummary;
}

/**
 * A JSON report back as a run.
 *
 * @param file the file's name, for messages
 * @throws {ReportError} when it is no JSON report of this version, with the place of the first fault
 */
export function parseJsonReport(text: string, file: string): FinishedRun {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ReportError(`${file} isn't JSON: give a report written by --report FILE.json`);
  }
  const validate = reportValidator();
  if (!validate(content)) {
    const version = isRecord(content) ? content["version"] : undefined;
    if (typeof version === "number" && version !== REPORT_VERSION) {
      throw new ReportError(
        `${file} is a report of version ${version}, but this program reads version ${REPORT_VERSION}: write a new one`,
      );
    }
    const error = validate.errors?.[0];
    throw new ReportError(
      `${file} isn't a report of a run: ${error?.instancePath || "/"} ${error?.message ?? "is wrong"}; give a file written by --report FILE.json`,
    );
  }
  // The schema has just said so: `report.schema.json` and the model's types describe the same shape.
  const { header, summary } = withBytes(content) as JsonReport;
  return { header, summary };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Bodies stand only under the name `body`: nothing else is taken for one. */
function withBytes(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => withBytes(item));
  if (!isRecord(value)) return value;
  if (name === "body") {
    const { utf8, base64 } = value;
    return new Uint8Array(
      typeof utf8 === "string" ? Buffer.from(utf8, "utf8") : Buffer.from(String(base64), "base64"),
    );
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withBytes(item, key)]));
}
