export * from "../generated/enums.ts";
export type * from "../generated/models.ts";
export { UnprocessableEntityError } from "./errors/unprocessable-entity-error.ts";
