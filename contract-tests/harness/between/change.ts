import type { Operation, ResponseRule } from "../contract/contract.ts";
import type { HttpResponse } from "../http/message.ts";
import type { Violation } from "../schema/violation.ts";
import type { VisitedPlace } from "../schema/visit-instance.ts";
import type { RequestViolation } from "../wire/deviation.ts";

/** The two documents: the revision came after the base. */
export type Side = "base" | "revision";
export type Sides<Value> = { readonly [One in Side]: Value };

export const sides: readonly Side[] = ["base", "revision"];

export function otherSide(side: Side): Side {
  return side === "base" ? "revision" : "base";
}

/** One operation in both documents, or in the one that has it. */
export type OperationPair = Partial<Sides<Operation>> & { readonly id: string };

/** What one exchange says about a change: it follows only the base, only the revision, either, or neither of them. */
export type Says = "old" | "new" | "either" | "neither";

export function saysOf(side: Side): Says {
  return side === "base" ? "old" : "new";
}

export interface Weight {
  readonly says: Says;
  /** A clause: what about the exchange says so. Never a value. */
  readonly because: string;
}

/** What a document says of an answer. */
export interface AnswerReading {
  readonly rule?: ResponseRule;
  /** Whether a documented media type covers that of the answer; where none is documented, whether there is no body. */
  readonly isCovered: boolean;
  /** The values of the body along their schemas, with what each breaks of its own; empty where nothing describes them. */
  readonly values: readonly {
    readonly places: readonly VisitedPlace[];
    readonly violations: readonly Violation[];
  }[];
}

/** An answer as both documents read it; undefined for a document without the operation. */
export type ReadAnswer = Partial<Sides<AnswerReading>> & { readonly response: HttpResponse };

interface Described {
  /** The same for one change wherever it is met: what its operations share is one change. */
  readonly key: string;
  /** What kind of change it is, in kebab-case. */
  readonly kind: string;
  /** What has changed, in a clause; without the operation. */
  readonly message: string;
  /** JSON pointers into the documents. */
  readonly pointers: Partial<Sides<string>>;
}

/** A difference of the documents, and how an exchange shows which of them the server follows. */
export type Change = Described &
  (
    | { readonly observed: "operation"; readonly documentedBy: Side }
    | {
        readonly observed: "request";
        readonly isSecurity?: true;
        /** Whether the change makes the request violate that document. */
        isBroken(side: Side, violation: RequestViolation): boolean;
      }
    | { readonly observed: "answer"; weigh(answer: ReadAnswer): readonly Weight[] }
    /** `reason`: why no exchange shows it. */
    | { readonly observed: "never"; readonly reason: string }
  );

/** A change with the operations that it touches. */
export interface TouchingChange {
  readonly change: Change;
  readonly operations: readonly OperationPair[];
}
