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
interface OverlayLibrary {
  openapiOverlay(document: JsonObject, options: { overlaySet: unknown }): Promise<unknown>;
  /** The values that a JSONPath (RFC 9535) finds. */
  resolveJsonPathValue(document: JsonObject, path: string): unknown[];
}
const { openapiOverlay, resolveJsonPathValue }: OverlayLibrary = createRequire(import.meta.url)(
  "openapi-format",
);

/** A contract with its overlays. */
export interface OverlaidContract {
  readonly document: JsonObject;
  readonly applied: readonly AppliedAction[];
  /** One sentence for each action that is to be deleted or corrected: what it is, where, and why. */
  readonly stale: readonly string[];
  /** One sentence for each action that was left out since the page now says so itself. */
  readonly dropped: readonly string[];
}

/**
 * Applies the overlays in order, one action at a time, so that each is seen to do something. An action is stale when
 * its target is gone, or when it changes nothing because the page now says so itself. An action that adds what pages
 * list can't be seen to change nothing, so it tells by `x-dropped-when`, a JSONPath, what to find in a page that says so
 * itself; then it is left out.
 *
 * @throws InputError when an action cites no evidence or can't be applied
 */
export async function applyOverlays(
  document: JsonObject,
  overlays: readonly Overlay[],
): Promise<OverlaidContract> {
  let current = document;
  const applied: AppliedAction[] = [];
  const stale: string[] = [];
  const dropped: string[] = [];
  for (const { file, parsed } of overlays) {
    for (const [index, action] of actionsOf(file, parsed.data).entries()) {
      const at = `${file}:${parsed.lineOf(["actions", index])}`;
      const described = describeAction(at, action);
      if (isSaidByPage(at, current, action)) {
        dropped.push(
          `${at}: the page now says what the overlay's action adds, so the action was left out; delete it.`,
        );
        continue;
      }
      const before = JSON.stringify(current);
      const result = await applyOne(at, current, parsed.data, action);
      if (!result.matched)
        stale.push(
          `${at}: the overlay's target ${described.target} matches nothing in the contract; correct the target or delete the action.`,
        );
      else if (JSON.stringify(result.document) === before)
        stale.push(
          `${at}: the overlay's action on ${described.target} changes nothing, since the page already says so; delete the action.`,
        );
      else {
        current = result.document;
        applied.push({ overlay: file, ...described });
      }
    }
  }
  return { document: current, applied, stale, dropped };
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

function isSaidByPage(at: string, document: JsonObject, action: Json): boolean {
  const path = isObject(action) ? action["x-dropped-when"] : undefined;
  if (path === undefined) return false;
  if (typeof path !== "string" || !path.startsWith("$"))
    throw new InputError(
      `${at}: the overlay action's "x-dropped-when" isn't a JSONPath that starts with "$".`,
    );
  return resolveJsonPathValue(document, path).length > 0;
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
