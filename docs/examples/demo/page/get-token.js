/**
 * Asks your backend for one token. Ask right before you connect, and never keep a token: it opens one socket, within
 * fifteen minutes.
 *
 * @param {string} url where the token endpoint is mounted
 * @returns {Promise<string>}
 */
export async function getToken(url) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token_type: "realtime_scribe" }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer.token;
}
