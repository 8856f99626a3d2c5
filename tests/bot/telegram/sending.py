"""What a bot sends: texts, files, albums, actions."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, UnidentifiedImageError

from tests.bot.telegram.arguments import Arguments, Upload
from tests.bot.telegram.chats import DOWNLOADABLE, Change, Chat, Message
from tests.bot.telegram.html import parsed, units
from tests.bot.telegram.keyboards import checked
from tests.bot.telegram.refusal import bad

if TYPE_CHECKING:
    from tests.bot.telegram.double import Telegram

_LONGEST_TEXT, _LONGEST_CAPTION = 4096, 1024
_LARGEST_PHOTO = 10 * 1024 * 1024
_LARGEST_THUMBNAIL = 200 * 1024
_ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note", "cancel",
)  # fmt: skip
_UNKNOWN = "Wrong file identifier/HTTP URL specified"


def formatted(arguments: Arguments, name: str, entities: str) -> dict[str, Any]:
    """Text or caption with its entities, as a message carries it; empty where there is none."""
    source = arguments.text(name)
    try:
        source.encode()
    except UnicodeEncodeError:
        raise bad("text must be encoded in UTF-8") from None
    mode = arguments.text("parse_mode").lower()
    if mode == "html":
        plain, found = parsed(source)
    elif mode:
        raise AssertionError(f"the double reads HTML only, not {mode}")
    else:
        plain, found = source.strip(), arguments.structure(entities) or []
    return ({name: plain} | ({entities: found} if found else {})) if plain else {}


def text_of(arguments: Arguments) -> dict[str, Any]:
    content = formatted(arguments, "text", "entities")
    if not content:
        raise bad("message text is empty")
    if units(content["text"]) > _LONGEST_TEXT:
        raise bad("message is too long")
    return content


def caption_of(arguments: Arguments) -> dict[str, Any]:
    content = formatted(arguments, "caption", "caption_entities")
    if units(content.get("caption", "")) > _LONGEST_CAPTION:
        raise bad("message caption is too long")
    return content


def _sent(telegram: Telegram, arguments: Arguments, content: Callable[[], dict[str, Any]]) -> Message:
    chat = telegram.reached(arguments)
    markup = checked(arguments.structure("reply_markup"), chat.private)
    found = content()
    topic = topic_of(chat, arguments)
    _reply(chat, arguments)
    telegram.flood.admit(chat.id, group=not chat.private)
    if markup and "inline_keyboard" in markup:
        found["reply_markup"] = markup
    elif markup:
        chat.keyboard = None if markup.get("remove_keyboard") else markup
    message = chat.add(telegram.bot, telegram.now(), topic, **found)
    chat.note(Change("sent", message))
    return message


def topic_of(chat: Chat, arguments: Arguments) -> int:
    """The topic that a method speaks into, 0 where it names none."""
    wanted = arguments.integer("message_thread_id")
    if wanted and wanted not in chat.topics:
        raise bad("message thread not found")
    return wanted


def _reply(chat: Chat, arguments: Arguments) -> None:
    parameters = arguments.structure("reply_parameters") or {}
    wanted = parameters.get("message_id") or arguments.integer("reply_to_message_id")
    without = parameters.get("allow_sending_without_reply") or arguments.flag("allow_sending_without_reply")
    if wanted and not without:
        chat.find(int(wanted), "message to be replied")


def send_message(telegram: Telegram, arguments: Arguments) -> Message:
    return _sent(telegram, arguments, lambda: text_of(arguments))


def send_document(telegram: Telegram, arguments: Arguments) -> Message:
    return _sent(
        telegram,
        arguments,
        lambda: (
            {"document": document(telegram, arguments.file("document"), arguments.file("thumbnail"))}
            | caption_of(arguments)
        ),
    )


def send_video(telegram: Telegram, arguments: Arguments) -> Message:
    return _sent(
        telegram,
        arguments,
        lambda: {"video": document(telegram, arguments.file("video"))} | caption_of(arguments),
    )


def send_photo(telegram: Telegram, arguments: Arguments) -> Message:
    return _sent(
        telegram,
        arguments,
        lambda: {"photo": photo(telegram, arguments.file("photo"))} | caption_of(arguments),
    )


def document(telegram: Telegram, given: Upload | str, thumbnail: Upload | str = "") -> dict[str, Any]:
    """A document as a message shows it, from an upload or from a file_id."""
    if isinstance(given, str):
        if given.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")
        stored = _known(telegram, given)
        return {
            "file_id": given,
            "file_name": stored.name,
            "file_size": stored.size,
            "mime_type": stored.mime,
        }
    if not given.content:
        raise bad("file must be non-empty")
    mime = mimetypes.guess_type(given.name)[0] or given.mime
    kept = telegram.files.keep(given.content, given.name, mime, "documents")
    shown = kept | {"file_name": given.name, "mime_type": mime}
    preview = _thumbnail(telegram, thumbnail)
    return shown | ({"thumbnail": preview} if preview else {})


def _thumbnail(telegram: Telegram, given: Upload | str) -> dict[str, Any] | None:
    """A preview picture; one that is no small JPEG is passed over without a word, as Telegram does."""
    if not isinstance(given, Upload) or len(given.content) > _LARGEST_THUMBNAIL:
        return None
    try:
        with Image.open(BytesIO(given.content)) as image:
            kind, (width, height) = image.format, image.size
    except (UnidentifiedImageError, OSError):
        return None
    if kind != "JPEG" or max(width, height) > 320:
        return None
    return telegram.files.keep(
        given.content, "thumb.jpg", "image/jpeg", "thumbnails", width=width, height=height
    )


def photo(telegram: Telegram, given: Upload | str) -> list[dict[str, Any]]:
    """The sizes of a photo, the smallest first; the bytes of each are real."""
    if isinstance(given, str):
        stored = _known(telegram, given)
        return sizes(telegram, stored.content)
    if not given.content:
        raise bad("file must be non-empty")
    if len(given.content) > _LARGEST_PHOTO:
        raise bad(
            f"file of size {len(given.content)} bytes is too big for a photo; the maximum size is {_LARGEST_PHOTO} bytes"
        )
    return sizes(telegram, given.content)


def sizes(telegram: Telegram, content: bytes) -> list[dict[str, Any]]:
    """As Telegram keeps a photo: a small one and the largest. Raises the Refusal for what is none."""
    try:
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
            small = image.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    small.thumbnail((90, 90))
    bytes_of_small = BytesIO()
    small.save(bytes_of_small, "JPEG")
    keep = telegram.files.keep
    thumb = keep(
        bytes_of_small.getvalue(), "photo.jpg", "image/jpeg", "photos", width=small.width, height=small.height
    )
    return [thumb, keep(content, "photo.jpg", "image/jpeg", "photos", width=width, height=height)]


def _known(telegram: Telegram, identifier: str) -> Any:
    try:
        return telegram.files.find(identifier)
    except Exception:
        raise bad(_UNKNOWN) from None


def send_media_group(telegram: Telegram, arguments: Arguments) -> list[dict[str, Any]]:
    chat = telegram.reached(arguments)
    media = arguments.structure("media")
    if not isinstance(media, list) or not media:
        raise bad("There are no messages to send")
    if not 2 <= len(media) <= 10:
        raise bad(
            "Too many messages to send as an album" if len(media) > 10 else "album must have 2-10 messages"
        )
    kinds = {item.get("type") for item in media}
    if len(kinds) > 1 and kinds - {"photo", "video"}:
        raise bad("Document can't be mixed with other media types")
    contents = [media_of(telegram, Arguments(item, arguments.uploads)) for item in media]
    topic = topic_of(chat, arguments)
    telegram.flood.admit(chat.id, group=not chat.private, cost=len(media))
    album = str(telegram.now() * 1000 + len(chat.messages))
    sent = []
    for content in contents:
        message = chat.add(telegram.bot, telegram.now(), topic, media_group_id=album, **content)
        chat.note(Change("sent", message))
        sent.append(message.shown())
    return sent


def media_of(telegram: Telegram, item: Arguments) -> dict[str, Any]:
    """The content of an InputMedia."""
    kind, given = item.text("type"), item.file("media")
    if kind == "photo":
        return {"photo": photo(telegram, given)} | caption_of(item)
    if kind in ("document", "video"):
        return {kind: document(telegram, given)} | caption_of(item)
    raise bad("Can't parse InputMedia: Media type is unsupported")


def send_chat_action(telegram: Telegram, arguments: Arguments) -> bool:
    chat = telegram.reached(arguments)
    action = arguments.text("action")
    if action not in _ACTIONS:
        raise bad("Wrong parameter action in request")
    topic_of(chat, arguments)
    chat.note(Change("action", value=action))
    return True


def get_file(telegram: Telegram, arguments: Arguments) -> dict[str, Any]:
    identifier = arguments.text("file_id")
    stored = telegram.files.find(identifier)
    if stored.size > DOWNLOADABLE:
        raise bad("file is too big")
    return {
        "file_id": identifier,
        "file_unique_id": identifier[-16:],
        "file_size": stored.size,
        "file_path": stored.path,
    }


METHODS: dict[str, Any] = {
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendvideo": send_video,
    "sendmediagroup": send_media_group,
    "sendchataction": send_chat_action,
    "getfile": get_file,
}
