/** What was not judged, and why: never counted as passed. */
export interface NotJudged {
  readonly operation?: string;
  readonly check?: string;
  readonly pointer?: string;
  readonly reason: string;
}
