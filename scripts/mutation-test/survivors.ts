/** A mutant that no test kills, known by where it stands, and why that is right. */
export interface ExplainedSurvivor {
  readonly file: string;
  /** The source line, without indentation. */
  readonly line: string;
  readonly replacement: string;
  readonly why: string;
}

const keyLine = 'const apiKey = options.apiKey ?? globalThis.process?.env?.["ELEVENLABS_API_KEY"];';
const credentialLine =
  "const credentialHeaders = Object.values(operations).flatMap(({ credential }) => credential?.name ?? []);";
const withoutProcess =
  "Tests run where there is a process; `npm run check:package` runs the package where there is none.";
const everyOperationHasKey =
  "Every operation of the imported pages takes the key; one that takes none may come.";

/** By hand: whoever adds one says why no test can or should kill it. */
export const explainedSurvivors: readonly ExplainedSurvivor[] = [
  {
    file: "src/complete-options.ts",
    line: keyLine,
    replacement: 'globalThis.process?.env["ELEVENLABS_API_KEY"]',
    why: withoutProcess,
  },
  {
    file: "src/complete-options.ts",
    line: keyLine,
    replacement: "globalThis.process.env",
    why: withoutProcess,
  },
  {
    file: "src/complete-options.ts",
    line: credentialLine,
    replacement: "credential.name",
    why: everyOperationHasKey,
  },
  {
    file: "src/complete-options.ts",
    line: credentialLine,
    replacement: '["Stryker was here"]',
    why: everyOperationHasKey,
  },
  {
    file: "src/guards/check-path-argument.ts",
    line: "const pattern = isEnum ? /^[a-z][a-z0-9_]{0,63}$/ : /^(?!\\.\\.?$)[\\s\\S]/;",
    replacement: "/(?!\\.\\.?$)[\\s\\S]/",
    why: "The same: from its second character on, `..` is `.`, which is refused too.",
  },
  {
    file: "src/guards/check-request-url.ts",
    line: 'const path = url.split(/[?#]/, 1)[0] ?? "";',
    replacement: '"Stryker was here!"',
    why: "For the type checker alone: `split` gives at least one part.",
  },
  {
    file: "src/transport/deadline.ts",
    line: "cause: abortSignal?.reason,",
    replacement: "abortSignal.reason",
    why: "For the type checker alone: the line runs only when the signal fires.",
  },
  {
    file: "src/transport/read-body.ts",
    line: "} catch {",
    replacement: "{}",
    why: "The same: a function that ends without `return` gives `undefined`.",
  },
  {
    file: "src/transport/retry-delay.ts",
    line: 'const after = headers?.get("retry-after") ?? "";',
    replacement: '"Stryker was here!"',
    why: "The same: neither is a number or a date.",
  },
  {
    file: "src/transport/send-with-retries.ts",
    line: "if (reader) readBody(reader, null).catch(() => {});",
    replacement: "true",
    why: "The same: without a reader the reading fails at once, unheard.",
  },
  {
    file: "src/transport/to-response.ts",
    line: 'return JSON.parse(text ?? "");',
    replacement: '"Stryker was here!"',
    why: "For the type checker alone: openapi-fetch doesn't parse an answer of length 0.",
  },
  {
    file: "src/transport/transport.ts",
    line: "if (rawResponse && !response?.ok) return { ok: false, text: undefined, rawResponse };",
    replacement: "response.ok",
    why: "For the type checker alone: what has a `rawResponse` has a response.",
  },
  {
    file: "src/logging/logger.ts",
    line: 'const levels: readonly LogLevel[] = ["debug", "info", "warn", "error"];',
    replacement: '""',
    why: "A level that isn't in the list comes before all others, as debug does.",
  },
  {
    file: "src/secrets/create-redactor.ts",
    line: 'const base64 = btoa(key).replace(/=+$/, "");',
    replacement: "/=+/",
    why: "Base64 has its padding at the end alone.",
  },
  {
    file: "src/transport/to-raw-response.ts",
    line: "if (lines.some(([, value]) => redact(value) !== value))",
    replacement: "true",
    why: "The condition only spares a copy of headers in which there is nothing to redact.",
  },
  {
    file: "src/transport/to-raw-response.ts",
    line: "if (lines.some(([, value]) => redact(value) !== value))",
    replacement: "redact(value) === value",
    why: "Some header is always free of the key, so the copy, which redacts them all, is made.",
  },
  {
    file: "src/transport/transport.ts",
    line: "if (key !== lastKey) {",
    replacement: "true",
    why: "The condition only spares making the redactor of the same key again.",
  },
];
