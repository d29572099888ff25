import type { Exchange } from "../checks/finding.ts";
import type { HttpResponse } from "../http/message.ts";
import {
  type Change,
  type OperationPair,
  otherSide,
  type ReadAnswer,
  type Says,
  type Side,
  type Sides,
  saysOf,
  sides,
} from "./change.ts";
import type { ExchangeReader, JudgedRequest } from "./read-exchange.ts";

/** What one exchange says of one change. */
export type Evidence =
  | {
      readonly says: Says;
      /**
       * How it shows: by a request that was served or refused, by an answer's content, or by a request that both documents
       * let pass and that was refused.
       */
      readonly by: "served" | "refused" | "answer" | "refused-both";
      readonly because: string;
    }
  /** Nothing, for a reason that the user can do something about. */
  | {
      readonly says: "nothing";
      readonly because: string;
      /** A request that fits both documents was served. */
      readonly isServed?: true;
    };

type RequestChange = Extract<Change, { observed: "request" }>;

/** Which changes make a request violate each document; `isOnly`: nothing else does. */
export type Standing = Sides<{
  readonly changes: ReadonlySet<Change>;
  readonly isValid: boolean;
  readonly isOnly: boolean;
}>;

/** Undefined for a request that one of the documents has no operation for. */
export function standingOf(judged: JudgedRequest, changes: readonly Change[]): Standing | undefined {
  const { base, revision } = judged;
  if (!base || !revision) return undefined;
  const own = changes.filter((change): change is RequestChange => change.observed === "request");
  const on = (side: Side) => {
    const violations = side === "base" ? base : revision;
    const causes = violations.map((violation) => own.filter((change) => change.isBroken(side, violation)));
    return {
      changes: new Set<Change>(causes.flat()),
      isValid: violations.length === 0,
      isOnly: causes.every((of) => of.length > 0),
    };
  };
  return { base: on("base"), revision: on("revision") };
}

/** What an exchange says of the changes of its operation. */
export function weighExchange(
  reader: ExchangeReader,
  pair: OperationPair,
  changes: readonly Change[],
  { case: { request, deviation }, response }: Exchange,
): readonly (readonly [Change, Evidence])[] {
  if (!response) return changes.map((change) => [change, nothing("it didn't answer")] as const);
  const found: (readonly [Change, Evidence])[] = [];
  const answer = reader.answer(pair, request, response);
  for (const change of changes) {
    if (change.observed === "answer")
      for (const { says, because } of change.weigh(answer))
        found.push([change, { says, by: "answer", because }]);
    if (change.observed === "operation") found.push([change, presence(change.documentedBy, pair, answer)]);
  }
  // A wrong credential looks like a right one to a document.
  const isWrong = deviation?.in === "security" && deviation.name !== "missing";
  const standing = isWrong ? undefined : standingOf(reader.request(pair, request), changes);
  if (standing) found.push(...requestEvidence(standing, pair, changes, response));
  return found;
}

function requestEvidence(
  standing: Standing,
  pair: OperationPair,
  changes: readonly Change[],
  response: HttpResponse,
): (readonly [Change, Evidence])[] {
  const { base, revision } = standing;
  const own = changes.filter((change): change is RequestChange => change.observed === "request");
  const status = `${response.status}`;
  if (base.isValid && revision.isValid) {
    return own.flatMap((change): (readonly [Change, Evidence])[] => {
      const outcome = outcomeOf(pair, response, false, false);
      if (outcome === "served") return [[change, servedBoth]];
      if (outcome === "refused")
        return [
          [change, { says: "neither", by: "refused-both", because: `${status} to a request that fits both` }],
        ];
      return [[change, nothing(outcome)]];
    });
  }
  return own.flatMap((change): (readonly [Change, Evidence])[] => {
    const breaks = sides.filter((side) => standing[side].changes.has(change));
    if (breaks.length === 0) return [];
    const outcome = outcomeOf(pair, response, change.isSecurity === true, true);
    if (outcome !== "served" && outcome !== "refused") return [[change, nothing(outcome)]];
    const isOnly = breaks.every((side) => standing[side].isOnly);
    const [side] = breaks;
    if (breaks.length === 2) {
      if (outcome === "refused" || !isOnly) return [];
      return [
        [change, { says: "neither", by: "served", because: `${status} to a request that fits neither` }],
      ];
    }
    if (side === undefined) return [];
    const lets = otherSide(side);
    if (outcome === "served") {
      if (!standing[side].isOnly || !standing[lets].isOnly) return [];
      return [
        [
          change,
          {
            says: saysOf(lets),
            by: "served",
            because: `${status} to a request that fits only the ${lets}`,
          },
        ],
      ];
    }
    // A refusal has one cause alone where one change alone speaks against the request.
    if (!standing[lets].isValid || !isOnly || standing[side].changes.size > 1) return [];
    if (response.status >= 500)
      return [
        [
          change,
          {
            says: "neither",
            by: "refused",
            because: `${status} to a request that fits only the ${lets}`,
          },
        ],
      ];
    return [
      [
        change,
        {
          says: saysOf(side),
          by: "refused",
          because: `${status} to a request that fits only the ${lets}`,
        },
      ],
    ];
  });
}

/** Statuses that say "your data is wrong" (RFC 9110, section 15.5). */
const refusals = new Set([400, 406, 411, 413, 414, 415, 422, 428, 431]);

/** Whether a request was served or refused; otherwise why that can't be told. */
function outcomeOf(
  pair: OperationPair,
  { status }: HttpResponse,
  isAboutSecurity: boolean,
  isBroken: boolean,
): "served" | "refused" | string {
  if (status < 400) return "served";
  if (status >= 500 && status !== 501) return "refused";
  if (status === 401 || status === 403)
    return isAboutSecurity
      ? "refused"
      : `a credential is missing or invalid (${status}): give it with --auth or --header`;
  if (status === 405 || status === 501) return `the server doesn't have the operation (${status})`;
  if (status === 404 || status === 410)
    return hasPathParameters(pair)
      ? `what the path names doesn't exist (${status}): name something that does with --param`
      : `the server doesn't have the operation (${status})`;
  if (status === 409) return "it was refused for another reason (409)";
  const isDocumented = sides.some((side) =>
    pair[side]?.responses.some((rule) => rule.status === String(status)),
  );
  if (refusals.has(status) || isDocumented) return "refused";
  return isBroken ? "refused" : `it was answered ${status}`;
}

function hasPathParameters({ base, revision }: OperationPair): boolean {
  return (revision ?? base)?.parameters.some((parameter) => parameter.in === "path") ?? false;
}

/** Whether the operation that one document has is there. */
function presence(side: Side, pair: OperationPair, answer: ReadAnswer): Evidence {
  const { status } = answer.response;
  const reading = answer[side];
  const isThere = saysOf(side);
  const isAbsent = saysOf(otherSide(side));
  const fits =
    reading?.rule !== undefined &&
    reading.isCovered &&
    reading.values.every(({ violations }) => violations.length === 0);
  const told = (says: Says, because: string): Evidence => ({ says, by: "answer", because });
  if (status === 405 || status === 501) return told(isAbsent, `${status}: there is no such operation`);
  if (status === 404 || status === 410) {
    if (!hasPathParameters(pair)) return told(isAbsent, `${status}: there is no such path`);
    const isDescribed = reading?.values.some(({ places }) => places.length > 0) ?? false;
    if (reading?.rule?.status === "404" && isDescribed && fits)
      return told(isThere, `${status} as the ${side} describes it`);
    if (reading?.rule === undefined || (isDescribed && !fits))
      return told(isAbsent, `${status}, but not as the ${side} describes it`);
    return nothing(
      `${status} may mean that what the path names doesn't exist: name something that does with --param`,
    );
  }
  if (status === 401 || status === 403)
    return nothing(`a credential is missing or invalid (${status}): give it with --auth or --header`);
  if (fits) return told(isThere, `${status} as the ${side} describes it`);
  return told(
    "neither",
    `${status}, which neither fits the ${side} nor says that there is no such operation`,
  );
}

const servedBoth: Evidence = {
  says: "nothing",
  because: "no request was found that one document allows and the other doesn't",
  isServed: true,
};

function nothing(because: string): Evidence {
  return { says: "nothing", because };
}
