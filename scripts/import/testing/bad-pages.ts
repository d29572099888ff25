import { replaceOnce } from "./project-copy.ts";

/** A page that must be refused: what is done to the good one, and the sentence that is due. */
export interface BadPage {
  readonly name: string;
  readonly change: (page: string) => string;
  readonly message: RegExp;
}

const replace =
  (from: string, to: string) =>
  (page: string): string =>
    replaceOnce(page, [[from, to]]);

const token = "        token:\n          type: string\n";
const tokenType = "            $ref: '#/components/schemas/SingleUseTokenType'";
const bomb = [
  "a: &a [x,x,x,x,x,x,x,x,x,x]",
  "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]",
  "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]",
  "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]",
  "e: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]",
].join("\n");

export const badPages: readonly BadPage[] = [
  {
    name: "no block",
    change: replace("```yaml", "```text"),
    message: /page\.md: no ```yaml block that starts an OpenAPI document/,
  },
  {
    name: "two blocks",
    change: (page) => `${page}\n\`\`\`yaml\nopenapi: 3.1.1\n\`\`\`\n`,
    message: /page\.md:\d+: a second OpenAPI block \(the first is at line 12\)/,
  },
  {
    name: "broken YAML",
    change: replace("      parameters:\n", "      parameters: [\n"),
    message: /\.md:\d+: the YAML can't be read/,
  },
  {
    name: "an alias bomb",
    change: replace("openapi: 3.1.1\n", `openapi: 3.1.1\n${bomb}\n`),
    message: /\.md:12: the YAML can't be expanded/,
  },
  {
    name: "a dangling $ref",
    change: replace(tokenType, tokenType.replace("SingleUseTokenType", "Missing")),
    message: /\.md:32: the \$ref "#\/components\/schemas\/Missing" leads nowhere/,
  },
  {
    name: "a remote $ref",
    change: replace(tokenType, "            $ref: 'https://example.com/types.yaml#/Type'"),
    message: /\.md:32: the \$ref "https:\/\/example\.com\/types\.yaml#\/Type" leads outside the page/,
  },
  {
    name: "a $ref to a file that climbs out",
    change: replace(tokenType, "            $ref: '../../../etc/hostname'"),
    message: /\.md:32: the \$ref "\.\.\/\.\.\/\.\.\/etc\/hostname" leads outside the page/,
  },
  {
    name: "a cyclic $ref through a parameter",
    change: (page) =>
      replaceOnce(page, [
        [
          "        - name: xi-api-key\n",
          "        - $ref: '#/components/parameters/A'\n        - name: xi-api-key\n",
        ],
        [
          "components:\n",
          "components:\n  parameters:\n    A:\n      $ref: '#/components/parameters/B'\n    B:\n      $ref: '#/components/parameters/A'\n",
        ],
      ]),
    message: /\.md:\d+: the \$ref "#\/components\/parameters\/[AB]" leads back to itself/,
  },
  {
    name: "HTML instead of markdown",
    change: () => "<!DOCTYPE html>\n<html><title>Create</title></html>\n",
    message: /page\.md:1: this is HTML, not markdown/,
  },
  {
    name: "an address that climbs out",
    change: replace("api-reference/single-use/create", "api-reference/%2e%2e/..%2fpackage"),
    message: /page\.md: the path .* escapes with "\.\."/,
  },
  {
    name: "an operation's path that climbs out",
    change: (page) => page.replaceAll("/v1/single-use-token/{token_type}", "/v1/../admin/{token_type}"),
    message: /page\.md:\d+: the path .*\/v1\/\.\.\/admin\/\{token_type\} escapes/,
  },
  {
    name: "an operation's path that climbs out in escapes",
    change: (page) =>
      replaceOnce(page, [
        ["  /v1/single-use-token/{token_type}:\n", '  ? "/v1/\\x2e\\x2e/{token_type}"\n  :\n'],
        ["components:\n", "servers:\n  - url: https://api.example.com\ncomponents:\n"],
      ]),
    message: /page\.md:17: the path \/v1\/\.\.\/\{token_type\} escapes/,
  },
  {
    name: "a server that climbs out",
    change: replace("components:\n", "servers:\n  - url: https://api.example.com/a/../b\ncomponents:\n"),
    message: /page\.md:\d+: the path https:\/\/api\.example\.com\/a\/\.\.\/b escapes/,
  },
  {
    name: "a server of another scheme",
    change: replace("components:\n", "servers:\n  - url: javascript:alert(1)\ncomponents:\n"),
    message: /page\.md:\d+: the server javascript:alert\(1\) isn't an https: address/,
  },
  {
    name: "a server without a scheme",
    change: replace("components:\n", "servers:\n  - url: //api.example.com\ncomponents:\n"),
    message: /page\.md:\d+: the server \/\/api\.example\.com has no scheme/,
  },
  {
    name: "a server with a user",
    change: replace("components:\n", "servers:\n  - url: https://me:pw@api.example.com\ncomponents:\n"),
    message: /page\.md:\d+: the address https:\/\/(?:…|REDACTED)@api\.example\.com contains a user/,
  },
  {
    name: "a heading with a user",
    change: replace("POST https://", "POST https://me:pw@"),
    message: /page\.md:3: the address https:\/\/(?:…|REDACTED)@api\.elevenlabs\.io\/\S+ contains a user/,
  },
  {
    name: "an address of its own with a user",
    change: replace("Reference: https://", "Reference: https://me:pw@"),
    message: /page\.md: the address https:\/\/(?:…|REDACTED)@elevenlabs\.io\/\S+ contains a user/,
  },
  {
    name: "a remote $ref in a property called examples",
    change: replace(token, `${token}        examples:\n          $ref: https://example.com/t.yaml\n`),
    message: /page\.md:\d+: the \$ref "https:\/\/example\.com\/t\.yaml" leads outside the page/,
  },
  {
    name: "a remote $dynamicRef",
    change: replace(token, `${token}          $dynamicRef: https://example.com/t.yaml\n`),
    message: /page\.md:\d+: the \$dynamicRef "https:\/\/example\.com\/t\.yaml" leads outside the page/,
  },
  {
    name: "a $ref that would steer the terminal",
    change: replace(tokenType, '            $ref: "#/components/schemas/\\e[2J\\n::error::x"'),
    message: /page\.md:32: the \$ref "#\/components\/schemas\/\\u001b\[2J\\n::error::x" leads nowhere/,
  },
  {
    name: "a $ref that is percent-encoded amiss",
    change: replace(tokenType, "            $ref: '#/components/schemas/%ZZ'"),
    message: /page\.md:32: the \$ref "#\/components\/schemas\/%ZZ" leads nowhere/,
  },
  {
    name: "an alias of what it stands in",
    change: replace("openapi: 3.1.1\n", "openapi: 3.1.1\nx-a: &a\n  b: *a\n"),
    message: /page\.md:1[2-4]: nested deeper than 200 levels/,
  },
  {
    name: "lists in lists in lists",
    change: replace("openapi: 3.1.1\n", `openapi: 3.1.1\nx-a: ${"[".repeat(9000)}${"]".repeat(9000)}\n`),
    message: /page\.md:13: the YAML can't be read: it is nested too deeply/,
  },
  {
    name: "a name that no object can hold",
    change: replace("  schemas:\n", "  schemas:\n    __proto__:\n      type: string\n"),
    message: /page\.md:\d+: __proto__ can't be the name of a member/,
  },
  {
    name: "a name that is a list",
    change: replace("openapi: 3.1.1\n", "openapi: 3.1.1\n? [a, b]\n: 1\n"),
    message: /page\.md:13: a list or an object can't be the name of a member/,
  },
  {
    name: "what isn't text",
    change: (page) => page.replace("openapi: 3.1.1", "openapi: 3.1.1\u0000"),
    message: /\.md:\d+: /,
  },
];
