import type { Handler } from "../provider/handler.ts";

/** A fault that was derived from a contract rather than written down. */
export interface Mutant {
  /** `GET /books 200 › /items/0/year stepped over its maximum`. */
  readonly id: string;
  /** `METHOD /path/template` of the one operation that misbehaves. */
  readonly operation: string;
  /** `response` mutants give a bad answer, `request` ones judge requests badly. */
  readonly side: "response" | "request";
  /** Of the answer that is bad; undefined for `request` mutants. */
  readonly status?: number;
  /** Keyword of the broken rule: "maximum", "required", "content-type" … */
  readonly keyword: string;
  /** Where the broken rule stands in the document. */
  readonly pointer: string;
  readonly caughtBy: readonly string[];
  /** The breach of a schema's rule, wherever in an answer: the rules of a shared schema are broken in one place. */
  readonly rule?: string;
  /** Why no exchange can show the breach: such a mutant conforms to the contract and isn't counted. */
  readonly equivalent?: string;
  /** The whole faulty server. */
  readonly handler: () => Handler;
}
