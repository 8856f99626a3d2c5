#!/usr/bin/env bash
# aiohttp 3.14.5: of an upload whose file name holds two semicolons, neither the name of the file nor that of the field is
# read: the whole header is dropped with a warning (BadContentDispositionHeader), `part.name` and `part.filename` are None.
# With one semicolon both are right. RFC 9110 (5.6.4) lets semicolons stand in a quoted string, and RFC 7578 (4.2) wants the
# name of its field in every part; one semicolon was a bug until it was mended (aio-libs/aiohttp#917).
#
# Valid input: multipart/form-data as browsers write it, with a file named as people name a scan of several certificates; read
# by `request.multipart()`, and by the mail parser of Python for comparison. Seen: “证书;甲.jpg” comes through, “证书;甲;乙.jpg”
# has no name and no field, the mail parser has both. Fails when that changes. Here it would mean that a certificate comes in
# as a part of no field, as if nothing had been sent: the web chat sends files bare, each name in a header of its own.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install aiohttp==3.14.5
"$here/venv/bin/python" -W ignore - <<'PY'
import asyncio
import email
import email.policy

from aiohttp import ClientSession, web

ONE, TWO = "证书;甲.jpg", "证书;甲;乙.jpg"
TYPE = "multipart/form-data; boundary=edge"


def sent(name: str) -> bytes:
    head = f'Content-Disposition: form-data; name="scan"; filename="{name}"\r\nContent-Type: image/jpeg'
    return f"--edge\r\n{head}\r\n\r\nx\r\n--edge--\r\n".encode()


def by_mail(body: bytes) -> str | None:
    policy = email.policy.default.clone(utf8=True)
    message = email.message_from_bytes(f"Content-Type: {TYPE}\r\n\r\n".encode() + body, policy=policy)
    (part,) = message.iter_parts()
    return part.get_filename()


async def take(request: web.Request) -> web.Response:
    part = await (await request.multipart()).next()
    return web.json_response([part.name, part.filename])


async def main() -> None:
    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    read = {}
    async with ClientSession() as session:
        for name in (ONE, TWO):
            async with session.post(url, data=sent(name), headers={"Content-Type": TYPE}) as answer:
                read[name] = await answer.json()
            print(f"{name}: aiohttp reads field and name as {read[name]}, the mail parser {by_mail(sent(name))!r}")
    await runner.cleanup()
    assert read[ONE] == ["scan", ONE]
    assert by_mail(sent(TWO)) == TWO
    assert read[TWO] == [None, None], "two semicolons are read now"


asyncio.run(main())
PY
echo "as described: aiohttp 3.14.5 reads no name with two semicolons in it"
