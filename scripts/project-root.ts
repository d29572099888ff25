import { fileURLToPath } from "node:url";

/** The folder that holds spec/, generated/ and package.json, whatever the working directory. */
export const projectRoot = fileURLToPath(new URL("..", import.meta.url));
