# Asks for a single-use token. Usage: client.rb URL, with the key in TOKEN_KEY.
require "json"
require "net/http"

def create_token(base, key)
  uri = URI("#{base}/v1/single-use-token/realtime_scribe")
  3.times do |attempt|
    # Net::HTTP follows no redirect: the key belongs to the host that it was meant for.
    response = Net::HTTP.post(uri, nil, { "xi-api-key" => key })
    return JSON.parse(response.body).fetch("token") if response.code == "200"
    raise "answered #{response.code}" if response.code != "429" || attempt == 2
    sleep(Float(response["retry-after"]))
  end
end

token = create_token(ARGV.fetch(0), ENV.fetch("TOKEN_KEY"))
abort("no token") unless token.is_a?(String) && !token.empty?
