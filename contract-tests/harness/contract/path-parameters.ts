import type { Parameter } from "./contract.ts";
import type { NotJudged } from "./not-judged.ts";

/**
 * The path parameters that a template takes, told where the two disagree: `{accountId}` beside a parameter called
 * `account_id` is that one, a name that nothing describes takes any text, and a parameter that the path has no place for
 * is left out.
 *
 * @param documented the operation's path parameters
 * @param pointer where the operation stands
 */
export function pathParameters(
  path: string,
  documented: readonly Parameter[],
  pointer: string,
): { readonly parameters: readonly Parameter[]; readonly notJudged: readonly NotJudged[] } {
  const named = [...new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name))];
  const unplaced = documented.filter(({ name }) => !named.includes(name));
  const taken = new Set<Parameter>();
  const notJudged: NotJudged[] = [];
  const parameters = named.map((name): Parameter => {
    const own = documented.find((parameter) => parameter.name === name);
    if (own) return own;
    const [alike, ...more] = unplaced.filter((parameter) => plain(parameter.name) === plain(name));
    if (alike && more.length === 0 && !taken.has(alike)) {
      taken.add(alike);
      notJudged.push({
        pointer: alike.pointer,
        reason: `the path says {${name}} but the parameter is called ${alike.name}: they are treated as the same`,
      });
      return { ...alike, name };
    }
    notJudged.push({
      pointer,
      reason: `no path parameter describes {${name}}, so any text is sent for it`,
    });
    return anyText(name, pointer);
  });
  for (const parameter of unplaced.filter((one) => !taken.has(one)))
    notJudged.push({
      pointer: parameter.pointer,
      reason: `the path has no place for the parameter ${parameter.name}, so it is left out`,
    });
  return { parameters, notJudged };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function anyText(name: string, pointer: string): Parameter {
  return {
    name,
    in: "path",
    required: true,
    style: "simple",
    explode: false,
    allowReserved: false,
    allowEmptyValue: false,
    pointer,
    examples: [],
    credential: false,
  };
}
