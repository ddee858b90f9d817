"""Downloads from a server on this machine that breaks off, lies, stalls, drips, or sends too much."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from touchpoints.originals.download import DownloadError, Limits, fetch

CONTENT = bytes(range(256)) * 2_000  # 512,000 bytes
QUICK = Limits(1_000_000, patience=5, pause=0, schemes=("http",))


class Server:
    """Serves what a list of answers says, one a request, the last one again and again."""

    def __init__(self):
        self.answers = []
        self.requests = []
        self.ended = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.requests.append(dict(self.headers))
                answer = outer.answers[min(len(outer.requests), len(outer.answers)) - 1]
                self.close_connection = True
                answer(self)

            def log_message(self, *arguments):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/rows.csv"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def end(self):
        self.ended.set()
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server():
    made = Server()
    yield made
    made.end()


def send(status=200, body=CONTENT, *, cut=None, length=True, **headers):
    """Answer with a body, or with its first bytes and then an end of the connection."""

    def answer(handler):
        handler.send_response(status)
        if length:
            handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body[:cut])

    return answer


def ranged(handler):
    """Answer a request for a part with that part."""
    start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
    part = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
    send(206, CONTENT[start:], Content_Range=part, ETag='"a"')(handler)


def got(server, tmp_path, limits=QUICK):
    seen = []
    fetch(server.address, tmp_path / "part", limits, lambda have, total: seen.append((have, total)))
    return (tmp_path / "part").read_bytes(), seen


def test_a_file_arrives_whole_and_tells_how_far_it_is(server, tmp_path):
    server.answers = [send()]
    content, seen = got(server, tmp_path)
    assert content == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [have for have, _ in seen] == sorted(have for have, _ in seen)
    assert "Range" not in server.requests[0]


def test_a_broken_download_goes_on_where_it_broke_off(server, tmp_path):
    server.answers = [send(cut=100_000, ETag='"a"'), ranged]
    assert got(server, tmp_path)[0] == CONTENT
    assert server.requests[1]["Range"] == "bytes=100000-"
    assert server.requests[1]["If-Range"] == '"a"'


def test_a_date_vouches_for_a_part_too(server, tmp_path):
    when = "Wed, 21 Oct 2015 07:28:00 GMT"
    server.answers = [send(cut=7, Last_Modified=when), ranged]
    assert got(server, tmp_path)[0] == CONTENT
    assert server.requests[1]["If-Range"] == when


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"a"'}], ids=["no tag", "weak tag"])
def test_without_a_word_for_the_part_it_starts_anew(server, tmp_path, headers):
    server.answers = [send(cut=100_000, **headers), send()]
    assert got(server, tmp_path)[0] == CONTENT
    assert "Range" not in server.requests[1]


def test_a_server_that_sends_all_again_is_taken_at_its_word(server, tmp_path):
    other = CONTENT[::-1]
    server.answers = [send(cut=100_000, ETag='"a"'), send(body=other, ETag='"b"')]
    assert got(server, tmp_path)[0] == other


def test_a_part_of_another_place_is_of_no_use(server, tmp_path):
    """As long as the missing part, so that only its stated place gives it away."""
    missing = len(CONTENT) - 100_000
    place = f"bytes 5-{missing + 4}/{len(CONTENT)}"
    wrong = send(206, CONTENT[5 : missing + 5], Content_Range=place)
    server.answers = [send(cut=100_000, ETag='"a"'), wrong, send()]
    assert got(server, tmp_path)[0] == CONTENT
    assert "Range" not in server.requests[2]


LENGTHS = {
    "superscript": "\N{SUPERSCRIPT TWO}",
    "5,000 digits": "9" * 5_000,
    "negative": "-1",
    "word": "many",
}


@pytest.mark.parametrize("length", LENGTHS.values(), ids=LENGTHS)
def test_a_length_that_is_no_number_is_not_known(server, tmp_path, length):
    server.answers = [send(length=False, Content_Length=length)]
    content, seen = got(server, tmp_path)
    assert content == CONTENT
    assert {total for _, total in seen} == {None}


@pytest.mark.parametrize("number", LENGTHS.values(), ids=LENGTHS)
@pytest.mark.parametrize("place", ["{}-511999/512000", "100000-{}/512000", "100000-511999/{}"])
def test_a_part_told_in_odd_numbers_does_no_harm(server, tmp_path, place, number):
    part = f"bytes {place.format(number)}"
    odd = send(206, CONTENT[100_000:], Content_Range=part, ETag='"a"')
    server.answers = [send(cut=100_000, ETag='"a"'), odd, send()]
    assert got(server, tmp_path)[0] == CONTENT


def test_a_part_that_does_not_exist_any_more_is_thrown_away(server, tmp_path):
    server.answers = [send(cut=100_000, ETag='"a"'), send(416, b""), send()]
    assert got(server, tmp_path)[0] == CONTENT


def test_a_busy_server_is_asked_again(server, tmp_path):
    server.answers = [send(503, b"later"), send(429, b"later"), send()]
    assert got(server, tmp_path)[0] == CONTENT


def test_it_gives_up_after_some_tries(server, tmp_path):
    server.answers = [send(cut=3)]
    with pytest.raises(DownloadError, match="the connection broke off"):
        got(server, tmp_path)
    assert len(server.requests) == QUICK.tries


def test_a_refusal_is_not_asked_again(server, tmp_path):
    server.answers = [send(404, b"no")]
    with pytest.raises(DownloadError, match="the server answers 404"):
        got(server, tmp_path)
    assert len(server.requests) == 1


def test_a_server_that_stalls_is_given_up(server, tmp_path):
    def stall(handler):
        send(cut=10)(handler)
        handler.wfile.flush()
        server.ended.wait()

    server.answers = [stall]
    limits = Limits(1_000_000, patience=0.1, tries=2, pause=0, schemes=("http",))
    with pytest.raises(DownloadError, match="timed out"):
        got(server, tmp_path, limits)


def test_a_server_that_drips_is_given_up(server, tmp_path):
    def drip(handler):
        send(cut=0)(handler)
        while not server.ended.wait(0.01):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    server.answers = [drip]
    limits = Limits(1_000_000, longest=0.2, pause=0, schemes=("http",))
    with pytest.raises(DownloadError, match=r"longer than 0\.2 s"):
        got(server, tmp_path, limits)


@pytest.mark.parametrize("length", [True, False])
def test_a_file_that_is_too_large_is_broken_off(server, tmp_path, length):
    server.answers = [send(length=length)]
    limits = Limits(100_000, schemes=("http",))
    with pytest.raises(DownloadError, match=r"larger than 0\.1 MB"):
        got(server, tmp_path, limits)
    assert (tmp_path / "part").stat().st_size <= 100_000


def test_compressed_answers_are_refused(server, tmp_path):
    server.answers = [send(Content_Encoding="gzip")]
    with pytest.raises(DownloadError, match="compressed"):
        got(server, tmp_path)


def test_only_https_is_asked(server, tmp_path):
    server.answers = [send()]
    with pytest.raises(DownloadError, match="only https is allowed"):
        got(server, tmp_path, Limits(1_000_000))
    assert server.requests == []


def test_a_redirection_to_another_scheme_is_refused(server, tmp_path):
    server.answers = [send(302, b"", Location="ftp://127.0.0.1/rows.csv")]
    with pytest.raises(DownloadError, match="only http is allowed"):
        got(server, tmp_path)


def test_a_redirection_within_the_scheme_is_followed(server, tmp_path):
    server.answers = [send(302, b"", Location=server.address + "?again"), send()]
    assert got(server, tmp_path)[0] == CONTENT


def test_nobody_there_is_told(tmp_path):
    limits = Limits(1_000_000, tries=2, pause=0, schemes=("http",))
    with pytest.raises(DownloadError, match=r"http://127\.0\.0\.1:9/x: .*refused"):
        fetch("http://127.0.0.1:9/x", tmp_path / "part", limits, lambda *_: None)
