/** A request as some client is known to send it: its head without the request line and Host, and its body. */
export interface WireForm {
  readonly client: string;
  /** Header lines; the key is added where `{key}` stands. */
  readonly headers: readonly string[];
  readonly body?: string;
}

/** The wire forms of the page's samples and of common backends: HTTP/1.1 POST, most of them without a body. */
export const wireForms: readonly WireForm[] = [
  {
    client: "Go, net/http",
    headers: [
      "User-Agent: Go-http-client/1.1",
      "Content-Length: 0",
      "Xi-Api-Key: {key}",
      "Accept-Encoding: gzip",
    ],
  },
  {
    client: "Ruby, net/http",
    headers: [
      "Xi-Api-Key: {key}",
      "Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3",
      "Accept: */*",
      "User-Agent: Ruby",
      "Connection: close",
      "Content-Length: 0",
      "Content-Type: application/x-www-form-urlencoded",
    ],
  },
  {
    client: "PHP, Guzzle",
    headers: ["Content-Length: 0", "User-Agent: GuzzleHttp/7", "xi-api-key: {key}"],
  },
  {
    client: "Java, java.net.http",
    headers: [
      "Connection: Upgrade, HTTP2-Settings",
      "Content-Length: 0",
      "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA",
      "Upgrade: h2c",
      "User-Agent: Java-http-client/17",
      "xi-api-key: {key}",
    ],
  },
  {
    client: "Java, Unirest",
    headers: [
      "xi-api-key: {key}",
      "accept-encoding: gzip",
      "Content-Length: 0",
      "User-Agent: unirest-java/3",
      "Connection: Keep-Alive",
    ],
  },
  {
    client: "Python, httpx",
    headers: [
      "Accept: */*",
      "Accept-Encoding: gzip, deflate",
      "Connection: keep-alive",
      "User-Agent: python-httpx/0.28",
      "xi-api-key: {key}",
      "Content-Length: 0",
    ],
  },
  {
    client: "Python, requests",
    headers: [
      "User-Agent: python-requests/2.32",
      "Accept-Encoding: gzip, deflate",
      "Accept: */*",
      "Connection: keep-alive",
      "xi-api-key: {key}",
      "Content-Length: 0",
    ],
  },
  {
    client: "C#, RestSharp",
    headers: [
      "xi-api-key: {key}",
      "Accept: application/json, text/json, text/x-json, text/javascript, application/xml, text/xml",
      "User-Agent: RestSharp/106",
      "Accept-Encoding: gzip, deflate",
      "Connection: Keep-Alive",
      "Content-Length: 0",
    ],
  },
  {
    client: "Swift, URLSession",
    headers: [
      "Content-Type: application/x-www-form-urlencoded",
      "Connection: keep-alive",
      "Accept: */*",
      "User-Agent: App/1 CFNetwork/1490 Darwin/23",
      "xi-api-key: {key}",
      "Accept-Language: en",
      "Content-Length: 0",
      "Accept-Encoding: gzip, deflate",
    ],
  },
  {
    client: "JavaScript, fetch",
    headers: [
      "Connection: keep-alive",
      "xi-api-key: {key}",
      "Accept: */*",
      "Accept-Language: *",
      "Sec-Fetch-Mode: cors",
      "User-Agent: node",
      "Accept-Encoding: gzip, deflate",
      "Content-Length: 0",
    ],
  },
  {
    client: "a backend that sends {} as JSON",
    headers: ["xi-api-key: {key}", "Content-Type: application/json", "Content-Length: 2"],
    body: "{}",
  },
  {
    client: "a backend that says JSON and sends nothing",
    headers: ["xi-api-key: {key}", "Content-Type: application/json", "Content-Length: 0"],
  },
  {
    client: "a client that sends no length at all",
    headers: ["xi-api-key: {key}", "Accept: application/json"],
  },
  {
    client: "a client that sends an empty chunked body",
    headers: ["xi-api-key: {key}", "Transfer-Encoding: chunked"],
    body: "0\r\n\r\n",
  },
];
