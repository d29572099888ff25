import { isPasswordName } from "../cases/password-name.ts";
import { resourceMap } from "../cases/resources.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import type { JsonObject } from "../contract/json-object.ts";
import { sameShape } from "../contract/match-operation.ts";
import { alwaysApplied } from "../schema/in-place.ts";
import type { Oracle } from "../schema/oracle.ts";
import { propertyOf } from "../schema/schema-members.ts";
import { isSentProperty } from "../schema/sent-property.ts";

/** The schemas of the bodies that write the resource at a path: of the operation that creates it, PUT and PATCH. */
export function writingSchemas(contract: Contract, path: string): readonly string[] {
  const resource = resourceMap(contract).resources.find((other) => sameShape(other.path, path));
  return [resource?.make, resource?.replace, resource?.change].flatMap((operation) => schemasOf(operation));
}

function schemasOf(operation: Operation | undefined): readonly string[] {
  return (operation?.requestBody?.contents ?? []).flatMap(({ schema }) => schema ?? []);
}

/** The members of a response that clients may write: neither the server's own nor reserved for requests. */
export function writableMembers(oracle: Oracle, schemas: readonly string[], value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => schemas.some((schema) => isWritable(oracle, schema, name))),
  );
}

export function isWritable(oracle: Oracle, schema: string, name: string): boolean {
  const property = propertyOf(oracle, schema, name);
  return property !== undefined && isSentProperty(oracle, property) && !isSecret(oracle, property, name);
}

/** What no response returns: writeOnly, or a password by its format or name. */
function isSecret(oracle: Oracle, property: string, name: string): boolean {
  return (
    isPasswordName(name) ||
    alwaysApplied(oracle, property).some(
      ({ schema }) => schema["writeOnly"] === true || schema["format"] === "password",
    )
  );
}

/** True if both places describe their property identically. */
export function isSameSchema(oracle: Oracle, a: string, b: string): boolean {
  const [left, right] = [oracle.follow(a), oracle.follow(b)];
  return left.pointer === right.pointer || JSON.stringify(left.schema) === JSON.stringify(right.schema);
}
