/** The configuration file that is used where none is named. */
export const configFileName = "conformance.yaml";
