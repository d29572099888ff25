import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import type { HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { CheckOutcome } from "./exchange-judge.ts";

/** What is judged. A target sends a request unchanged: no retry, no redirect followed, no header added except Host. */
export interface Target {
  /** For reports. */
  readonly kind: TargetKind;
  /** Base URL; shown in reports. */
  readonly address: string;
  readonly capabilities: TargetCapabilities;
  /** What it can't show of its contract, worded for the report; nothing by default. */
  readonly limits?: readonly string[];
  /** If complaints may be about the target itself: what distinguishes them, loaded when there is a complaint. */
  readonly ownFaults?: (oracle: Oracle) => Promise<OwnFaults>;
  send(request: HttpRequest, options: SendOptions): Promise<SendResult>;
  /** Frees sockets and servers; safe to call twice. */
  close(): Promise<void>;
}

export const targetKinds = ["prism", "url", "simulator", "har"] as const;
/** Turns complaints that say nothing about the contract into "not judged", with the reason. */
export type OwnFaults = (
  operation: Operation,
  exchange: Exchange,
  outcomes: readonly CheckOutcome[],
) => readonly CheckOutcome[];

export type TargetKind = (typeof targetKinds)[number];

/** What a target can show, and what may be done to it. */
export interface TargetCapabilities {
  /** Replays the contract's examples: it does nothing, is stateless and checks no credentials. */
  readonly isStatic: boolean;
  /** Stateless: no request has an effect that later ones see. Default false. */
  readonly isForgetful?: boolean;
  /** The methods that it supports, in upper case; operations with others aren't judged. Default: any. */
  readonly methods?: ReadonlySet<string>;
  /** Requests that may change data may be sent without the caller's permission. */
  readonly allowsWrites: boolean;
}

export interface SendOptions {
  /** Milliseconds from first byte sent to last byte received, after which the result is a TIMEOUT failure. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type SendResult = { readonly response: HttpResponse } | { readonly failure: TransportFailure };
