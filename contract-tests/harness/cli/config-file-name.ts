/** The configuration file that is used if none is named. */
export const configFileName = "conformance.yaml";
