<?php
// Asks for a single-use token. Usage: client.php URL, with the key in TOKEN_KEY.

function createToken(string $base, string $key): string
{
    for ($attempt = 1; ; $attempt++) {
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => "xi-api-key: $key\r\nContent-Length: 0",
            'follow_location' => 0, // the key belongs to the host that it was meant for
            'ignore_errors' => true,
            'timeout' => 30,
        ]]);
        $body = file_get_contents("$base/v1/single-use-token/realtime_scribe", false, $context);
        $status = (int) explode(' ', $http_response_header[0])[1];
        if ($status === 200) {
            return json_decode($body, true, 512, JSON_THROW_ON_ERROR)['token'];
        }
        if ($status !== 429 || $attempt === 3) {
            throw new RuntimeException("answered $status");
        }
        $wait = preg_grep('/^retry-after:/i', $http_response_header);
        sleep((int) trim(explode(':', reset($wait), 2)[1]));
    }
}

exit(createToken($argv[1], getenv('TOKEN_KEY')) === '' ? 1 : 0);
