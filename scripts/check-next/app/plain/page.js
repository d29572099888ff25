/** How a token comes to be shared: by plain fetch, kept from the build on. */
export default async function Page() {
  const response = await fetch(`${process.env.PROVIDER}/v1/single-use-token/realtime_scribe`, {
    method: "POST",
    headers: { "xi-api-key": "key" },
  });
  return <p>{(await response.json()).token}</p>;
}
