import type { Contract, MediaType, Operation, Parameter } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { type PathTable, sameShape } from "../contract/match-operation.ts";
import type {
  Case,
  CasePhase,
  Deviation,
  Expectation,
  HeaderLine,
  HttpRequest,
  NotJudged,
} from "../engine/model.ts";
import type { Oracle } from "../oracle/oracle.ts";
import { parameterAccepts } from "../oracle/parse-parameter.ts";
import { parameterText } from "../oracle/request-texts.ts";
import {
  credentialsFor,
  placeholderCredential,
  supportedSecurity,
  withoutCredentials,
  wrongCredential,
} from "./credentials.ts";
import { type Variation, variations } from "./deviations.ts";
import { formReadingAccepted } from "./form-reading.ts";
import { buildRequest, noCredentials, type RequestParts, withParameter } from "./request-parts.ts";
import { bodyKind, serializeBody } from "./serialize-body.ts";
import { undocumentedMethods } from "./undocumented-methods.ts";
import { validValue } from "./valid-value.ts";

export interface CaseOptions {
  /** The caller's own headers (credentials above all): sent with every request, in place of what the case would send. */
  readonly headers: readonly HeaderLine[];
  readonly phases: ReadonlySet<CasePhase>;
}

export interface OperationCases {
  readonly cases: readonly Case[];
  /** The smallest valid request, from which fuzzing starts; undefined when none could be made. */
  readonly base?: RequestParts;
  readonly notJudged: readonly NotJudged[];
}

/** The cases of one operation: its examples, both sides of each constraint, methods and credentials. No randomness. */
export function operationCases(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  operation: Operation,
  options: CaseOptions,
): OperationCases {
  const maker = new CaseMaker(contract, oracle, paths, operation, options);
  return maker.make();
}

class CaseMaker {
  readonly #cases = new Map<string, Case>();
  readonly #sent = new Set<string>();
  readonly #notJudged: NotJudged[] = [];
  readonly #contract: Contract;
  readonly #oracle: Oracle;
  readonly #paths: PathTable;
  readonly #operation: Operation;
  readonly #options: CaseOptions;

  constructor(
    contract: Contract,
    oracle: Oracle,
    paths: PathTable,
    operation: Operation,
    options: CaseOptions,
  ) {
    this.#contract = contract;
    this.#oracle = oracle;
    this.#paths = paths;
    this.#operation = operation;
    this.#options = options;
  }

  make(): OperationCases {
    const base = this.#base();
    if (base) {
      if (this.#options.phases.has("examples")) this.#examples(base);
      if (this.#options.phases.has("coverage")) this.#coverage(base);
    }
    return { cases: [...this.#cases.values()], notJudged: this.#notJudged, ...(base ? { base } : {}) };
  }

  #skip(pointer: string, reason: string): void {
    this.#notJudged.push({ operation: this.#operation.id, pointer, reason });
  }

  #base(): RequestParts | undefined {
    const parameters = new Map<Parameter, unknown>();
    for (const parameter of this.#operation.parameters.filter((p) => p.required)) {
      const made = this.#parameterValue(parameter);
      if (!made) {
        this.#skip(
          parameter.pointer,
          `no valid value could be made for the ${parameter.in} parameter ${parameter.name}, so no request of this operation`,
        );
        return undefined;
      }
      parameters.set(parameter, made.value);
    }
    const body = this.#baseBody();
    if (body === "none") return undefined;
    const parts = { parameters, credentials: this.#credentials(), ...(body ? { body } : {}) };
    if (buildRequest(this.#operation, parts)) return parts;
    this.#skip(this.#operation.pointer, "no request could be put together from valid values");
    return undefined;
  }

  #credentials(secret?: string) {
    if (
      this.#operation.security.length > 0 &&
      this.#operation.security.every((names) => names.length > 0) &&
      !supportedSecurity(this.#contract, this.#operation)
    ) {
      this.#skip(
        this.#operation.securityPointer,
        "its security schemes aren't supported: requests go without credentials",
      );
    }
    return credentialsFor(
      supportedSecurity(this.#contract, this.#operation) ?? [],
      this.#options.headers,
      secret,
    );
  }

  #parameterValue(parameter: Parameter): { readonly value: unknown } | undefined {
    const own =
      parameter.in === "header"
        ? this.#options.headers.find(([name]) => name.toLowerCase() === parameter.name.toLowerCase())
        : undefined;
    if (own) return { value: own[1] };
    const examples = parameter.examples.map((example) => example.value);
    if (parameter.credential) examples.push(placeholderCredential);
    const alone = { ...this.#operation, path: parameter.in === "path" ? `/{${parameter.name}}` : "/" };
    const also = (value: unknown) =>
      buildRequest(alone, { parameters: new Map([[parameter, value]]), credentials: noCredentials }) !==
      undefined;
    if (parameter.schema === undefined) return { value: examples[0] ?? "text" };
    return validValue(this.#contract, this.#oracle, parameter.schema, { examples, also });
  }

  #baseBody(): RequestParts["body"] | "none" {
    const { requestBody } = this.#operation;
    if (!requestBody) return undefined;
    for (const mediaType of requestBody.contents) {
      const body = this.#bodyValue(mediaType, false);
      if (body) return requestBody.required ? body : undefined;
    }
    if (!requestBody.required) return undefined;
    this.#skip(
      requestBody.pointer,
      `no valid body could be made as ${requestBody.contents.map((c) => c.name).join(" or ") || "nothing"}, so no request of this operation`,
    );
    return "none";
  }

  #bodyValue(mediaType: MediaType, optional: boolean): RequestParts["body"] {
    const kind = bodyKind(mediaType);
    const examples = optional ? [] : mediaType.examples.map((example) => example.value);
    if (kind === "unsupported") {
      const text = examples.find((value) => typeof value === "string");
      return text === undefined ? undefined : { mediaType, value: text };
    }
    if (mediaType.schema === undefined || kind === "binary")
      return {
        mediaType,
        value:
          examples[0] ?? (kind === "json" || kind === "form" || kind === "multipart" ? {} : "contract-tests"),
      };
    const also = (value: unknown) => serializeBody(mediaType, value) !== undefined;
    const made = validValue(this.#contract, this.#oracle, mediaType.schema, { examples, optional, also });
    return made && { mediaType, value: made.value };
  }

  #add(
    phase: CasePhase,
    what: string,
    expectation: Expectation,
    parts: RequestParts,
    deviation?: Deviation,
  ): boolean {
    const request = buildRequest(this.#operation, parts);
    if (!request) return false;
    if (!this.#isRouted(request)) return false;
    const key = JSON.stringify([
      request.method,
      request.path,
      request.headers,
      request.body ? Buffer.from(request.body).toString("base64") : "",
    ]);
    if (this.#sent.has(key)) return false;
    let id = `${this.#operation.id} › ${what}`;
    for (let again = 2; this.#cases.has(id); again++) id = `${this.#operation.id} › ${what} (${again})`;
    this.#sent.add(key);
    this.#cases.set(id, {
      id,
      operation: this.#operation.id,
      phase,
      expectation,
      request,
      ...(deviation ? { deviation } : {}),
    });
    return true;
  }

  /** A value may turn the path into that of another operation: then it says nothing about this one. */
  #isRouted(request: HttpRequest): boolean {
    const match = this.#paths.match(request.path.split("?")[0] ?? "");
    return match !== undefined && sameShape(match.path, this.#operation.path);
  }

  #examples(base: RequestParts): void {
    for (const parameter of this.#operation.parameters) {
      if (parameter.credential) continue;
      for (const example of parameter.examples) {
        if (
          parameter.schema !== undefined &&
          !this.#oracle.accepts(parameter.schema, "request", example.value)
        ) {
          this.#skip(example.pointer, "the example breaks its own schema");
          continue;
        }
        this.#add(
          "examples",
          `${parameter.name} as in ${example.name === "example" ? "the example" : `example ${example.name}`}`,
          "accepted",
          withParameter(base, parameter, example.value),
        );
      }
    }
    for (const mediaType of this.#operation.requestBody?.contents ?? []) {
      for (const example of mediaType.examples) {
        if (
          mediaType.schema !== undefined &&
          bodyKind(mediaType) !== "unsupported" &&
          !this.#oracle.accepts(mediaType.schema, "request", example.value)
        ) {
          this.#skip(example.pointer, "the example breaks its own schema");
          continue;
        }
        this.#add(
          "examples",
          `body as in ${example.name === "example" ? "the example" : `example ${example.name}`}`,
          "accepted",
          { ...base, body: { mediaType, value: example.value } },
        );
      }
    }
  }

  #coverage(base: RequestParts): void {
    this.#add("coverage", "valid", "accepted", base);
    this.#everything(base);
    for (const parameter of this.#operation.parameters) this.#parameter(base, parameter);
    this.#body(base);
    this.#security(base);
    for (const method of undocumentedMethods(this.#contract, this.#operation)) {
      const parts = { ...base };
      const request = buildRequest(
        { ...this.#operation, method },
        method === "TRACE" || method === "GET" || method === "HEAD" ? withoutBody(parts) : parts,
      );
      if (!request || !this.#isRouted(request)) continue;
      const id = `${this.#operation.id} › method ${method} isn't documented`;
      const pointer = this.#operation.pointer.slice(0, this.#operation.pointer.lastIndexOf("/"));
      this.#cases.set(id, {
        id,
        operation: this.#operation.id,
        phase: "coverage",
        expectation: "unsupported-method",
        request,
        deviation: { pointer, keyword: "method", in: "method", name: method },
      });
    }
  }

  /** Every optional parameter and property at once. */
  #everything(base: RequestParts): void {
    const parameters = new Map(base.parameters);
    for (const parameter of this.#operation.parameters) {
      if (parameters.has(parameter) || parameter.credential) continue;
      const made = this.#parameterValue(parameter);
      if (made) parameters.set(parameter, made.value);
      else
        this.#skip(
          parameter.pointer,
          `no valid value could be made for the ${parameter.in} parameter ${parameter.name}`,
        );
    }
    const [mediaType] = this.#operation.requestBody?.contents ?? [];
    const body = mediaType && (this.#bodyValue(mediaType, true) ?? this.#bodyValue(mediaType, false));
    this.#add("coverage", "valid, with everything optional", "accepted", {
      ...base,
      parameters,
      ...(body ? { body } : {}),
    });
  }

  #parameter(base: RequestParts, parameter: Parameter): void {
    if (parameter.required && parameter.in !== "path") {
      const without = withParameter(
        {
          ...base,
          credentials: {
            ...base.credentials,
            headers: base.credentials.headers.filter(
              ([name]) => parameter.in !== "header" || name.toLowerCase() !== parameter.name.toLowerCase(),
            ),
          },
        },
        parameter,
        undefined,
      );
      this.#add("coverage", `${parameter.name} missing`, "rejected", without, {
        pointer: joinPointer(parameter.pointer, "required"),
        keyword: "required",
        in: parameter.in,
        name: parameter.name,
      });
    }
    if (parameter.credential || parameter.schema === undefined) return;
    if (
      this.#options.headers.some(
        ([name]) => parameter.in === "header" && name.toLowerCase() === parameter.name.toLowerCase(),
      )
    )
      return;
    const made = base.parameters.has(parameter)
      ? { value: base.parameters.get(parameter) }
      : this.#parameterValue(parameter);
    if (!made) return;
    if (!base.parameters.has(parameter))
      this.#add(
        "coverage",
        `${parameter.name} given`,
        "accepted",
        withParameter(base, parameter, made.value),
      );
    for (const variation of this.#variations(parameter.schema, made.value)) {
      // A parameter arrives as text, so that only text can be of the wrong type; an empty one counts as absent for many.
      if (variation.keyword === "type" && typeof leafOf(variation) !== "string") continue;
      if (variation.valid && variation.value === "") continue;
      this.#addVariation(
        parameter.name,
        parameter.in,
        parameter.name,
        variation,
        withParameter(base, parameter, variation.value),
        (parts) => this.#isDeviation(parts, parameter),
      );
    }
  }

  /** True when no reading of what would be sent keeps the parameter's schema. */
  #isDeviation(parts: RequestParts, parameter: Parameter): boolean {
    const request = buildRequest(this.#operation, parts);
    const match = request && this.#paths.match(request.path.split("?")[0] ?? "");
    if (!request || !match) return false;
    const text = parameterText(request, match, parameter, this.#operation);
    return text !== undefined && !parameterAccepts(parameter, text, this.#oracle, "request");
  }

  #variations(pointer: string, base: unknown): readonly Variation[] {
    try {
      return variations(this.#contract, this.#oracle, pointer, base);
    } catch (error) {
      this.#skip(pointer, error instanceof Error ? error.message : String(error));
      return [];
    }
  }

  #addVariation(
    label: string,
    where: Deviation["in"],
    name: string,
    variation: Variation,
    parts: RequestParts,
    deviates: (parts: RequestParts) => boolean,
  ): void {
    const place = variation.path.map((step) => `/${step}`).join("");
    const what = `${label}${place === "" ? "" : ` ${place}`} ${variation.kind}`;
    if (variation.valid) this.#add("coverage", what, "accepted", parts);
    else if (deviates(parts))
      this.#add("coverage", what, "rejected", parts, {
        pointer: variation.pointer,
        keyword: variation.keyword,
        in: where,
        name: place === "" ? name : place,
      });
  }

  #body(base: RequestParts): void {
    const { requestBody } = this.#operation;
    if (!requestBody) return;
    if (requestBody.required) {
      const deviation = {
        pointer: joinPointer(requestBody.pointer, "required"),
        keyword: "required",
        in: "body",
      } as const;
      this.#add("coverage", "body missing", "rejected", withoutBody(base), deviation);
    }
    for (const [index, mediaType] of requestBody.contents.entries()) {
      const label = index === 0 ? "body" : `body as ${mediaType.name}`;
      this.#bodyOf(base, mediaType, label);
    }
  }

  #bodyOf(base: RequestParts, mediaType: MediaType, label: string): void {
    const kind = bodyKind(mediaType);
    if (kind === "unsupported")
      this.#skip(mediaType.pointer, `bodies of the media type ${mediaType.name} can't be made from a schema`);
    const body = this.#bodyValue(mediaType, true) ?? this.#bodyValue(mediaType, false);
    if (!body) return;
    this.#add("coverage", `${label} given`, "accepted", { ...base, body });
    const { schema } = mediaType;
    if (kind === "json") {
      const deviation = { pointer: mediaType.pointer, keyword: "content", in: "body" } as const;
      const rawBody = {
        contentType: serializeBody(mediaType, {})?.contentType ?? mediaType.name,
        body: new TextEncoder().encode('{"cut": '),
      };
      if (schema !== undefined)
        this.#add(
          "coverage",
          `${label} isn't JSON`,
          "rejected",
          { ...withoutBody(base), rawBody },
          deviation,
        );
    }
    if (schema === undefined || kind === "binary" || kind === "unsupported") return;
    for (const variation of this.#variations(schema, body.value)) {
      const parts = { ...base, body: { mediaType, value: variation.value } };
      const deviates = () =>
        kind === "json" ||
        (variation.path.length > 0 &&
          (kind === "form" || kind === "multipart") &&
          !formReadingAccepted(this.#oracle, schema, variation.value)) ||
        (kind === "text" && typeof variation.value === "string");
      if (kind !== "json" && variation.keyword === "type" && typeof leafOf(variation) !== "string") continue;
      this.#addVariation(label, "body", mediaType.name, variation, parts, deviates);
    }
  }

  #security(base: RequestParts): void {
    const schemes = supportedSecurity(this.#contract, this.#operation);
    const optional = this.#operation.security.some((names) => names.length === 0);
    if (!schemes || optional) return;
    const own = withoutCredentials(schemes, this.#options.headers);
    const deviation = (name: string) =>
      ({ pointer: this.#operation.securityPointer, keyword: "security", in: "security", name }) as const;
    this.#add(
      "coverage",
      "no credential",
      "rejected",
      { ...base, credentials: { headers: own, query: [], cookies: [] } },
      deviation("missing"),
    );
    this.#add(
      "coverage",
      "wrong credential",
      "rejected",
      { ...base, credentials: credentialsFor(schemes, own, wrongCredential) },
      deviation("wrong"),
    );
  }
}

function withoutBody({ parameters, credentials }: RequestParts): RequestParts {
  return { parameters, credentials };
}

function leafOf({ value, path }: Variation): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined,
    value,
  ); // indices of arrays are keys too
}
