import { onSuccess, withBody, withHeader } from "./alter.ts";
import type { Fault } from "./handler.ts";

/** What a provider may do without violating its contract, and callers have to live with. */
export const busyFaults: readonly Pick<Fault, "id" | "breach" | "wrap">[] = [
  {
    id: "error-429-with-retry-after",
    breach: "Every create is answered 429 with Retry-After: 1.",
    wrap: onSuccess((answer) => ({
      ...withHeader(
        withBody(
          answer,
          '{"detail":{"status":"too_many_concurrent_requests","message":"Too many requests"}}',
        ),
        "retry-after",
        "1",
      ),
      status: 429,
    })),
  },
];
