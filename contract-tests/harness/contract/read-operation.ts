import type { Operation, Parameter, RequestBody, ResponseRule } from "./contract.ts";
import { isObject, type JsonObject, listOr, objectOr } from "./json-object.ts";
import { joinPointer } from "./json-pointer.ts";
import type { NotJudged } from "./not-judged.ts";
import { pathParameters } from "./path-parameters.ts";
import { type Resolve, readContents, readHeader, readParameter } from "./read-parameter.ts";
import { readServers } from "./read-servers.ts";

export const documentedMethods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
] as const;

/** A body there has no defined semantics (RFC 9110, section 9.3), and many servers and clients drop it. */
const bodilessMethods: ReadonlySet<string> = new Set(["get", "head", "trace"]);

/** Reads the Operation Object at `pointer`; what can't be judged in it goes to `notJudged`. */
export function readOperation(
  document: JsonObject,
  path: string,
  method: string,
  pointer: string,
  pathItem: string,
  resolve: Resolve,
  notJudged: NotJudged[],
): Operation {
  const source = objectOr(resolve(pointer).value);
  const id = `${method.toUpperCase()} ${path}`;
  const parameters = new Map<string, Parameter>();
  for (const owner of [pathItem, pointer]) {
    for (const index of listOr(objectOr(resolve(owner).value)["parameters"]).keys()) {
      const parameter = readParameter(joinPointer(owner, "parameters", index), resolve);
      if ("reason" in parameter) notJudged.push({ operation: id, ...parameter });
      else parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  const all = [...parameters.values()];
  const ofPath = pathParameters(
    path,
    all.filter((parameter) => parameter.in === "path"),
    pointer,
  );
  notJudged.push(...ofPath.notJudged.map((told) => ({ operation: id, ...told })));
  if (path.includes("?"))
    notJudged.push({
      operation: id,
      pointer: pathItem,
      reason:
        "the path contains a query, which OpenAPI doesn't allow: it is sent with every request and identifies the operation",
    });
  if (path.includes("#"))
    notJudged.push({
      operation: id,
      pointer: pathItem,
      reason: "the path contains a fragment, which requests can't carry, so it is left out",
    });
  const asksForAuthorization = [pathItem, pointer].some((owner) =>
    [...listOr(objectOr(resolve(owner).value)["parameters"]).keys()].some((index) => {
      const parameter = objectOr(resolve(joinPointer(owner, "parameters", index)).value);
      const isAuthorization = /^authorization$/i.test(String(parameter["name"]));
      return isAuthorization && parameter["in"] === "header" && parameter["required"] === true;
    }),
  );
  const requestBody = readRequestBody(joinPointer(pointer, "requestBody"), resolve);
  const bodiless = requestBody !== undefined && bodilessMethods.has(method.toLowerCase());
  if (bodiless) {
    notJudged.push({
      operation: id,
      pointer: requestBody.pointer,
      reason: `a ${method.toUpperCase()} request's body has no meaning in HTTP, so none is sent`,
    });
  }
  const ownSecurity = source["security"] !== undefined;
  return {
    id,
    ...(typeof source["operationId"] === "string" ? { operationId: source["operationId"] } : {}),
    tags: listOr(source["tags"]).filter((tag) => typeof tag === "string"),
    deprecated: source["deprecated"] === true,
    method: method.toUpperCase(),
    path,
    pointer,
    parameters: [...ofPath.parameters, ...all.filter((parameter) => parameter.in !== "path")],
    ...(asksForAuthorization ? { asksForAuthorization } : {}),
    ...(requestBody === undefined || bodiless ? {} : { requestBody }),
    responses: Object.keys(objectOr(source["responses"]))
      .filter((status) => !status.startsWith("x-"))
      .map((status) => readResponse(status, joinPointer(pointer, "responses", status), resolve)),
    security: listOr(ownSecurity ? source["security"] : document["security"])
      .filter(isObject)
      .map((requirement) => Object.keys(requirement)),
    securityPointer: ownSecurity ? joinPointer(pointer, "security") : "/security",
    servers: readServers([pointer, pathItem, ""], resolve),
  };
}

function readRequestBody(pointer: string, resolve: Resolve): RequestBody | undefined {
  const place = resolve(pointer);
  if (!isObject(place.value)) return undefined;
  return {
    required: place.value["required"] === true,
    pointer: place.pointer,
    contents: readContents(joinPointer(place.pointer, "content"), resolve),
  };
}

function readResponse(status: string, pointer: string, resolve: Resolve): ResponseRule {
  const place = resolve(pointer);
  return {
    status: /^[1-5]xx$/i.test(status) ? status.toUpperCase() : status,
    pointer: place.pointer,
    contents: readContents(joinPointer(place.pointer, "content"), resolve),
    headers: Object.keys(objectOr(objectOr(place.value)["headers"]))
      // OpenAPI 3.1, section 4.8.17: a response header called Content-Type is ignored.
      .filter((name) => name.toLowerCase() !== "content-type")
      .map((name) => readHeader(name, joinPointer(place.pointer, "headers", name), resolve)),
  };
}
