import { createHash } from "node:crypto";
import type { Contract } from "../harness/contract/contract.ts";
import { operationAt, PathTable } from "../harness/contract/match-operation.ts";
import type { HttpRequest, HttpResponse } from "../harness/http/message.ts";
import { contractSecretNames } from "../harness/redaction/contract-secret-names.ts";
import type { Target } from "../harness/run/target.ts";
import { Oracle } from "../harness/schema/oracle.ts";
import { validValue } from "../harness/schema/valid-value.ts";

/**
 * A server of no network that answers each request by its hash: valid answers, answers that lack something or hold secrets,
 * refusals and failures, all of the contract's own words, and always the same.
 */
export function babblingTarget(contract: Contract, key = "k-Sesame/\\7_open\\"): Target {
  const oracle = new Oracle(contract);
  const paths = new PathTable(contract.operations.map(({ path }) => path));
  const secretNames = ["token", "password", "session_id", ...contractSecretNames(contract.document)];
  const answerTo = (request: HttpRequest): HttpResponse => {
    const { method, path, headers, body } = request;
    const seed = createHash("sha256")
      .update(JSON.stringify([method, path, headers]))
      .update(body ?? "")
      .digest();
    const choose = <Item>(items: readonly Item[], at: number) =>
      items[(seed[at] ?? 0) % items.length] as Item; // never empty
    const match = paths.match(path.split("?")[0] ?? "");
    const operation = match && operationAt(contract, method, match.path);
    const documented = operation?.responses.find(({ status }) => /^2\d\d$/.test(status));
    const mediaType = documented?.contents.find(({ name }) => /json/.test(name));
    const made =
      mediaType?.schema === undefined ? undefined : validValue(oracle, mediaType.schema, { optional: true });
    const secrets = Object.fromEntries(
      secretNames.map((name, index) => [
        name,
        choose([`s3cr3t-${seed.toString("hex")}`, `9${index}777123`, 7_777_123, key, ""], 8 + index),
      ]),
    );
    const value = choose<unknown>(
      [
        made?.value,
        { ...(typeof made?.value === "object" ? made.value : {}), ...secrets },
        secrets,
        [made?.value, secrets],
        { echo: `${key} and ${path}`, nested: { list: [secrets, secrets] } },
        7_777_123,
      ],
      0,
    );
    const text = choose(
      [
        JSON.stringify(value ?? null),
        JSON.stringify(value ?? null, null, 2),
        `${JSON.stringify(value ?? null)}!`,
      ],
      2,
    );
    const json = choose([mediaType?.name ?? "application/json", "application/json", "text/plain"], 3);
    return {
      status: choose([Number(documented?.status ?? 200), 200, 201, 400, 401, 404, 422, 500], 1),
      headers: [
        ["content-type", json],
        ["set-cookie", `sid=${seed.toString("base64url")}; Path=/`],
        ["x-request", choose([key, encodeURIComponent(key), "plain"], 4)],
        ["content-length", String(Buffer.byteLength(text) + choose([0, 0, 0, 1], 5))],
      ],
      body: new Uint8Array(Buffer.from(text)),
      durationMs: 1,
    };
  };
  return {
    kind: "url",
    address: "http://127.0.0.1:9/base",
    capabilities: { isStatic: false, allowsWrites: true },
    send: async (request) => ({ response: answerTo(request) }),
    close: async () => undefined,
  };
}
