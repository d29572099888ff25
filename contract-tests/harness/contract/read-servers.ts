import type { Server } from "./contract.ts";
import { isObject, listOr, objectOr, textOr } from "./json-object.ts";
import { joinPointer } from "./json-pointer.ts";
import type { Resolve } from "./read-parameter.ts";

/**
 * The servers of an operation: its own, else those of its path, else those of the document, else "/" (OpenAPI 3.1,
 * sections 4.8.1, 4.8.9.1 and 4.8.10.1).
 *
 * @param owners pointers of the operation, its path item and the document, in this order
 */
export function readServers(owners: readonly string[], resolve: Resolve): readonly Server[] {
  for (const owner of owners) {
    const list = listOr(objectOr(resolve(owner).value)["servers"]);
    const servers = list.flatMap((server, index) => {
      const url = textOr(objectOr(server)["url"]);
      return url === undefined
        ? []
        : [
            {
              url,
              variables: variablesOf(objectOr(server)["variables"]),
              pointer: joinPointer(owner, "servers", index),
            },
          ];
    });
    if (servers.length > 0) return servers;
  }
  return [{ url: "/", variables: new Map(), pointer: "" }];
}

function variablesOf(variables: unknown): Server["variables"] {
  return new Map(
    Object.entries(objectOr(variables))
      .filter(([, variable]) => isObject(variable))
      .map(([name, variable]) => {
        const { default: usual, enum: listed } = objectOr(variable);
        const values = Array.isArray(listed) ? listed.map(String) : undefined;
        return [
          name,
          {
            ...(usual === undefined ? {} : { default: String(usual) }),
            ...(values === undefined ? {} : { values }),
          },
        ] as const;
      }),
  );
}
