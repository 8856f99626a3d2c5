"""What a bot changes afterwards: texts, captions, media, keyboards; and what it takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.bot.telegram.arguments import Arguments
from tests.bot.telegram.chats import Change, Message
from tests.bot.telegram.keyboards import checked
from tests.bot.telegram.refusal import NOT_MODIFIED, Refusal, bad
from tests.bot.telegram.sending import caption_of, media_of, text_of

if TYPE_CHECKING:
    from tests.bot.telegram.double import Telegram

_DELETABLE = 48 * 3600  # seconds
_CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document", "video", "reply_markup")


def _edited(
    telegram: Telegram,
    arguments: Arguments,
    message: Message,
    content: dict[str, Any],
    kept: tuple[str, ...] = (),
) -> Message:
    """Put `content` in the place of all but `kept`; without a markup the keyboard goes."""
    markup = checked(arguments.structure("reply_markup"), message.chat.private)
    if markup and "inline_keyboard" not in markup:
        raise bad("Inline keyboard expected")
    after = {name: value for name, value in message.json.items() if name not in _CONTENT or name in kept}
    after |= content | ({"reply_markup": markup} if markup else {})
    if all(after.get(name) == message.json.get(name) for name in _CONTENT):
        raise NOT_MODIFIED
    telegram.flood.admit(message.chat.id, group=not message.chat.private, edit=True)
    message.json = after | {"edit_date": telegram.now()}
    message.chat.note(Change("edited", message))
    return message


def _wanted(telegram: Telegram, arguments: Arguments) -> Message:
    if not arguments.has("chat_id") and arguments.has("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    message = telegram.reached(arguments).find(arguments.integer("message_id"), "message to edit")
    if not message.by_bot:
        raise bad("message can't be edited")
    return message


def edit_text(telegram: Telegram, arguments: Arguments) -> Message:
    try:
        content = text_of(arguments)
    except Refusal as refusal:
        # The servers count the length of an edit, and answer in their own way.
        raise bad("MESSAGE_TOO_LONG") if "too long" in refusal.description else refusal from None
    message = _wanted(telegram, arguments)
    if message.media:
        raise bad("There is no text in the message to edit")
    return _edited(telegram, arguments, message, content)


def edit_caption(telegram: Telegram, arguments: Arguments) -> Message:
    content = caption_of(arguments)
    message = _wanted(telegram, arguments)
    if not message.media:
        raise bad("There is no caption in the message to edit")
    return _edited(telegram, arguments, message, content, kept=("photo", "document", "video"))


def edit_media(telegram: Telegram, arguments: Arguments) -> Message:
    message = _wanted(telegram, arguments)
    media = arguments.structure("media")
    if not isinstance(media, dict):
        raise bad("Can't parse input media JSON object")
    return _edited(telegram, arguments, message, media_of(telegram, Arguments(media, arguments.uploads)))


def edit_markup(telegram: Telegram, arguments: Arguments) -> Message:
    message = _wanted(telegram, arguments)
    kept = tuple(name for name in _CONTENT if name != "reply_markup")
    return _edited(telegram, arguments, message, {}, kept)


def delete(telegram: Telegram, arguments: Arguments) -> bool:
    chat = telegram.reached(arguments)
    message = chat.find(arguments.integer("message_id"), "message to delete")
    old = telegram.now() - int(message.json["date"]) > _DELETABLE
    if old or (not message.by_bot and not chat.private):
        raise bad("message can't be deleted")
    message.deleted = True
    chat.note(Change("deleted", message))
    return True


def delete_several(telegram: Telegram, arguments: Arguments) -> bool:
    """Of several, those that are not there are passed over."""
    chat = telegram.reached(arguments)
    wanted = arguments.structure("message_ids")
    if not isinstance(wanted, list) or not wanted:
        raise bad("message identifiers are not specified")
    if len(wanted) > 100:
        raise bad("too many message identifiers specified")
    for identifier in wanted:
        message = chat.messages.get(int(identifier))
        if message and not message.deleted:
            message.deleted = True
            chat.note(Change("deleted", message))
    return True


METHODS: dict[str, Any] = {
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagemedia": edit_media,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete,
    "deletemessages": delete_several,
}
