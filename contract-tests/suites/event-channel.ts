import type { RunEvent } from "../harness/run/events.ts";

/** What a suite tells: the events of its run, and last that it has told everything. */
export type SuiteMessage =
  | { readonly suite: SuiteName; readonly event: RunEvent }
  | { readonly suite: SuiteName; readonly done: true; readonly broken?: string };

export type SuiteName = "consumer" | "provider";

/** Tells events on the channel called `name`; without a name nobody listens and nothing is told. */
export function eventTeller(
  suite: SuiteName,
  name: string | undefined,
): { tell(event: RunEvent): void; done(broken?: string): void } {
  if (name === undefined) return { tell: () => undefined, done: () => undefined };
  const channel = new BroadcastChannel(name);
  const post = (message: SuiteMessage) => channel.postMessage(message);
  return {
    tell: (event) => post({ suite, event }),
    done: (broken) => {
      post({ suite, done: true, ...(broken === undefined ? {} : { broken }) });
      channel.close();
    },
  };
}
