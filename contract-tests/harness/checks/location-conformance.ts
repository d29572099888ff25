import { idIn, locationPaths } from "../cases/identify.ts";
import { resourceMap } from "../cases/resources.ts";
import { canonicalPath, pathValues } from "../cases/runtime-expression.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { PathTable } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import type { Check, Complaint } from "./check.ts";
import { answeredIn, isMeant } from "./observed.ts";

/**
 * Location points to what a 201 created (RFC 9110, section 15.3.2): not to the collection, and not to a resource other than
 * the body's. That it exists is a matter for resource-availability. An undocumented path is a warning: it may lead to a
 * page.
 */
export const locationConformance: Check = {
  id: "location-conformance",
  rule: "Location points to what was created.",
  needsMemory: true,
  begin: () => (judged) => {
    const answered = answeredIn(judged);
    if (!answered || !isMeant(judged) || answered.operation.method !== "POST") return undefined;
    const { operation, request, response, body } = answered;
    const location = headerValue(response.headers, "location");
    if (response.status !== 201 || location === undefined) return undefined;
    const header = judged.rule?.headers.find(({ name }) => name.toLowerCase() === "location");
    const complain = (kind: string, message: string, expected: string, more: Partial<Complaint> = {}) => [
      {
        kind,
        pointer: header?.pointer ?? joinPointer(operation.pointer, "responses"),
        message,
        expected,
        actual: location,
        ...more,
      },
    ];
    const paths = locationPaths(answered);
    const { resources } = resourceMap(judged.contract);
    const made = resources.filter(({ make }) => make?.id === operation.id);
    for (const resource of made) {
      const { parameter, path } = resource;
      const named = paths.find((one) => new PathTable([path]).match(one));
      if (parameter === undefined || named === undefined) continue;
      const told = pathValues(path, named).get(parameter);
      const id = idIn(body, resource, parameter, judged.oracle);
      if (id === undefined || told === String(id)) return [];
      // A path may take another name than the body's first one: its slug, say.
      const values = Object.values(typeof body === "object" && body !== null ? body : {});
      return values.some((value) => String(value) === told)
        ? []
        : complain(
            "names-another",
            "Location and the response body refer to different resources.",
            String(id),
          );
    }
    if (canonicalPath(paths[0] ?? "") === canonicalPath(request.path))
      return complain(
        "names-the-collection",
        "Location points to the collection, not to what was created in it.",
        "the path of what was created",
      );
    const documented = new PathTable(judged.contract.operations.map(({ path }) => path));
    if (made.length === 0 || paths.some((path) => documented.match(path))) return [];
    return complain(
      "leads-nowhere",
      "Location points to an undocumented path.",
      made.map(({ path }) => path).join(" or "),
      { severity: "warning" },
    );
  },
};
