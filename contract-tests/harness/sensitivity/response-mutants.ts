import type { Operation, ResponseRule } from "../contract/contract.ts";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { headerText } from "../provider/document-provider.ts";
import type { Answer, Handler, ReceivedRequest } from "../provider/handler.ts";
import { responseFor } from "../provider/provided-contract.ts";
import { isJsonMediaType } from "../provider/read-body.ts";
import { typed } from "../provider/read-parameter.ts";
import { dereferenced, typesOf, type ValueJudge } from "../provider/value-judge.ts";
import { contentTypeOf, textOf, withBody, withHeader, withoutHeader } from "./alter-answer.ts";
import { breaches } from "./break-value.ts";
import type { Mutant } from "./mutant.ts";
import { replacedAt, schemaSites } from "./schema-sites.ts";

/** Places of one answer at which the same rule is broken in the same way: the first may be one that another branch excuses. */
const mostTries = 5;

/** A way to answer wrongly, before it is made a server. */
interface BadAnswer {
  readonly what: string;
  readonly keyword: string;
  readonly pointer: string;
  readonly caughtBy: readonly string[];
  readonly rule?: string;
  readonly equivalent?: string;
  readonly change: (answer: Answer) => Answer;
}

/**
 * Servers that answer one status of one operation wrongly, each in one place. `base` conforms to the contract, `answer` is
 * what it says there, and `concerns` tells the operation's requests.
 */
export function responseMutants(
  document: JsonObject,
  operation: Operation,
  answer: Answer,
  base: Handler,
  concerns: (request: ReceivedRequest) => boolean,
  judge: ValueJudge,
): readonly Mutant[] {
  const response = responseFor(operation, answer.status);
  if (!response) return [];
  const bad = [
    ...badBodies(document, response, answer, judge),
    ...badHeaders(document, response, answer, judge),
    ...badMediaTypes(response, answer),
    ...badStatuses(operation, answer),
  ];
  return bad.map(({ what, change, ...rest }) => ({
    ...rest,
    id: `${operation.id} ${answer.status} › ${what}`,
    operation: operation.id,
    side: "response",
    status: answer.status,
    handler: () => async (request) => {
      const given = await base(request);
      return given.status === answer.status && concerns(request) ? change(given) : given;
    },
  }));
}

function badBodies(
  document: JsonObject,
  response: ResponseRule,
  answer: Answer,
  judge: ValueJudge,
): readonly BadAnswer[] {
  const content = response.contents.find(({ name }) => name === contentTypeOf(answer));
  const schema = content?.schema;
  if (!content || schema === undefined) return [];
  if (!isJsonMediaType(content.name)) return badTexts(schema, document, answer, judge);
  const value: unknown = JSON.parse(textOf(answer));
  const bad: BadAnswer[] = [
    {
      what: "body cut short",
      keyword: "json",
      pointer: content.pointer,
      caughtBy: ["response-body-integrity"],
      change: (given) => withBody(given, textOf(given).slice(0, -1)),
    },
    {
      what: "body left out",
      keyword: "content",
      pointer: content.pointer,
      caughtBy: ["response-schema-conformance"],
      change: (given) => withBody(given, ""),
    },
  ];
  const keeps = (at: string, item: unknown) => judge(at, item) === undefined;
  const seen = new Set<string>();
  /** How often each rule has been broken in each way: the items of a long list break the same. */
  const tries = new Map<string, number>();
  for (const site of schemaSites(document, schema, value, keeps)) {
    const place = site.at.length === 0 ? "body" : joinPointer("", ...site.at);
    for (const breach of breaches(site.schema, site.value)) {
      const rule = `${joinPointer(site.pointer, breach.keyword)} ${breach.kind}`;
      const count = tries.get(rule) ?? 0;
      if (count >= mostTries) continue;
      tries.set(rule, count + 1);
      const broken = replacedAt(value, site.at, breach.value);
      const text = JSON.stringify(broken);
      if (seen.has(`${site.pointer} ${breach.keyword} ${text}`)) continue;
      seen.add(`${site.pointer} ${breach.keyword} ${text}`);
      bad.push({
        what: `${place} ${breach.keyword} ${breach.kind}`,
        keyword: breach.keyword,
        pointer: joinPointer(site.pointer, breach.keyword),
        rule,
        caughtBy: ["response-schema-conformance"],
        ...(judge(schema, broken) === undefined && {
          equivalent: "the changed response still matches the schema",
        }),
        change: (given) => withBody(given, text),
      });
    }
    bad.push(...leaks(document, site, (leaked) => JSON.stringify(replacedAt(value, site.at, leaked))));
  }
  return bad;
}

function leaks(
  document: JsonObject,
  site: {
    readonly schema: JsonObject;
    readonly pointer: string;
    readonly at: readonly (string | number)[];
    readonly value: unknown;
  },
  write: (leaked: unknown) => string,
): readonly BadAnswer[] {
  const { properties } = site.schema;
  const { value } = site;
  if (!isObject(properties) || !isObject(value)) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    const schema = dereferenced(document, property);
    if (!isObject(schema) || schema["writeOnly"] !== true) return [];
    const body = write({
      ...value,
      [name]: schema["pattern"] ? "AB-1234" : "a-secret-that-was-only-written",
    });
    return [
      {
        what: `${joinPointer("", ...site.at, name)} leaked`,
        keyword: "writeOnly",
        pointer: joinPointer(site.pointer, "properties", name),
        caughtBy: ["write-only-leak"],
        change: (given: Answer) => withBody(given, body),
      },
    ];
  });
}

function badTexts(
  schema: string,
  document: JsonObject,
  answer: Answer,
  judge: ValueJudge,
): readonly BadAnswer[] {
  const text = textOf(answer);
  return schemaSites(document, schema, text, () => true).flatMap((site) =>
    breaches(site.schema, text).flatMap((breach) => {
      const broken = breach.value;
      // Everything in a text is a string: a breach of another type can't be written down.
      if (typeof broken !== "string") return [];
      return [
        {
          what: `text ${breach.keyword} ${breach.kind}`,
          keyword: breach.keyword,
          pointer: joinPointer(site.pointer, breach.keyword),
          caughtBy: ["response-schema-conformance"],
          ...(judge(schema, broken) === undefined && {
            equivalent: "the changed text still matches the schema",
          }),
          change: (given: Answer) => withBody(given, broken),
        },
      ];
    }),
  );
}

function badHeaders(
  document: JsonObject,
  response: ResponseRule,
  answer: Answer,
  judge: ValueJudge,
): readonly BadAnswer[] {
  return response.headers.flatMap(({ name, required, pointer, schema }) => {
    const sent = answer.headers[name.toLowerCase()];
    if (typeof sent !== "string") return [];
    const dropped: BadAnswer = {
      what: `header ${name} left out`,
      keyword: "required",
      pointer: joinPointer(pointer, "required"),
      caughtBy: ["response-headers-conformance"],
      ...(!required && { equivalent: "the header is optional" }),
      change: (given) => withoutHeader(given, name),
    };
    if (schema === undefined) return [dropped];
    const types = typesOf(document, { $ref: `#${schema}` });
    if (types.has("array") || types.has("object")) return [dropped];
    const value = typed(document, { $ref: `#${schema}` }, sent);
    const broken = schemaSites(document, schema, value, () => true).flatMap((site) =>
      breaches(site.schema, value).map((breach): BadAnswer => {
        const text = headerText(breach.value);
        const still = judge(schema, typed(document, { $ref: `#${schema}` }, text)) === undefined;
        return {
          what: `header ${name} ${breach.keyword} ${breach.kind}`,
          keyword: breach.keyword,
          pointer: joinPointer(site.pointer, breach.keyword),
          caughtBy: ["response-headers-conformance"],
          ...(still && { equivalent: "the header's text still matches the schema" }),
          // The wire trims what surrounds a field's value (RFC 9110, section 5.5).
          ...(text.trim() === sent && { equivalent: "blanks around a header's value aren't part of it" }),
          change: (given) => withHeader(given, name.toLowerCase(), text),
        };
      }),
    );
    return [dropped, ...broken];
  });
}

function badMediaTypes(response: ResponseRule, answer: Answer): readonly BadAnswer[] {
  if (response.contents.length === 0 || answer.body.length === 0) return [];
  const documented = response.contents.map(({ name }) => name);
  const pointer = joinPointer(response.pointer, "content");
  const others = ["text/html", "application/octet-stream", "application/x-undocumented+json"];
  return [
    ...others
      .filter((other) => !documented.some((type) => type === other || type === "*/*"))
      .map(
        (other): BadAnswer => ({
          what: `media type ${other}`,
          keyword: "content-type",
          pointer,
          caughtBy: ["content-type-conformance"],
          change: (given) => withHeader(given, "content-type", other),
        }),
      ),
    {
      what: "media type left out",
      keyword: "content-type",
      pointer,
      caughtBy: ["content-type-conformance"],
      change: (given) => withoutHeader(given, "content-type"),
    },
  ];
}

function badStatuses(operation: Operation, answer: Answer): readonly BadAnswer[] {
  const pointer = joinPointer(operation.pointer, "responses");
  const crash: BadAnswer = {
    what: "status 500",
    keyword: "status",
    pointer,
    caughtBy: ["not-a-server-error"],
    change: (given) => ({ ...given, status: 500 }),
  };
  const others = answer.status < 300 ? [202, 302] : [418, 200];
  return [
    crash,
    ...others.map((status): BadAnswer => {
      const covered = responseFor(operation, status) !== undefined;
      const refusalAccepted = answer.status >= 400 && status === 200;
      const refused = ["negative-data-rejection", "missing-required-header", "ignored-auth"];
      return {
        what: `status ${status}`,
        keyword: "status",
        pointer,
        caughtBy: refusalAccepted ? refused : ["status-code-conformance"],
        ...(covered &&
          !refusalAccepted && {
            equivalent: `the contract documents ${status} here, by itself, by its class or by default`,
          }),
        change: (given) => ({ ...given, status }),
      };
    }),
  ];
}
