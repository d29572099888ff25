"""Asks for a single-use token. Usage: client.py URL, with the key in TOKEN_KEY."""
import gzip
import json
import os
import sys
import time
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener


class RefuseRedirects(HTTPRedirectHandler):
    """The key belongs to the host that it was meant for."""

    def redirect_request(self, *_):
        return None


def create_token(base, key):
    opener = build_opener(RefuseRedirects)
    for attempt in range(3):
        request = Request(
            base + "/v1/single-use-token/realtime_scribe",
            method="POST",
            headers={"xi-api-key": key, "accept-encoding": "gzip"},
        )
        try:
            with opener.open(request, timeout=30) as response:
                body = response.read()
                if response.headers.get("content-encoding", "").lower() == "gzip":
                    body = gzip.decompress(body)
                return json.loads(body)["token"]
        except HTTPError as error:
            if error.code != 429 or attempt == 2:
                raise
            time.sleep(float(error.headers["retry-after"]))


token = create_token(sys.argv[1], os.environ["TOKEN_KEY"])
if not isinstance(token, str) or token == "":
    sys.exit("no token")
