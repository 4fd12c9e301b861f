"""An object store at the wire: PUT, HEAD, DELETE and ranged GET of the S3 API, signatures checked as Amazon documents them.

Written from "Authenticating Requests (AWS Signature Version 4)", not from the code that it judges. Prints its port. Modes, set
by `PUT /-/mode` with the body `ok`, `busy` (503 twice, then well), `away` (always 503), `no-ranges` or `hang`.
"""
import hashlib
import hmac
import re
import sys
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ACCESS, SECRET, REGION = sys.argv[1:4]
KEPT = {}
STATE = {"mode": "ok", "busy": 0}


def sign(secret, day, region, text):
    key = ("AWS4" + secret).encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def refusal(handler, body):
    """None when the request is signed as it should be."""
    found = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})",
        handler.headers.get("authorization", ""),
    )
    if found is None:
        return "AccessDenied"
    access, day, region, names, signature = found.groups()
    if access != ACCESS or region != REGION:
        return "InvalidAccessKeyId"
    payload = handler.headers.get("x-amz-content-sha256", "")
    if payload != "UNSIGNED-PAYLOAD" and payload != hashlib.sha256(body).hexdigest():
        return "XAmzContentSHA256Mismatch"
    if handler.command == "PUT" and payload == "UNSIGNED-PAYLOAD":
        return "UnsignedPayload"
    path = urllib.parse.quote(urllib.parse.unquote(handler.path), safe="/-_.~")
    headers = "".join(f"{name}:{' '.join(handler.headers.get(name, '').split())}\n" for name in names.split(";"))
    canonical = "\n".join([handler.command, path, "", headers, names, payload])
    scope = f"{day}/{region}/s3/aws4_request"
    text = "\n".join(
        ["AWS4-HMAC-SHA256", handler.headers["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()]
    )
    if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names.split(";")):
        return "SignedHeadersMissing"
    return None if hmac.compare_digest(sign(SECRET, day, region, text), signature) else "SignatureDoesNotMatch"


class Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if "content-length" not in dict(headers):
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def ask(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.path == "/-/mode":
            STATE.update(mode=body.decode(), busy=2)
            return self.answer(200)
        if STATE["mode"] == "hang":
            time.sleep(60)
        if STATE["mode"] == "away" or (STATE["mode"] == "busy" and STATE["busy"] > 0):
            STATE["busy"] -= 1
            return self.answer(503)
        why = refusal(self, body)
        if why is not None:
            return self.answer(403, why.encode())
        if self.command == "PUT":
            KEPT[self.path] = body
            return self.answer(200)
        if self.command == "DELETE":
            # DeleteObject answers 204 also where there is nothing.
            KEPT.pop(self.path, None)
            return self.answer(204)
        kept = KEPT.get(self.path)
        if kept is None:
            return self.answer(404)
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("range", ""))
        if self.command == "HEAD" or found is None or STATE["mode"] == "no-ranges":
            return self.answer(200, kept, [("content-length", str(len(kept)))])
        first, last = int(found[1]), int(found[2])
        return self.answer(206, kept[first : last + 1])

    do_PUT = do_GET = do_HEAD = do_DELETE = ask

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
