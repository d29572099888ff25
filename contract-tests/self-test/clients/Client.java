import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/** Asks for a single-use token. Usage: Client URL, with the key in TOKEN_KEY. */
public class Client {
  static String createToken(String base, String key) throws Exception {
    // Follows no redirect by default: the key belongs to the host that it was meant for.
    var client = HttpClient.newHttpClient();
    var request =
        HttpRequest.newBuilder(URI.create(base + "/v1/single-use-token/realtime_scribe"))
            .header("xi-api-key", key)
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    for (int attempt = 1; ; attempt++) {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        // The JDK reads no JSON.
        var token = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"").matcher(response.body());
        if (token.find()) return token.group(1);
        throw new IllegalStateException("no token");
      }
      if (response.statusCode() != 429 || attempt == 3)
        throw new IllegalStateException("answered " + response.statusCode());
      Thread.sleep(1000 * Long.parseLong(response.headers().firstValue("retry-after").orElseThrow()));
    }
  }

  public static void main(String[] args) throws Exception {
    createToken(args[0], System.getenv("TOKEN_KEY"));
  }
}
