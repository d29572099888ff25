import { Ajv } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Contract } from "../contract/contract.ts";
import { errorLimit } from "./error-limit.ts";
import { addFormats } from "./formats.ts";
import { linearPattern, stepsOf, type TextPattern } from "./linear-pattern.ts";
import { UnreadablePatternError } from "./pattern-program.ts";
import type { Steps } from "./steps.ts";

/** Ajv in the form of a document's dialect, with the formats and patterns of the oracle. */
export function createAjv(
  contract: Contract,
  steps: Steps,
  allErrors: boolean,
  tell: (reason: string) => void,
): Ajv {
  const options = {
    allErrors,
    verbose: true, // errors carry the schema that they come from, which leads back to its place in the contract
    strict: false,
    validateFormats: true,
    ownProperties: true, // names like "constructor" are members only where the value has them
    inlineRefs: false,
    logger: false,
    code: { regExp: patternsWithin(steps), process: errorLimit.process },
    tooManyErrors: errorLimit.tooManyErrors,
  } as const;
  const dialect = contract.document["jsonSchemaDialect"];
  const ajv = dialectOf(typeof dialect === "string" ? dialect : undefined, options, tell);
  addFormats(ajv);
  return ajv;
}

function dialectOf(dialect: string | undefined, options: object, tell: (reason: string) => void): Ajv {
  const name = dialect?.replace(/#$/, "");
  if (
    name === undefined ||
    /^https:\/\/(json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.1\/dialect\/.+)$/.test(
      name,
    )
  ) {
    return new Ajv2020(options);
  }
  if (name === "https://json-schema.org/draft/2019-09/schema") return new Ajv2019(options);
  if (name === "http://json-schema.org/draft-07/schema") return new Ajv(options);
  tell(`the dialect ${name} is unknown: its schemas are read as JSON Schema 2020-12`);
  return new Ajv2020(options);
}

/** Ajv's way to a pattern; what can't be judged has been taken out of the schema by then. */
function patternsWithin(steps: Steps) {
  const ajvPattern = (source: string): TextPattern => {
    const pattern = linearPattern(source);
    const asked = {
      test: (text: string) =>
        pattern instanceof UnreadablePatternError ||
        (steps.take(stepsOf(pattern, text)) && pattern.test(text)),
      toString: () => `/${source}/u`, // Ajv tells patterns apart by it
    };
    return asked;
  };
  return Object.assign(ajvPattern, { code: "linearPattern" });
}
