/**
 * Asks your backend for one token. Ask right before each connection, and never keep a token: it opens one socket, within
 * fifteen minutes.
 *
 * @param {string} url where the token endpoint is mounted
 * @returns {Promise<string>} rejects with a sentence for the visitor
 */
export async function getToken(url) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token_type: "realtime_scribe" }),
  }).catch(() => {
    throw new Error("The server of this page can't be reached.");
  });
  // What stands between may answer with a page of its own.
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? `No token was given (status ${response.status}).`);
  return answer.token;
}
