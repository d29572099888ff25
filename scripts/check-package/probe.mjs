/**
 * Uses the package as a caller would, on whatever runtime this runs, against a loopback server that answers with the
 * status asked for by the `x-answer` header.
 *
 * @returns the sentences that turned out false; empty when all is well
 */
export async function probe(exports, baseUrl) {
  const { createTypedClient, ElevenLabs, ElevenLabsClient, ElevenLabsError, SingleUseTokenType } = exports;
  const problems = [];
  const expect = (isTrue, sentence) => {
    if (!isTrue) problems.push(sentence);
  };
  const options = { apiKey: "probe-key", baseUrl, maxRetries: 0 };
  const client = new ElevenLabsClient(options);
  const failing = (status) =>
    client.tokens.singleUse
      .create(SingleUseTokenType.RealtimeScribe, { headers: { "x-answer": status }, timeoutInSeconds: 5 })
      .then(
        () => undefined,
        (error) => error,
      );

  for (const type of Object.values(SingleUseTokenType)) {
    const { token } = await client.tokens.singleUse.create(type);
    expect(token === `sutkn_${type}`, `${type} gives its token`);
  }
  const { rawResponse } = await client.tokens.singleUse.create("realtime_scribe").withRawResponse();
  expect(rawResponse.status === 200, "withRawResponse tells the status");
  const refused = await failing("422");
  expect(refused instanceof ElevenLabs.UnprocessableEntityError, "422 is an UnprocessableEntityError");
  const redirect = await failing("302");
  expect(
    redirect instanceof ElevenLabsError && redirect.code === "redirect_refused",
    "a redirect is refused",
  );
  const empty = await failing("204");
  expect(empty?.code === "invalid_answer", "an empty answer is an error");
  const silent = await failing("0");
  expect(silent?.code === "network_error", "a cut connection is a network error");
  const bare = await createTypedClient(options).POST("/v1/single-use-token/{token_type}", {
    params: { path: { token_type: "tts_websocket" } },
  });
  expect(bare.data?.token === "sutkn_tts_websocket", "the bare client gives a token");
  return problems;
}
