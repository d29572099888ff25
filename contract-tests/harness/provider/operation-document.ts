import type { Operation } from "../contract/contract.ts";
import { isObject, type JsonObject, objectOr } from "../contract/json-object.ts";
import { pointerSteps } from "../contract/json-pointer.ts";
import { documentedMethods } from "../contract/read-operation.ts";

const methods: readonly string[] = documentedMethods;

/**
 * The part of a document that one operation needs: its path without other methods, and what it refers to, everything
 * where it stood. The whole document where references are not plain pointers into it.
 */
export function operationDocument(document: JsonObject, operation: Operation): JsonObject {
  const part = new Part(document);
  const item = objectOr(objectOr(document["paths"])[operation.path]);
  const own = Object.entries(item).filter(
    ([key]) => !methods.includes(key) || key === operation.method.toLowerCase(),
  );
  part.paths[operation.path] = Object.fromEntries(own);
  part.visit(Object.fromEntries(own));
  for (const name of Object.keys(objectOr(objectOr(document["components"])["securitySchemes"])))
    part.keep(["components", "securitySchemes", name]);
  if (!part.isWhole) return document;
  const { paths: _, components: __, webhooks: ___, ...rest } = document;
  return { ...rest, paths: part.paths, components: part.components };
}

class Part {
  readonly paths: Record<string, unknown> = {};
  readonly components: Record<string, Record<string, unknown>> = {};
  /** Every reference could be followed. */
  isWhole = true;
  readonly #document: JsonObject;
  readonly #kept = new Set<string>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  visit(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.visit(item);
    if (!isObject(value)) return;
    for (const keyword of ["$ref", "$dynamicRef"]) {
      const reference = value[keyword];
      if (typeof reference !== "string") continue;
      if (reference.startsWith("#/")) this.keep(pointerSteps(decodeURIComponent(reference.slice(1))));
      else this.isWhole = false;
    }
    for (const item of Object.values(value)) this.visit(item);
  }

  /** Keeps the component, or the path, that these steps lead into. */
  keep([group = "", kind = "", name = ""]: readonly string[]): void {
    if (group === "paths") this.#once(`paths ${kind}`, this.paths, objectOr(this.#document["paths"]), kind);
    else if (group === "components") {
      const from = objectOr(objectOr(this.#document["components"])[kind]);
      this.components[kind] ??= {};
      this.#once(`${kind} ${name}`, this.components[kind], from, name);
    } else this.isWhole = false;
  }

  #once(key: string, to: Record<string, unknown>, from: JsonObject, name: string): void {
    if (this.#kept.has(key)) return;
    this.#kept.add(key);
    to[name] = from[name];
    this.visit(from[name]);
  }
}
