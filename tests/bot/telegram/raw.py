"""Updates as Telegram writes them, for tests that have no chats."""

from __future__ import annotations

from typing import Any

ANNA = {"id": 7, "is_bot": False, "first_name": "安娜", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "安娜"}
GROUP = {"id": -1001, "type": "supergroup", "title": "焊接车间"}
JPEG = {"file_unique_id": "u", "width": 90, "height": 120}
ME = {"id": 42, "is_bot": True, "first_name": "匠荐"}
MAY_NOT = dict.fromkeys(
    (
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
        "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
        "can_manage_topics", "can_react_to_messages", "can_edit_tag",
    ),
    False,
)  # fmt: skip
STANDING: dict[str, dict[str, Any]] = {
    "member": {"user": ME, "status": "member"},
    "left": {"user": ME, "status": "left"},
    "kicked": {"user": ME, "status": "kicked", "until_date": 0},
    "muted": {"user": ME, "status": "restricted", "is_member": True, "until_date": 0, **MAY_NOT},
    "barred": {"user": ME, "status": "restricted", "is_member": False, "until_date": 0, **MAY_NOT},
}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_780_000_000, "chat": PRIVATE, "from": ANNA, **content}


def update(**kind: Any) -> dict[str, Any]:
    return {"update_id": 1, **kind}


def membership(
    chat: dict[str, Any], before: str, after: str, who: dict[str, Any] | None = None
) -> dict[str, Any]:
    return update(
        my_chat_member={
            "chat": chat,
            "from": who or ANNA,
            "date": 1_780_000_000,
            "old_chat_member": STANDING[before],
            "new_chat_member": STANDING[after],
        }
    )
