import type { Operation, SecurityScheme } from "../contract/contract.ts";
import type { JsonObject } from "../contract/json-object.ts";
import type { ReceivedRequest } from "./handler.ts";
import type { ProvidedContract } from "./provided-contract.ts";
import { contentFor, readBody, UnreadableBodyError } from "./read-body.ts";
import { cookies, decodeQuery, queryPairs, readParameter } from "./read-parameter.ts";
import type { ValueJudge } from "./value-judge.ts";

/** Why a request is refused. */
export interface Problem {
  readonly kind: "unauthorized" | "media-type" | "invalid";
  /** What of the request is wrong: `/query/page`. */
  readonly at: string;
  readonly message: string;
}

/** The first thing wrong with a request by the document; undefined when it is to be accepted. */
export async function problemWith(
  { document, securitySchemes, paths }: ProvidedContract,
  judge: ValueJudge,
  operation: Operation,
  request: ReceivedRequest,
  isRight: (credential: string) => boolean,
): Promise<Problem | undefined> {
  const carries = (name: string) => {
    const scheme = securitySchemes.get(name);
    const credential = scheme && credentialOf(scheme, request);
    return credential !== undefined && credential !== "" && isRight(credential);
  };
  const { security } = operation;
  if (security.length > 0 && !security.some((names) => names.every(carries))) {
    return { kind: "unauthorized", at: "", message: "no credential, or a wrong one" };
  }
  for (const parameter of operation.parameters) {
    const at = `/${parameter.in}/${parameter.name}`;
    const read = readParameter(document, paths, parameter, request);
    if (read === undefined) {
      if (parameter.required) return { kind: "invalid", at, message: "is missing" };
      continue;
    }
    const wrong = parameter.schema === undefined ? undefined : judge(parameter.schema, read.value);
    if (wrong !== undefined) return { kind: "invalid", at, message: wrong };
  }
  return problemWithBody(document, judge, operation, request);
}

async function problemWithBody(
  document: JsonObject,
  judge: ValueJudge,
  operation: Operation,
  request: ReceivedRequest,
): Promise<Problem | undefined> {
  const { requestBody } = operation;
  if (!requestBody) return undefined;
  if (request.body.length === 0) {
    return requestBody.required ? { kind: "invalid", at: "/body", message: "is missing" } : undefined;
  }
  const content = contentFor(requestBody.contents, request.headers["content-type"]);
  if (!content) return { kind: "media-type", at: "/body", message: "has an undocumented media type" };
  try {
    const value = await readBody(document, content, request);
    const wrong = content.schema === undefined ? undefined : judge(content.schema, value);
    return wrong === undefined ? undefined : { kind: "invalid", at: "/body", message: wrong };
  } catch (error) {
    if (error instanceof UnreadableBodyError) return { kind: "invalid", at: "/body", message: error.message };
    throw error;
  }
}

/** The credential that the request carries for that scheme; undefined when it carries none. */
function credentialOf(scheme: SecurityScheme, request: ReceivedRequest): string | undefined {
  if (scheme.kind === "apiKey") return credentialAt(scheme.in, scheme.name, request);
  const [given = "", credential] = (request.headers["authorization"] ?? "").split(" ", 2);
  if (given.toLowerCase() !== scheme.kind || credential === undefined) return undefined;
  if (scheme.kind !== "basic") return credential;
  const pair = Buffer.from(credential, "base64").toString();
  return pair.includes(":") ? pair.slice(pair.indexOf(":") + 1) : undefined;
}

function credentialAt(where: string, name: string, request: ReceivedRequest): string | undefined {
  if (where === "header") return request.headers[name.toLowerCase()];
  if (where === "cookie") return cookies(request).get(name);
  const pair = queryPairs(request.url).find(([key]) => key === name);
  return pair && decodeQuery(pair[1]);
}
