/** How a part of the contract was covered. */
export type CoverageMark =
  | "tried-valid" // a request that was to succeed heeded it
  | "tried-invalid" // a request broke it, and nothing else
  | "seen"; // an answer was looked at by it

/** One thing that the contract says of an operation. */
export interface CoverageItem {
  readonly in: "request" | "answer";
  /** A keyword of JSON Schema or OpenAPI, or `enum value`, `response`, `media type`, `header`, `security`. */
  readonly keyword: string;
  /** Where in the message, in words: `query limit`, `body /items/*`, `200`. */
  readonly place: string;
  /** JSON pointer to the rule in the contract. */
  readonly pointer: string;
  /** Which of several at one pointer: the listed value as JSON, the required member, the scheme. */
  readonly value?: string;
  /** Each once; empty: never tried and never seen. */
  readonly marks: readonly CoverageMark[];
}

export interface OperationCoverage {
  /** `METHOD /path/template`. */
  readonly operation: string;
  readonly items: readonly CoverageItem[];
  /** The operation has more rules than are counted; those higher up in a message come first. */
  readonly truncated?: true;
}

/** Which part of the contract a run has covered. */
export interface Coverage {
  /** Items with a mark, of all: 0 to 100, rounded down to a tenth. */
  readonly percent: number;
  readonly items: number;
  readonly triedValid: number;
  readonly triedInvalid: number;
  readonly seen: number;
  readonly never: number;
  readonly operations: readonly OperationCoverage[];
}

/** Adds up what is known of each operation. */
export function coverageOf(operations: readonly OperationCoverage[]): Coverage {
  const all = operations.flatMap(({ items }) => items);
  const marked = (mark: CoverageMark) => all.filter(({ marks }) => marks.includes(mark)).length;
  const never = all.filter(({ marks }) => marks.length === 0).length;
  return {
    percent: all.length === 0 ? 0 : Math.floor(((all.length - never) * 1_000) / all.length) / 10,
    items: all.length,
    triedValid: marked("tried-valid"),
    triedInvalid: marked("tried-invalid"),
    seen: marked("seen"),
    never,
    operations,
  };
}

/** The combined coverage of runs that each judged a part. */
export function mergedCoverage(parts: readonly Coverage[]): Coverage {
  const rows = new Map<string, OperationCoverage>();
  for (const row of parts.flatMap(({ operations }) => operations)) {
    const before = rows.get(row.operation);
    rows.set(row.operation, before ? merged(before, row) : row);
  }
  return coverageOf([...rows.values()]);
}

function merged(one: OperationCoverage, other: OperationCoverage): OperationCoverage {
  const key = ({ marks: _, ...item }: CoverageItem) =>
    JSON.stringify([item.in, item.keyword, item.pointer, item.place, item.value]);
  const others = new Map(other.items.map((item) => [key(item), item.marks] as const));
  return {
    ...one,
    items: one.items.map((item) => ({
      ...item,
      marks: inOrder([...item.marks, ...(others.get(key(item)) ?? [])]),
    })),
  };
}

const order: readonly CoverageMark[] = ["tried-valid", "tried-invalid", "seen"];

/** Each mark once, in one order. */
export function inOrder(marks: Iterable<CoverageMark>): readonly CoverageMark[] {
  const given = new Set(marks);
  return order.filter((mark) => given.has(mark));
}
