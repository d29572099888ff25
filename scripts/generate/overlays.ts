import { createRequire } from "node:module";
import { InputError } from "../cli/input-error.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import type { ParsedDocument } from "./parse-document.ts";

/** An OpenAPI Overlay 1.0 document (https://spec.openapis.org/overlay/v1.0.0.html) as kept under spec/overlays/. */
export interface Overlay {
  readonly file: string;
  readonly parsed: ParsedDocument;
}

export interface AppliedAction {
  readonly overlay: string;
  readonly target: string;
  readonly description: string;
  readonly evidence: string;
}

// openapi-format's type declarations don't list openapiOverlay's result, so it is read as unknown and checked.
type OverlayFunction = (document: JsonObject, options: { overlaySet: unknown }) => Promise<unknown>;
const { openapiOverlay }: { openapiOverlay: OverlayFunction } = createRequire(import.meta.url)(
  "openapi-format",
);

/**
 * Applies the overlays in order, one action at a time, so that each is seen to do something.
 *
 * @throws InputError when an action cites no evidence, matches nothing, or changes nothing because the page now
 *   says so itself
 */
export async function applyOverlays(
  document: JsonObject,
  overlays: readonly Overlay[],
): Promise<{ document: JsonObject; applied: AppliedAction[] }> {
  let current = document;
  const applied: AppliedAction[] = [];
  for (const { file, parsed } of overlays) {
    for (const [index, action] of actionsOf(file, parsed.data).entries()) {
      const at = `${file}:${parsed.lineOf(["actions", index])}`;
      const described = describeAction(at, action);
      const before = JSON.stringify(current);
      const result = await applyOne(at, current, parsed.data, action);
      if (!result.matched)
        throw new InputError(
          `${at}: the overlay's target ${described.target} matches nothing in the contract; correct the target or delete the action.`,
        );
      if (JSON.stringify(result.document) === before)
        throw new InputError(
          `${at}: the overlay's action on ${described.target} changes nothing, since the page now says so itself; delete the action.`,
        );
      current = result.document;
      applied.push({ overlay: file, ...described });
    }
  }
  return { document: current, applied };
}

function actionsOf(file: string, overlay: JsonObject): Json[] {
  const actions = overlay["actions"];
  if (typeof overlay["overlay"] !== "string" || !/^1\.[01]\.\d+$/.test(overlay["overlay"]))
    throw new InputError(`${file}:1: not an OpenAPI Overlay; begin it with "overlay: 1.0.0".`);
  if (!Array.isArray(actions) || actions.length === 0)
    throw new InputError(`${file}:1: the overlay has no actions; add one or delete the file.`);
  return actions;
}

function describeAction(at: string, action: Json): Omit<AppliedAction, "overlay"> {
  const text = (key: string): string => {
    const value = isObject(action) ? action[key] : undefined;
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    throw new InputError(
      `${at}: the overlay's action has no "${key}"; every correction by hand says what it does and cites its evidence.`,
    );
  };
  return { target: text("target"), description: text("description"), evidence: text("x-evidence") };
}

async function applyOne(
  at: string,
  document: JsonObject,
  overlay: JsonObject,
  action: Json,
): Promise<{ document: JsonObject; matched: boolean }> {
  const result = await openapiOverlay(structuredClone(document), {
    overlaySet: { ...overlay, actions: [action] },
  });
  const data = isObject(result) ? result["data"] : undefined;
  const report = isObject(result) ? result["resultData"] : undefined;
  if (!isObject(data) || !isObject(report))
    throw new InputError(`${at}: the overlay's action can't be applied; see the Overlay Specification 1.0.`);
  return { document: data, matched: report["totalUsedActions"] === 1 };
}
