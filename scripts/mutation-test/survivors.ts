/** A mutant that no test kills, known by where it stands, and why that is right. */
export interface ExplainedSurvivor {
  readonly file: string;
  /** The source line, without indentation. */
  readonly line: string;
  readonly replacement: string;
  readonly why: string;
}

const keyLine = 'const apiKey = options.apiKey ?? globalThis.process?.env?.["ELEVENLABS_API_KEY"];';
const withoutProcess =
  "Tests run where there is a process; `npm run check:package` runs the package where there is none.";

/** By hand: whoever adds one says why no test can or should kill it. */
export const explainedSurvivors: readonly ExplainedSurvivor[] = [
  {
    file: "src/calls/parse-answer.ts",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a line of source.
    line: "const data = isValid ? JSON.parse(`${text}`) : operation.answersBytes ? bytes?.buffer : text;",
    replacement: "bytes.buffer",
    why: "The same: what it throws is caught, and the answer is refused either way.",
  },
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
    file: "src/transport/answer.ts",
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
];
