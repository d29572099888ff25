/** What Ajv writes to explain a failure, line by line as `code.lines` lays it out, and what takes its place. */
const explanations: readonly (readonly [RegExp, string])[] = [
  [
    /^const (err\d+) = \{.*\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/gm,
    "",
  ],
  [
    /^if\(vErrors !== null\)\{\nif\((_errs\d+)\)\{\nvErrors\.length = \1;\n\}\nelse \{\nvErrors = null;\n\}\n\}\n/gm,
    "",
  ],
  [/^vErrors = vErrors === null \? .*;\nerrors = vErrors\.length;$/gm, "errors++;"],
  [/^\w+\.errors = .*;\n/gm, ""],
  [/^let (vErrors = null|missing\d+);\n/gm, ""],
  [/ && \(missing\d+ = "(?:[^"\\]|\\.)*"\)/g, ""],
];

/** What serves `unevaluatedProperties` and `unevaluatedItems` alone. */
const evaluation: readonly (readonly [RegExp, string])[] = [
  [/^const (evaluated\d+) = \w+\.evaluated;\n(if\(\1\.\w+\)\{\n\1\.\w+ = undefined;\n\}\n)+/gm, ""],
  [/^\w+\.evaluated = .*;\n?/gm, ""],
];

/** What tells a called function where it is, for its explanations and for `$dynamicRef` alone. */
const context: readonly (readonly [RegExp, string])[] = [
  [/^(function \w+\(data), \{instancePath="".*?\}=\{\}\)/gm, "$1)"],
  [/, \{instancePath\b.*?,rootData,dynamicAnchors\}\)/g, ")"],
];

/**
 * Ajv's standalone code without what only explains a failure: the client ships these functions and asks them for yes
 * or no. A failure is counted in `errors`, explained or not, so the answers stay the same. Code that still reads what
 * would be gone is left as Ajv wrote it.
 */
export function yesOrNoCode(code: string): string {
  const counted = without(code, explanations, /\bvErrors\b|\.errors\b|\bmissing\d/);
  const unevaluated = without(counted, evaluation, /evaluated/i);
  return without(unevaluated, context, /\b(instancePath|parentData|rootData|dynamicAnchors)\b/);
}

function without(code: string, parts: readonly (readonly [RegExp, string])[], rest: RegExp): string {
  const shorter = parts.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), code);
  return rest.test(shorter) ? code : shorter;
}
