"""A receiver of webhooks that is slow, fails, hangs, lies and breaks off, at random by a seed.

It keeps a line for each message that it took for the first time, on disk before it answers: a repetition, known by its
`webhook-id`, is answered and not kept. While the file `calm` stands beside the log, it does its work as it should.
Arguments: port, log, seed.
"""

import http.server
import json
import os
import pathlib
import random
import socket
import sys
import threading
import time

port, log, seed = int(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
calm = log.with_name("calm")
dice = random.Random(seed)
lock = threading.Lock()
log.touch()
taken = {json.loads(line)["key"] for line in log.read_text().splitlines() if line.endswith("}")}
file = log.open("a")


def take(key, body):
    with lock:
        if key in taken:
            return
        event = json.loads(body)
        file.write(json.dumps({"key": key, "at": time.time(), "subject": event["subject"], "event": event["id"],
                               "type": event["type"]}) + "\n")
        file.flush()
        os.fsync(file.fileno())
        taken.add(key)


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        key = self.headers["webhook-id"]
        with lock:
            way = "well" if calm.exists() else dice.choice(
                ["well"] * 8 + ["refuse", "lie", "hang", "hang after", "slow", "close", "close after", "half", "busy"])
        if way not in ("refuse", "hang", "close", "busy"):
            take(key, body)
        if way.startswith("hang"):
            time.sleep(3)
        if way == "slow":
            time.sleep(0.4)
        if way.startswith("close"):
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if way == "half":
            self.connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf of")
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self.send_response({"refuse": 500, "lie": 500, "busy": 503}.get(way, 200))
        if way == "busy":
            self.send_header("retry-after", "1")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


Server(("127.0.0.1", port), Receiver).serve_forever()
