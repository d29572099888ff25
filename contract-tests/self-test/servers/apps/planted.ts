/** True when this one bug is switched on: `PLANTED=delete-keeps node .cache/…`. */
export function planted(bug: string): boolean {
  return process.env["PLANTED"] === bug;
}

/** The port on loopback that the runner chose. */
export const port = Number(process.env["PORT"]);

/** The credential that the runner hands to the harness. */
export const accessToken = process.env["ACCESS_TOKEN"] ?? "";
