import type { Component, ContractModel } from "../contract-model.ts";
import { fromPointer, isObject, type JsonObject, valueAt } from "../json.ts";

/** The names that a generated file takes from others, noted as they are used. */
export class TypeNames {
  readonly #model: ContractModel;
  readonly #components = new Set<Component>();
  readonly #schema = new Set<string>();

  constructor(model: ContractModel) {
    this.#model = model;
  }

  /** The type of a schema that is a component by reference. */
  component(schema: JsonObject | undefined): string | undefined {
    const reference = schema?.["$ref"];
    if (typeof reference !== "string" || !reference.startsWith("#/components/schemas/")) return undefined;
    const [, , name, ...deeper] = fromPointer(reference);
    const found = this.#model.components.find(({ key }) => key === name);
    if (found === undefined || deeper.length > 0) return undefined;
    this.#components.add(found);
    return found.name;
  }

  /** The same of the schema at a place of the document. */
  componentAt(path: readonly string[]): string | undefined {
    const schema = valueAt(this.#model.document, path);
    return this.component(isObject(schema) ? schema : undefined);
  }

  /** An expression of schema.ts's own types. */
  own(expression: string): string {
    for (const [, name = ""] of expression.matchAll(/\b(operations|paths)\[/g)) this.#schema.add(name);
    return expression;
  }

  imports(): string {
    const named = (isEnum: boolean): string[] =>
      [...this.#components]
        .filter(({ constants }) => (constants !== undefined) === isEnum)
        .map(({ name }) => name)
        .sort();
    return [
      [named(true), "./enums.ts"] as const,
      [named(false), "./models.ts"] as const,
      [[...this.#schema].sort(), "./schema.ts"] as const,
    ]
      .filter(([names]) => names.length > 0)
      .map(([names, file]) => `import type { ${names.join(", ")} } from "${file}";\n`)
      .join("");
  }
}
