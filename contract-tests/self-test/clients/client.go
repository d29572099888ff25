// Asks for a single-use token. Usage: client URL, with the key in TOKEN_KEY.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"
)

func createToken(base, key string) (string, error) {
	client := &http.Client{
		Timeout: 30 * time.Second,
		// The key belongs to the host that it was meant for.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	for attempt := 1; ; attempt++ {
		request, err := http.NewRequest("POST", base+"/v1/single-use-token/realtime_scribe", nil)
		if err != nil {
			return "", err
		}
		request.Header.Set("xi-api-key", key)
		response, err := client.Do(request)
		if err != nil {
			return "", err
		}
		defer response.Body.Close()
		if response.StatusCode == http.StatusTooManyRequests && attempt < 3 {
			seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
			if err != nil {
				return "", err
			}
			time.Sleep(time.Duration(seconds) * time.Second)
			continue
		}
		if response.StatusCode != http.StatusOK {
			return "", fmt.Errorf("answered %d", response.StatusCode)
		}
		var answer struct {
			Token string `json:"token"`
		}
		err = json.NewDecoder(response.Body).Decode(&answer)
		return answer.Token, err
	}
}

func main() {
	token, err := createToken(os.Args[1], os.Getenv("TOKEN_KEY"))
	if err != nil || token == "" {
		fmt.Fprintln(os.Stderr, "no token:", err)
		os.Exit(1)
	}
}
