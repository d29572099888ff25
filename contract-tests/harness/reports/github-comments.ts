/** A pull request, and how GitHub is asked about it. */
export interface PullRequest {
  /** `https://api.github.com`, or that of a GitHub of one's own. */
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
  /** Where the workflow's run is shown. */
  readonly runUrl?: string;
}

/** GitHub's answer is no success. */
export class GitHubError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`GitHub answered ${status}`);
    this.status = status;
  }
}

/** Milliseconds for each request. */
const timeoutMs = 10_000;
/** Of 100 comments each. */
const mostPages = 30;

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user?: { readonly type?: string } | null;
}

/** The comments of a pull request (https://docs.github.com/en/rest/issues/comments). */
export class GitHubComments {
  readonly #pullRequest: PullRequest;

  constructor(pullRequest: PullRequest) {
    this.#pullRequest = pullRequest;
  }

  /**
   * Writes a comment, or renews the one of a workflow that begins with `marker`. Returns what was done, in a sentence.
   *
   * @throws {GitHubError} when GitHub doesn't let it
   */
  async put(marker: string, body: string): Promise<string> {
    const { repository, number } = this.#pullRequest;
    const own = await this.#find(marker);
    if (own !== undefined) {
      await this.#ask("PATCH", `/repos/${repository}/issues/comments/${own}`, { body });
      return `The comment on pull request #${number} was updated.`;
    }
    await this.#ask("POST", `/repos/${repository}/issues/${number}/comments`, { body });
    return `A comment on pull request #${number} was written.`;
  }

  /** Anybody may write the marker into a comment: people's stay as they are. */
  async #find(marker: string): Promise<number | undefined> {
    const { repository, number } = this.#pullRequest;
    for (let page = 1; page <= mostPages; page++) {
      const query = `per_page=100&page=${page}`;
      const answer = await this.#ask("GET", `/repos/${repository}/issues/${number}/comments?${query}`);
      const comments: readonly Comment[] = Array.isArray(answer) ? answer : [];
      const own = comments.find(({ body, user }) => body?.startsWith(marker) && user?.type === "Bot");
      if (own) return own.id;
      if (comments.length < 100) return undefined;
    }
    return undefined;
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const { apiUrl, token } = this.#pullRequest;
    const response = await fetch(apiUrl.replace(/\/$/, "") + path, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "openapi-conformance",
        "x-github-api-version": "2022-11-28",
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) throw new GitHubError(response.status);
    try {
      return JSON.parse(text);
    } catch {
      throw new Error("GitHub's response isn't JSON");
    }
  }
}
