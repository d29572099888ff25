// Preloaded before a snippet: requests to the documented server go to the mock instead, those to this
// machine (a simulator that the snippet starts) where they want, and the rest nowhere.
const { fetch } = globalThis;
const { CONTRACT_SERVER = "", MOCK_ADDRESS = "" } = process.env;

globalThis.fetch = (input, init) => {
  const url = typeof input === "string" || input instanceof URL ? String(input) : input.url;
  if (url.startsWith("http://127.0.0.1:")) return fetch(input, init);
  if (!url.startsWith(`${CONTRACT_SERVER}/`)) throw new Error(`a snippet asked for ${url}`);
  const mocked = url.replace(CONTRACT_SERVER, MOCK_ADDRESS);
  return typeof input === "string" || input instanceof URL
    ? fetch(mocked, init)
    : fetch(new Request(mocked, input), init);
};
