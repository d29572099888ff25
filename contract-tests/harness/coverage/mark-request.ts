import type { Contract, Operation } from "../contract/contract.ts";
import type { PathTable } from "../contract/match-operation.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { readBody } from "../wire/body.ts";
import type { Deviation } from "../wire/deviation.ts";
import { rawParameter } from "../wire/raw-parameter.ts";
import { parameterReadings } from "../wire/read-parameter.ts";
import { security } from "../wire/security.ts";
import { mark, markValue } from "./mark-value.ts";
import type { OpenItem, OperationItems, Owner } from "./operation-items.ts";

/** By what requests are read. */
export interface Reading {
  readonly contract: Contract;
  readonly oracle: Oracle;
  readonly paths: PathTable;
}

/**
 * Marks what a request that is due to succeed heeds.
 *
 * @param isLetIn its credentials were right, as far as the answer tells
 */
export function markValid(
  { contract, oracle, paths }: Reading,
  operation: Operation,
  items: OperationItems,
  request: HttpRequest,
  isLetIn: boolean,
): void {
  if (isLetIn)
    for (const { item, isCarried } of schemes(contract, operation, items, request))
      if (isCarried) item.marks.add("tried-valid");
  const nothing = { path: operation.path, values: new Map<string, string>() };
  const match = paths.match(request.path.split("?")[0] ?? "") ?? nothing;
  for (const parameter of operation.parameters) {
    const { name, in: where, schema, pointer } = parameter;
    const raw = rawParameter(contract, oracle, operation, parameter, request, match);
    const readings = parameterReadings(parameter, raw, oracle, "request");
    const valid = readings?.filter(
      (value) => schema === undefined || oracle.accepts(schema, "request", value),
    );
    if (!valid || valid.length === 0) continue;
    mark(
      items.findAt(
        `${pointer}/required`,
        (one) => one.keyword === "required" && one.place === `${where} ${name}`,
      ),
      "tried-valid",
    );
    if (schema !== undefined) markValue(oracle, items, parameter, schema, "request", valid[0]);
  }
  markBody(oracle, operation, items, request);
}

function markBody(
  oracle: Oracle,
  { requestBody }: Operation,
  items: OperationItems,
  { body, headers }: HttpRequest,
): void {
  const media = parseMediaType(headerValue(headers, "content-type") ?? "");
  const mediaType = media && coveringContent(requestBody?.contents ?? [], media);
  if (!requestBody || !body || body.length === 0 || !media || !mediaType) return;
  const read = readBody({ oracle, mediaType }, body, headers, media, "request");
  if ("fault" in read) return;
  const values = "values" in read ? read.values : [];
  const isValid = values.every(
    ({ schema, value }) => schema === undefined || oracle.accepts(schema, "request", value),
  );
  if (!isValid) return;
  mark(
    items.findAt(
      `${requestBody.pointer}/required`,
      (one) => one.keyword === "required" && one.place === "body",
    ),
    "tried-valid",
  );
  mark(
    items.findAt(mediaType.pointer, (one) => one.keyword === "media type" && one.in === "request"),
    "tried-valid",
  );
  for (const { schema, value } of values)
    if (schema !== undefined) markValue(oracle, items, "body", schema, "request", value);
}

/** Marks the one thing that a request breaks. */
export function markBroken(
  { contract }: Reading,
  operation: Operation,
  items: OperationItems,
  request: HttpRequest,
  deviation: Deviation,
): void {
  const { pointer, in: where, name } = deviation;
  if (where === "security") {
    // A wrong credential is there, a missing one isn't.
    const isThere = deviation.name !== "missing";
    for (const { item, isCarried } of schemes(contract, operation, items, request))
      if (isCarried === isThere) item.marks.add("tried-invalid");
    return;
  }
  const place = where === "body" ? "body" : `${where} ${name ?? ""}`;
  mark(
    items.findAt(
      pointer,
      (one) =>
        one.in === "request" &&
        one.place === place &&
        (one.keyword === "required" || one.keyword === "media type"),
    ),
    "tried-invalid",
  );
  const parameter = operation.parameters.find((one) => one.in === where && one.name === name);
  const owner: Owner | undefined = where === "body" ? "body" : parameter;
  if (owner === undefined) return;
  const broken = [...items.constraintsOf(owner)]
    .map(({ item }) => item)
    .filter((item) => item.pointer === pointer && item.keyword !== "enum value");
  const member = deviation.at?.split("/").at(-1);
  const named = broken.filter(({ value }) => value === undefined || value === member);
  mark(broken.length === 1 ? broken : named, "tried-invalid");
}

function* schemes(
  contract: Contract,
  { security: alternatives }: Operation,
  items: OperationItems,
  request: HttpRequest,
): Generator<{ readonly item: OpenItem; readonly isCarried: boolean }> {
  for (const name of new Set(alternatives.flat())) {
    const scheme = contract.securitySchemes.get(name);
    const [item] = items.find((one) => one.keyword === "security" && one.value === name);
    if (!item || !scheme || scheme.kind === "unsupported") continue;
    yield { item, isCarried: security(scheme).isCarried(request) };
  }
}
