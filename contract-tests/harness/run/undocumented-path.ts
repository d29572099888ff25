import type { Operation } from "../contract/contract.ts";
import { settled } from "../schema/place-in-value.ts";

/**
 * What stands in reports for a path that the contract doesn't know: `GET /users/*`, with whatever looks like an id taken
 * out, so that asking for a hundred of them is one finding, and the same in every recording.
 */
export function undocumentedPath(method: string, path: string): Operation {
  const shape = (path.split("?")[0] ?? "").split("/").map(settledSegment).join("/");
  return {
    id: `${method} ${shape}`,
    tags: [],
    deprecated: false,
    method,
    path: shape,
    pointer: "/paths",
    parameters: [],
    responses: [],
    security: [],
    securityPointer: "/paths",
    servers: [],
  };
}

/** Files of a kind are one: `/assets/app.js` and `/assets/vendor.js`. */
function settledSegment(segment: string): string {
  const [, extension] = /^.+(\.[a-z][a-z0-9]{0,9})$/i.exec(segment) ?? [];
  return extension === undefined ? settled(segment) : `*${extension}`;
}
