import { isObject, type Json, type JsonObject, type Path, toPointer, valueAt } from "../generate/json.ts";
import { type LocatedOperation, operationsOf } from "../generate/operations-of.ts";
import { mayBeNull } from "./marked-null.ts";
import { parametersOf } from "./operation-parts.ts";

/** A contract as `redocly diff` gets it, and where its places come from. */
export interface AlignedContract {
  readonly document: JsonObject;
  /** The place in the contract itself of a place in the document. */
  readonly originOf: (path: Path) => Path;
}

/** Begins the names of components that stand for members of lists; no sentence should show them. */
const prefix = "aligned-member ";

/** A sentence without the made-up names. */
export function withoutAlignedNames(message: string): string {
  return message.replaceAll(new RegExp(` of \`${prefix}[^\`]*\``, "g"), "");
}

/** Rewrites one contract so that everything has the name that it shares with the other one. */
export class ContractAligner {
  readonly #contract: JsonObject;
  /** Template in the contract to template in the aligned document; others are left out. */
  readonly #paths = new Map<string, string>();
  /** Pointer of a list's member to the name of its component. */
  readonly #members = new Map<string, string>();
  /** `method template` and key of a parameter to the name of its component. */
  readonly #parameters = new Map<string, string>();
  /** Aligned places, as pointers, whose content stands elsewhere in the contract. */
  readonly #origins = new Map<string, Path>();
  readonly #components = { schemas: {}, parameters: {}, others: {} } as Record<
    "schemas" | "parameters" | "others",
    JsonObject
  >;

  constructor(contract: JsonObject) {
    this.#contract = contract;
  }

  keepPath(template: string, alignedTemplate: string): void {
    this.#paths.set(template, alignedTemplate);
  }

  isNamed(member: Path): boolean {
    return this.#members.has(toPointer(member));
  }

  nameMember(member: Path, name: string): void {
    this.#members.set(toPointer(member), `${prefix}${name}`);
  }

  nameParameter({ method, template }: LocatedOperation, key: string, name: string): void {
    this.#parameters.set(`${method} ${template} ${key}`, `${prefix}${name}`);
  }

  aligned(): AlignedContract {
    const { paths: _, components, ...rest } = this.#contract;
    const document: JsonObject = {
      ...this.#object(rest, []),
      paths: this.#alignedPaths(),
      components: this.#object(isObject(components) ? components : {}, ["components"]),
    };
    const own = isObject(document["components"]) ? document["components"] : {};
    own["schemas"] = { ...members(own["schemas"]), ...this.#components.schemas };
    own["parameters"] = { ...members(own["parameters"]), ...this.#components.parameters };
    document["x-aligned"] = this.#components.others;
    return { document, originOf: (path) => this.#originOf(path) };
  }

  #alignedPaths(): JsonObject {
    const paths: JsonObject = {};
    const operations = operationsOf(this.#contract);
    for (const [template, alignedTemplate] of this.#paths) {
      const item = valueAt(this.#contract, ["paths", template]);
      if (!isObject(item)) continue;
      const { parameters: _, ...rest } = item;
      const aligned = this.#object(rest, ["paths", template]);
      for (const located of operations.filter((operation) => operation.template === template)) {
        const operation = aligned[located.method];
        if (isObject(operation)) this.#addParameters(operation, located, alignedTemplate);
      }
      paths[alignedTemplate] = aligned;
      this.#origins.set(toPointer(["paths", alignedTemplate]), ["paths", template]);
    }
    return paths;
  }

  #addParameters(operation: JsonObject, located: LocatedOperation, alignedTemplate: string): void {
    const parameters = parametersOf(this.#contract, located).map(({ key, part, site }, index): Json => {
      this.#origins.set(toPointer(["paths", alignedTemplate, located.method, "parameters", index]), site);
      const name = this.#parameters.get(`${located.method} ${located.template} ${key}`);
      const value = this.#value(part.value, part.path);
      return name === undefined ? value : this.#component("parameters", name, value, part.path);
    });
    if (parameters.length > 0) operation["parameters"] = parameters;
  }

  #value(value: Json, path: Path): Json {
    if (Array.isArray(value))
      return value.map((item, index) => {
        const at = [...path, index];
        const name = this.#members.get(toPointer(at));
        const copy = this.#value(item, at);
        if (name === undefined) return copy;
        const isSchema = path.at(-1) !== "servers" && path.at(-1) !== "tags";
        return this.#component(isSchema ? "schemas" : "others", name, copy, at);
      });
    return isObject(value) ? this.#object(value, path) : value;
  }

  #object(object: JsonObject, path: Path): JsonObject {
    return Object.fromEntries(
      Object.entries(object)
        .filter(([key]) => key !== mayBeNull)
        .map(([key, value]) => [
          isOutward(key, value) ? "reference" : this.#keyOf(key, path),
          this.#value(value, [...path, key]),
        ]),
    );
  }

  /** Names of an answer's headers have no case (RFC 9110 §5.1). */
  #keyOf(key: string, path: Path): string {
    if (path.at(-1) !== "headers" || path.at(-3) !== "responses" || key === key.toLowerCase()) return key;
    this.#origins.set(toPointer([...path, key.toLowerCase()]), [...path, key]);
    return key.toLowerCase();
  }

  /** Puts a value among the components. Returns the reference to it. */
  #component(kind: "schemas" | "parameters" | "others", name: string, value: Json, origin: Path): JsonObject {
    this.#components[kind][name] = value;
    const path = kind === "others" ? ["x-aligned", name] : ["components", kind, name];
    this.#origins.set(toPointer(path), origin);
    return { $ref: `#${encodeURI(toPointer(path))}` };
  }

  #originOf(path: Path): Path {
    for (let length = path.length; length > 0; length -= 1) {
      const origin = this.#origins.get(toPointer(path.slice(0, length)));
      if (origin !== undefined) return [...origin, ...path.slice(length)];
    }
    return path;
  }
}

/** A reference that leads outside the document stands in data, an example or an extension, and isn't to be followed. */
function isOutward(key: string, value: Json): boolean {
  return key === "$ref" && typeof value === "string" && !value.startsWith("#");
}

function members(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
