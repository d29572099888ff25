export * from "../generated/provider-names.ts";
