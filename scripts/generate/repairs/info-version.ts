import { isObject } from "../json.ts";
import type { Repair } from "./repair.ts";

/** `info.version: endpoint_…` instead of a version of the document. */
export const infoVersion: Repair = {
  id: "info-version",
  why: "The exporter puts the endpoint's id where OpenAPI 3.1 §4.8.2 has the version of the document. The page has no version, so the date of its import stands in.",
  apply(document, { imported }) {
    const info = document["info"];
    const version = isObject(info) ? info["version"] : undefined;
    if (!isObject(info) || typeof version !== "string" || !version.startsWith("endpoint_")) return [];
    info["version"] = imported;
    return [{ path: ["info", "version"], from: version, to: imported }];
  },
};
