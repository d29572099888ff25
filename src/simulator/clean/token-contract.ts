import {
  alterAnswer,
  isRefusal,
  onSuccess,
  withBody,
  withHeader,
  withJson,
  withoutHeader,
} from "../alter.ts";
import type { CleanVariation } from "../handler.ts";
import { isCreate } from "../token-contract.ts";

const onRefusedCreate = (change: Parameters<typeof alterAnswer>[1]) =>
  alterAnswer((answer, request) => isCreate(request) && isRefusal(answer), change);

/** The token in another form, counted so that each stays fresh. */
function tokens(id: string, why: string, mint: (count: number) => string): CleanVariation {
  return {
    id,
    why,
    wrap: (next) => {
      let count = 0;
      return onSuccess(withJson(() => ({ token: mint(count++) })))(next);
    },
  };
}

/** What the token contract leaves to the provider. */
export const tokenCleanVariations: readonly CleanVariation[] = [
  {
    id: "extra-property",
    why: "The response schema leaves additional properties open.",
    wrap: onSuccess(withJson((body) => ({ expires_in: 900, ...Object(body) }))),
  },
  {
    id: "refusal-as-fastapi-list",
    why: "422 is documented without content: what it says is the provider's choice.",
    wrap: onRefusedCreate((answer) =>
      withBody(
        answer,
        '{"detail":[{"type":"enum","loc":["path","token_type"],"msg":"Input should be known"}]}',
      ),
    ),
  },
  {
    id: "refusal-as-problem-details",
    why: "422 is documented without content: it may be problem details (RFC 9457).",
    wrap: onRefusedCreate((answer) =>
      withHeader(
        withBody(answer, '{"title":"Unprocessable","status":422}'),
        "content-type",
        "application/problem+json",
      ),
    ),
  },
  {
    id: "refusal-as-text",
    why: "422 is documented without content: it may be text.",
    wrap: onRefusedCreate((answer) => withHeader(withBody(answer, "no"), "content-type", "text/plain")),
  },
  {
    id: "refusal-without-body",
    why: "422 is documented without content: it may have none.",
    wrap: onRefusedCreate((answer) => withoutHeader(withBody(answer, ""), "content-type")),
  },
  tokens("token-of-one-character", "The token's minimum length is 1.", (count) =>
    String.fromCodePoint(0x4e00 + count),
  ),
  tokens(
    "token-very-long",
    "The token has no maximum length.",
    (count) => `sutkn_${count}_${"a".repeat(16_384)}`,
  ),
  tokens("token-like-a-jwt", "A token may have any format.", (count) =>
    ["eyJhbGciOiJIUzI1NiJ9", Buffer.from(`{"jti":${count}}`).toString("base64url"), "c2ln"].join("."),
  ),
  tokens(
    "token-with-quotes-and-emoji",
    "A token may contain any character.",
    (count) => `"\\sutkn/🔑\u2028${count}`,
  ),
];
