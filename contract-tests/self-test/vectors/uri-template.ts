import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject, listOr, objectOr } from "../../harness/contract/json-object.ts";
import { encodedLiteral } from "../../harness/contract/match-operation.ts";
import { flatValue } from "../../harness/wire/flat-value.ts";
import { parameterStyle } from "../../harness/wire/parameter-style.ts";
import type { RawPair } from "../../harness/wire/style.ts";
import {
  decodingFor,
  rawPair,
  type WrittenParameter,
  writeParameter,
} from "../../harness/wire/write-parameter.ts";
import type { VectorGroup, VectorSuite } from "./vector-suite.ts";

const files = ["spec-examples", "spec-examples-by-section", "extended-tests"];

/** RFC 6570, on which OpenAPI's styles rest (3.1, section 4.8.12.3): each expansion is written, and read back. */
export const uriTemplateSuite: VectorSuite = {
  name: "URI templates (RFC 6570)",
  repository: "https://github.com/uri-templates/uritemplate-test",
  folder: "uritemplate-test",
  run: (folder) =>
    Promise.all(
      files.map(async (name) => {
        const parts: unknown = JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"));
        if (!isObject(parts)) throw new Error(`${name}.json holds no groups of vectors.`);
        return judgeTemplates(name, Object.values(parts));
      }),
    ),
};

/** Counts the vectors of several groups, each `{variables, testcases: [[template, expected]]}`. */
export function judgeTemplates(name: string, groups: readonly unknown[]): VectorGroup {
  const wrong: string[] = [];
  const leftOut = new Map<string, number>();
  let total = 0;
  for (const group of groups.map(objectOr)) {
    for (const testCase of listOr(group["testcases"])) {
      const [template, expected] = listOr(testCase);
      const reason = whyLeftOut(String(template));
      if (reason !== undefined) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
      else {
        total++;
        const problem = problemWith(String(template), objectOr(group["variables"]), [expected].flat());
        if (problem !== undefined) wrong.push(problem);
      }
    }
  }
  return { name, right: total - wrong.length, total, wrong, leftOut };
}

/** `{?a,b*}`: an operator, and names of which some are exploded. */
const expression = /\{([^\w%]?)([^{}]*)\}/g;
const styles = { "": "simple", ".": "label", ";": "matrix", "?": "form", "&": "form" } as const;

function whyLeftOut(template: string): string | undefined {
  for (const [, operator = "", names = ""] of template.matchAll(expression)) {
    if (!Object.hasOwn(styles, operator)) return `no style of OpenAPI is the operator ${operator}`;
    if (names.includes(":")) return "no style of OpenAPI cuts a value to a prefix";
  }
  return undefined;
}

function problemWith(
  template: string,
  variables: JsonObject,
  expected: readonly unknown[],
): string | undefined {
  const read: string[] = [];
  let end = 0;
  let text = "";
  for (const match of template.matchAll(expression)) {
    const [whole, operator = "", names = ""] = match;
    text += encodedLiteral(template.slice(end, match.index));
    end = match.index + whole.length;
    const written = names
      .split(",")
      .map((spec) => writtenAs(spec, operator, variables))
      .filter(({ pieces }) => pieces.length > 0);
    text += joined(operator, written);
    read.push(...written.filter((one) => !isReadBack(one, written)).map(({ parameter }) => parameter.name));
  }
  text += encodedLiteral(template.slice(end));
  if (!expected.includes(text)) return `${template} is written ${text} in place of ${expected.join(" or ")}`;
  return read.length === 0 ? undefined : `${text} of ${template} isn't read back: ${read.join(", ")}`;
}

interface Written {
  readonly parameter: WrittenParameter;
  readonly value: unknown;
  readonly pieces: readonly string[];
}

function writtenAs(spec: string, operator: string, variables: JsonObject): Written {
  const name = spec.replace(/\*$/, "");
  const style = styles[operator as keyof typeof styles]; // whyLeftOut has sorted out all others
  const parameter: WrittenParameter = {
    name: decodeURIComponent(name),
    in: style === "form" ? "query" : "path",
    style,
    explode: spec.endsWith("*"),
    allowReserved: false,
  };
  const value = variables[name];
  return { parameter, value, pieces: writeParameter(parameter, value) ?? [] };
}

function joined(operator: string, written: readonly Written[]): string {
  const pieces = written.flatMap((one) => one.pieces);
  if (pieces.length === 0) return "";
  if (operator === "?" || operator === "&") return `${operator}${pieces.join("&")}`;
  return pieces.join(operator === "" ? "," : "");
}

/** True when the parameter is found among all that stand beside it. */
function isReadBack({ parameter, value, pieces }: Written, all: readonly Written[]): boolean {
  const decode = decodingFor(parameter.in);
  const pairs = (parameter.in === "query" ? all : []).flatMap((one) =>
    one.pieces.map((piece): RawPair => rawPair(piece, decode)),
  );
  const others = all.filter((one) => one.parameter !== parameter).map((one) => one.parameter.name);
  const shapes = parameterStyle[parameter.style].read(parameter, {
    own:
      parameter.in === "query"
        ? pairs.filter(({ name }) => name === parameter.name).map(({ raw }) => raw)
        : pieces,
    pairs: pairs.filter(({ name }) => !others.includes(name)),
    decode,
  });
  const flat = flatValue(value);
  if (shapes === undefined || flat === undefined) return false;
  if ("text" in flat) return shapes.text === flat.text;
  return "items" in flat
    ? isDeepStrictEqual(shapes.items, flat.items)
    : isDeepStrictEqual(shapes.members, flat.members);
}
