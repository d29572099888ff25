import { exec } from "jsonpath-rfc9535";
import { ContractError } from "./contract-error.ts";
import { isObject, type JsonObject } from "./json-object.ts";
import { joinPointer } from "./json-pointer.ts";
import { cloneJson, jsonText } from "./large-integer.ts";
import type { SourceText } from "./source-text.ts";

/** A document with overlays on it. */
export interface OverlaidDocument {
  readonly document: JsonObject;
  /** Pointers of everything that an overlay has put there. */
  readonly changed: ReadonlySet<string>;
}

/** An OpenAPI Overlay, and how it is named in messages. */
export interface OverlaySource extends SourceText {
  readonly file: string;
}

type Steps = readonly (string | number)[];

/**
 * The document with the actions of the overlays done, in their order (OpenAPI Overlay 1.0 and 1.1).
 *
 * @throws {ContractError} when one is no overlay, or an action can't be done, meets nothing, or changes nothing
 */
export function applyOverlays(document: JsonObject, overlays: readonly OverlaySource[]): OverlaidDocument {
  // YAML's aliases are one object in several places: each place gets its own.
  const changed = new Set<string>();
  let current: unknown = overlays.length === 0 ? document : cloneJson(document);
  for (const overlay of overlays)
    for (const [index, action] of actionsOf(overlay).entries()) {
      const at = `${overlay.file}:${overlay.line(`/actions/${index}`)}`;
      current = applyAction(current, action, at, changed);
    }
  if (!isObject(current)) throw new ContractError("The overlays remove the whole document.");
  return { document: current, changed };
}

function actionsOf({ value, file }: OverlaySource): readonly unknown[] {
  const { overlay, actions } = isObject(value) ? value : {};
  if (!/^1\.[01](\.|$)/.test(String(overlay)))
    throw new ContractError(`${file} isn't an OpenAPI Overlay: one begins with "overlay: 1.0.0".`);
  if (!Array.isArray(actions) || actions.length === 0)
    throw new ContractError(`${file} has no actions: add one, or drop the overlay.`);
  return actions;
}

function applyAction(document: unknown, action: unknown, at: string, changed: Set<string>): unknown {
  const { target, update, remove, copy } = isObject(action) ? action : {};
  if (typeof target !== "string") throw new ContractError(`${at}: the action has no target.`);
  const places = placesOf(document, target, at);
  if (places.length === 0)
    throw new ContractError(
      `${at}: the target ${target} matches nothing in the document: correct it, or remove the action.`,
    );
  const before = jsonText(document);
  let result = document;
  if (remove === true) for (const place of [...places].reverse()) result = without(result, place);
  else {
    const added = copy === undefined ? update : copied(document, copy, at);
    if (added === undefined)
      throw new ContractError(`${at}: the action has neither update nor remove: true.`);
    for (const place of places) result = merged(result, place, added, at, changed);
  }
  if (jsonText(result) === before)
    throw new ContractError(
      `${at}: the action on ${target} changes nothing, since the document already says so: remove it.`,
    );
  return result;
}

/** In document order, so that later ones of a list come later. */
function placesOf(document: unknown, path: string, at: string): readonly Steps[] {
  const found: Steps[] = [];
  try {
    // The document was parsed from JSON or YAML: nothing else is in it.
    exec(document as Parameters<typeof exec>[0], path, (_, steps) => found.push([...steps]));
  } catch (error) {
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [String(error)];
    throw new ContractError(`${at}: ${path} isn't a JSONPath (RFC 9535): ${reason}`);
  }
  return found.map((steps) => (steps[0] === "$" ? steps.slice(1) : steps));
}

function copied(document: unknown, from: unknown, at: string): unknown {
  const [place, ...others] = typeof from === "string" ? placesOf(document, from, at) : [];
  if (!place || others.length > 0)
    throw new ContractError(
      `${at}: copy needs a JSONPath that matches exactly one place, but ${String(from)} doesn't.`,
    );
  return place.reduce<unknown>((value, step) => memberOf(value, step), document);
}

function memberOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isObject(value) ? value[step] : undefined;
}

/** `value` with what `change` makes of the part at `steps`; undefined takes it out. */
function edited(value: unknown, steps: Steps, change: (part: unknown) => unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return change(value);
  const part = edited(memberOf(value, step), rest, change);
  if (Array.isArray(value))
    return value.flatMap((own, index) => (index === step ? (part === undefined ? [] : [part]) : [own]));
  if (!isObject(value)) return value;
  const { [step]: _, ...others } = value;
  return part === undefined ? others : { ...value, [step]: part };
}

function without(document: unknown, steps: Steps): unknown {
  return steps.length === 0 ? document : edited(document, steps, () => undefined);
}

function merged(document: unknown, steps: Steps, update: unknown, at: string, changed: Set<string>): unknown {
  return edited(document, steps, (part) => {
    if (isObject(part) !== isObject(update) && !Array.isArray(part))
      throw new ContractError(
        `${at}: only an object can update an object, and only an object can be updated by one.`,
      );
    // What is added to a list is one of its items (Overlay 1.0, section 4.4.3).
    const items = Array.isArray(part) && !Array.isArray(update) ? [update] : update;
    return mergedValue(part, items, joinPointer("", ...steps), changed);
  });
}

/** Objects member by member, lists one behind the other, all else replaced. */
function mergedValue(part: unknown, update: unknown, pointer: string, changed: Set<string>): unknown {
  if (isObject(part) && isObject(update)) {
    const members = Object.entries(update).map(
      ([name, value]) => [name, mergedValue(part[name], value, joinPointer(pointer, name), changed)] as const,
    );
    return { ...part, ...Object.fromEntries(members) };
  }
  if (Array.isArray(part) && Array.isArray(update)) {
    for (const [index, value] of update.entries())
      note(value, joinPointer(pointer, part.length + index), changed);
    return [...part, ...update];
  }
  note(update, pointer, changed);
  return update;
}

function note(value: unknown, pointer: string, changed: Set<string>): void {
  changed.add(pointer);
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) note(member, joinPointer(pointer, name), changed);
}
