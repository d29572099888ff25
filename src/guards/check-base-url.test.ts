import { expect, test } from "vitest";
import { checkBaseUrl } from "./check-base-url.ts";

test.each([
  ["https://api.elevenlabs.io", "https://api.elevenlabs.io"],
  ["https://api.elevenlabs.io/", "https://api.elevenlabs.io"],
  ["https://proxy.example:8443/elevenlabs//", "https://proxy.example:8443/elevenlabs"],
  ["HTTPS://proxy.example", "HTTPS://proxy.example"],
  ["http://localhost", "http://localhost"],
  ["http://localhost:4010", "http://localhost:4010"],
  ["http://api.localhost:4010/v", "http://api.localhost:4010/v"],
  ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
  ["http://127.8.9.10", "http://127.8.9.10"],
  ["http://[::1]:4010", "http://[::1]:4010"],
])("takes %s", (address, wanted) => {
  expect(checkBaseUrl(address, false)).toBe(wanted);
});

test.each([
  "http://api.elevenlabs.io",
  "http://127.0.0.1.example",
  "http://localhost.example",
  "http://evil.example/http://localhost/",
  "http://evillocalhost",
  "http://0.0.0.0",
  "http://[::2]",
  "http://10.127.0.0.1",
  "http://https:8080",
  "http://api.example/x.localhost/",
  "http://api.example:80/localhost",
  "blob:https://api.example",
  "blob:http://localhost",
  "ftp://localhost",
  "ws://localhost",
  "file:///etc/passwd",
  "https://user:secret@proxy.example",
  "https://secret@proxy.example",
  "https://proxy.example/?a=secret",
  "https://proxy.example/#secret",
  "api.elevenlabs.io",
  "/v1",
  "",
  "https://",
])("refuses %j without showing it", (address) => {
  expect(() => checkBaseUrl(address, false)).toThrow(
    expect.objectContaining({
      code: "invalid_configuration",
      message:
        "The base URL must be https: or on loopback (see dangerouslyAllowHttp), without user, query, fragment or spaces.",
    }),
  );
});

test("takes http: anywhere when asked, but nothing else", () => {
  expect(checkBaseUrl("http://gateway.internal", true)).toBe("http://gateway.internal");
  expect(() => checkBaseUrl("ftp://gateway.internal", true)).toThrow();
  expect(() => checkBaseUrl("http://user@gateway.internal", true)).toThrow();
});
