import type { Oracle } from "../schema/oracle.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { visitAnnotated } from "../schema/visit-instance.ts";
import type { CoverageMark } from "./coverage.ts";
import type { OpenItem, OperationItems, Owner } from "./operation-items.ts";

/** Marks the constraints that a value is subject to. */
export function markValue(
  oracle: Oracle,
  items: OperationItems,
  owner: Owner,
  schema: string,
  direction: Direction,
  value: unknown,
): void {
  const isSent = direction === "request";
  for (const place of visitAnnotated(oracle, schema, direction, value))
    for (const { pointer } of place.schemas)
      for (const { item, appliesTo } of items.constraints(owner, pointer))
        if (appliesTo(place.value)) item.marks.add(isSent ? "tried-valid" : "seen");
}

export function mark(items: readonly OpenItem[], mark: CoverageMark): void {
  for (const { marks } of items) marks.add(mark);
}
