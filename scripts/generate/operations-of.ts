import { isObject, type JsonObject, type Path } from "./json.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

export interface LocatedOperation {
  readonly operation: JsonObject;
  /** The path item that it is in. */
  readonly item: JsonObject;
  readonly template: string;
  readonly method: (typeof methods)[number];
  readonly path: Path;
}

/** Every operation under `paths` (OpenAPI 3.1 §4.8.9), with its place. */
export function operationsOf(document: JsonObject): LocatedOperation[] {
  const paths = document["paths"];
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([template, item]) =>
    methods.flatMap((method) => {
      if (!isObject(item)) return [];
      const operation = item[method];
      return isObject(operation)
        ? [{ operation, item, template, method, path: ["paths", template, method] }]
        : [];
    }),
  );
}
