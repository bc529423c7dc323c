"""The words that head the columns of a table, and those of the fields above it."""

from __future__ import annotations

import re

from cloudrules.core.entry import normal
from cloudrules.core.sheet import LONGEST_LABEL, LONGEST_TITLE, Row

_HEADS = {
    "section": re.compile(
        "(?:大|中|小|対策)?(?:区分|分類|項目|カテゴリー?)|section|category", re.I
    ),
    "number": re.compile(r"(?:項番|番号|No\.?|№|#|id|ref\.?)", re.I),
    "text": re.compile(
        "要件.{0,3}|要求.{1,4}|内容|(?:チェック|確認|評価|遵守|点検|監査|対策)(?:項目|事項|内容)|管理策"
        "|実施内容|設問|質問.{0,3}|基準|requirements?|controls?|questions?",
        re.I,
    ),
    "need": re.compile(
        "要否|必須.{0,3}(?:任意|推奨).{0,2}|必要性|区別|重要度|need|mandatory.{0,3}optional", re.I
    ),
    "answer": re.compile(
        "(?:適用|対応|実施|遵守|準拠|確認|対策)(?:状況|可否|有無|結果)|回答.{0,3}|判定|備考|根拠|status|remarks?|answer|response",
        re.I,
    ),
    "remark": re.compile("備考|根拠|補足|注記?|remarks?|notes?", re.I),
    "whole": re.compile("取扱情報が.*場合"),
}
LONGEST_HEAD = 12  # characters of a heading that is not known
_LABEL = re.compile(
    r"(?:名称|提供者|事業者|事業者名|会社名|部署名?|所属|担当者?|連絡先|電話番号|メールアドレス"
    r"|(?:記入|作成|回答|提出)(?:日|者)|氏名|日付|年月日"
    r"|\bname|\bprovider|\bdate|completed by)[:(]?",
    re.I,
)


def is_head(row: Row) -> bool:
    """Whether at least two cells of a row head columns."""
    return sum(map(names_column, {_bare(cell.text) for cell in row.values()})) >= 2


def is_labels(row: Row) -> bool:
    """Whether a row has only short names, as the head of a table in words of its own."""
    return len(row) > 2 and all(len(_bare(cell.text)) <= LONGEST_HEAD for cell in row.values())


def names_column(text: str) -> bool:
    """Whether a cell heads a column."""
    said = _bare(text) if len(text) <= LONGEST_LABEL else ""
    return any(each.fullmatch(said) for each in _HEADS.values())


def headed(heads: list[Row], kind: str) -> set[int]:
    """The columns that a cell heads as a kind."""
    return {
        at for row in heads for at, cell in row.items() if _HEADS[kind].fullmatch(_bare(cell.text))
    }


def heads_as(text: str, kind: str) -> bool:
    """Whether a cell heads a column as a kind."""
    return len(text) <= LONGEST_LABEL and bool(_HEADS[kind].fullmatch(_bare(text)))


def is_answer(text: str) -> bool:
    """Whether a cell has but a word, as in a column of answers, and no sentence."""
    return len(text) <= LONGEST_HEAD and not re.search("場合|とき|[0-9。、.]", normal(text))


def _bare(text: str) -> str:
    """The words of a heading, without space and without remarks in brackets."""
    return re.sub(r"\s+|\([^()]*\)\s*$", "", normal(text[:LONGEST_TITLE]))


def has_fields(texts: list[str]) -> bool:
    """Whether a row holds fields to fill in: some text ends as the name of one does."""
    short = (normal(text) for text in texts if len(text) <= LONGEST_LABEL)
    return any(found.end() == len(text) for text in short for found in _LABEL.finditer(text))
