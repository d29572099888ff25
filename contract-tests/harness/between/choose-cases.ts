import type { Case } from "../cases/case.ts";
import type { HttpRequest } from "../http/message.ts";
import type { OperationPlan } from "../run/plan-operation.ts";
import type { Change, OperationPair } from "./change.ts";
import type { ExchangeReader } from "./read-exchange.ts";
import { type Standing, standingOf } from "./weigh.ts";

/** Most requests of one kind that are sent for one change. */
const mostOfKind = 3;
/** So often is each sent: servers behind one address may be of different revisions. */
const repeats = 2;

/** Of an operation's cases those that show its changes: valid ones, and those that one document lets pass alone. */
export function chooseCases(
  reader: ExchangeReader,
  pair: OperationPair,
  changes: readonly Change[],
  plan: OperationPlan,
): OperationPlan {
  const judged = plan.cases
    .filter(({ expectation }) => expectation === "accepted" || expectation === "rejected")
    .filter(({ deviation }) => deviation?.in !== "security" || deviation.name === "missing")
    .map((one) => ({ one, standing: standingOf(reader.request(pair, one.request), changes) }));
  const chosen = new Set<Case>();
  const take = (from: readonly { readonly one: Case }[], count = mostOfKind) => {
    // What servers count and compare differently (a letter of two code units) tells less of their revision.
    const plain = from.filter(({ one }) => isPlain(one.request));
    for (const { one } of (plain.length > 0 ? plain : from).slice(0, count)) chosen.add(one);
  };
  const valid = judged.filter(({ one }) => one.expectation === "accepted");
  take(valid.filter(({ standing }) => standing?.base.isValid && standing.revision.isValid));
  take(valid, 2);
  for (const change of changes) {
    const about = judged.flatMap(({ one, standing }) => (standing ? [{ one, standing }] : []));
    const breaks = ({ standing }: { readonly standing: Standing }) => ({
      base: standing.base.changes.has(change),
      revision: standing.revision.changes.has(change),
    });
    const byClarity = [...about].sort((a, b) => causes(a.standing) - causes(b.standing));
    take(byClarity.filter((one) => !breaks(one).base && breaks(one).revision));
    take(byClarity.filter((one) => breaks(one).base && !breaks(one).revision));
    take(
      byClarity.filter(
        (one) =>
          breaks(one).base &&
          breaks(one).revision &&
          one.standing.base.isOnly &&
          one.standing.revision.isOnly,
      ),
      2,
    );
    const refused = judged.filter(({ one }) => one.expectation === "rejected");
    // Of how requests are refused, answers to wrong ones tell.
    if (/^status-/.test(change.kind)) {
      take(
        refused.filter(({ one }) => one.deviation?.in === "security"),
        1,
      );
      take(refused.filter(({ one }) => one.deviation?.in !== "security"));
    }
  }
  return { ...plan, fuzz: false, cases: [...chosen].flatMap((one) => Array<Case>(repeats).fill(one)) };
}

/** ASCII alone, also where it is percent-encoded or escaped. */
function isPlain({ path, body = new Uint8Array() }: HttpRequest): boolean {
  return !/%[89a-f]/i.test(path) && body.every((byte) => byte < 0x80);
}

function causes({ base, revision }: Standing): number {
  return base.changes.size + revision.changes.size + (base.isOnly && revision.isOnly ? 0 : 100);
}
