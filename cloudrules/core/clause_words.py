"""The words of clauses: how they begin, join, release and end."""

from __future__ import annotations

import re
from unicodedata import normalize

from cloudrules.core.mentions import figures

OR = "または|又は|もしくは|若しくは|あるいは|或いは"
AND = "及び|および|並びに|ならびに|かつ|且つ"
RANGE = "(?:~|〜|から|ないし|乃至|→|[-‐‑–—―−ー])"
WHEN = "(?:の)?(?:場合|とき)(?:に(?:は|おいては|おいて|限り)|は|で|のみ)?"
RELEASE = (
    "(?:不要|免除|対象外|適用除外|除外|適用(?:は)?(?:し|され)ない|省略(?:可能?|できる|できます|することができる)"
    "|省略して(?:も)?(?:よい|良い|構わない|差し支えない)"
    "|(?:求め|要し|要さ|適用し|適用され)(?:ない|ません)|必要(?:が|は)?(?:ない|ありません)"
    "|満た(?:さなくてよい|す必要は(?:ない|ありません)))"
)
ENDING = (
    "(?:と(?:する|します|なる|なります|みなす|することができる)|(?:され|でき)(?:る|ます)"
    "|する|します|です|である|も?の?とする)?[。.]?"
)
_ANSWER = "(?:の|への|に対する)?(?:回答|記入|チェック|対応|確認)(?:は|を|も|が)?"
LONGEST = 1000  # characters of a sentence that is read
OF = (
    "(?:の?(?:各|全て|すべて)?(?:の)?"
    "(?:(?:チェック|確認|要求)?(?:要件|項目|事項)|条件|認証|規定|設問|質問))?"
    "(?:について(?:は)?)?"
)
_EFFECT = re.compile(rf"{OF}(?:は|を|も)?、?(?:{_ANSWER})?{RELEASE}{ENDING}")
BELOW = re.compile(
    "(?:これ|ここ)?(?:以下|下記|以降|より下)(?:に(?:掲げる|示す))?(?:の?(?:全て|すべて))?"
)
NEXT = re.compile("次(?:に(?:掲げる|示す))?(?:の(?:全て|すべて))?")
ONWARDS = re.compile(rf"以降{OF}|から(?:下|後){OF}")
OWN = re.compile("(?:本|当該|この)(?:要件|項目|項)?")
_BULLET = re.compile(r"[・•※*■●○◆\-–]+|\(\d+\)(?![をでのがはとか及又若並以も、~])")
_FOOTNOTE = re.compile(
    r"\s*(?:[(（\[［]?(?:※|[*＊]|注)\s*[0-9０-９]{0,2}[)）\]］]?"
    r"(?:[\s:：、)）]+|[.．](?![0-9０-９])|(?=項番|要件|項目|No))|[・•※■●○◆])\s*"
)
_CONNECTIVE = re.compile(
    "(?:ただし|但し|なお|また|及び|または|又は)、|(?:ただし|但し|なお)(?=[0-9(])"
)

# 満たしていれば says what 満たしている場合 does
_IF = (
    (re.compile("(?<=て)いれば、?"), "いる場合、"),
    (re.compile("あれば、?"), "ある場合、"),
    (re.compile("満たせば、?"), "満たす場合、"),
)

_HELD = (
    "(?:取得|登録|保有|充足|適合|満足)(?:を)?(?:している|されている|する|済み?(?:の|である)?|した)"
    "|(?:行われて|なされて|得て|受けて|有して|満たして|満たされて)いる|有する|満たす"
    "|(?:に)?該当(?:している|する|した)"
    "|が?「?(?:[○◯〇]|適合|充足|適|はい)」?(?=の?$|の?、|の?場合|である)(?:である)?"
    "|(?:が|の)?(?:ある|あり)"
)
_NOT_HELD = (
    "(?:取得|登録|保有|充足|適合|満足)(?:を)?(?:していない|されていない|しない)"
    "|未(?:取得|登録|充足)(?:の|である)?"
    "|(?:行われて|なされて|得て|受けて|有して|満たして|満たされて)いない|有しない|満たさない"
    "|(?:に)?該当し(?:ていない|ない)"
    "|が?「?[×✕✖]」?(?:である)?|が?ない"
)
_HELD_AND = (
    "(?:取得|登録|保有|充足|適合|満足)(?:を)?(?:し|され)(?:て(?:おり)?)?"
    "|(?:行われ|なされ|満たし|満たされ|受け|有し|得)(?:て(?:おり)?)?"
)
_WORDS = r"[^、。]*?"
TAIL = re.compile(
    rf"(?P<words>(?:について(?:は)?|に(?:係る|関する|おいて)|の|で|が|を|に)?{_WORDS})"
    rf"(?:(?P<held>{_HELD})|(?P<not_held>{_NOT_HELD})|(?P<more>{_HELD_AND}))"
    rf"(?=$|、|{OR}|{AND})"
)
NAMED = re.compile(r"[A-Za-z0-9/+.&()「」\- ァ-ヶー一-鿿]*")
CALLED = re.compile(
    "(?:への|の|における)?(?:登録|認証|認定|資格|要件|項目|基準|条件|全項目)?(?:の)?(?:が|を|に|も)?$"
)
_ALL = re.compile(
    "の?(?:全て|すべて|全部|いずれも|両方|双方)|(?:を|が)(?:全て|すべて|いずれも|ともに|共に)"
)
_ANY = re.compile("(?:のうち)?の?(?:いずれか|どちらか|どれか)(?:(?:1|一|ひと)つ)?(?:以上)?")
_SOME = re.compile("(?:のうち|の中から)(?:の)?、?([2-9]|二|三|四)(?:つ|個|項目)以上")
_NUMERALS = {"二": 2, "三": 3, "四": 4}

# Where a sentence ends: at a stop outside brackets, or with its line after what it releases.
_SENTENCE = re.compile(
    rf"[。｡](?![)）」』】])|(?<=不要)(?=\s)|(?:{RELEASE}{ENDING})(?=\s|$)|\n(?=※)"
    # Before what stands in brackets and releases items
    rf"|(?<=[^\s※])(?=[（(][^（）()]{{1,200}}(?:場合|とき)[^（）()]{{0,80}}{RELEASE}{ENDING}[）)])"
)
CONDITIONAL = re.compile(
    r"(?:なお、|ただし、|また、)?([^。]+?)(?:の)?(?:場合|とき)"
    r"(?:(?:に(?:は|おいては|限り|限って)|のみ|だけ|は)[、,\s]*|[、,\s]+)"
)
_IN_BRACKETS = re.compile(r"\(([^()]+?)(?:の)?(?:場合|とき)(?:のみ|だけ|に限る)?[。]?\)")
_LIMITS = re.compile("^(?:※|\\()?(?:ただし|但し|なお)|除[くき]|限る|この限り|以外")
# Words that say what they mean only together with others.
DEICTIC = re.compile(
    "[「(]?(?:[上下左右前]記|前項|該当|その|それ|これ|この|当該|同|いずれ|全て|すべて|本|はい|いいえ|回答|[○◯〇×✕]|$)"
)
_BRACKETED = re.compile(r"[(〔【]([^()〔〕【】]+(?:\([^()]*\)[^()]*)*)[)〕】][。.]?")
_CLAUSE = re.compile(rf"{RELEASE}{ENDING}$")
EFFECT_END = re.compile(_EFFECT.pattern + "$")
TURNED = re.compile(rf"(?P<target>.{{1,200}}?){OF}は、(?P<when>.+){WHEN}、?{RELEASE}{ENDING}")


def compact(text: str) -> str:
    """What is compared: half width, without space but between words of letters and figures."""
    spaced = figures(text).replace("，", "、").replace(",", "、")
    return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", re.sub(r"\s+", " ", spaced))


def clause_words(sentence: str) -> str:
    """The words of a clause: compact, without a mark of a list, a footnote or ただし before it."""
    found = _FOOTNOTE.match(sentence)
    said = bare(_opened(compact(sentence[found.end() if found else 0 :])))
    for written, meant in _IF:
        said = written.sub(meant, said)
    opening = _CONNECTIVE.match(said)
    return said[opening.end() :] if opening else said


def _opened(said: str) -> str:
    """What stands in brackets that are all of a sentence."""
    found = _BRACKETED.fullmatch(said)
    return found[1] if found else said


def sentences(text: str) -> list[str]:
    """The sentences of a cell, verbatim."""
    found: list[str] = []
    start = 0
    for each in _SENTENCE.finditer(text):
        found.append(text[start : each.end()].strip())
        start = each.end()
    return [each for each in [*found, text[start:].strip()] if each]


def limits(sentence: str) -> bool:
    """Whether a sentence says something of the one before it."""
    return bool(_LIMITS.search(compact(sentence)))


def releases(sentence: str) -> bool:
    """Whether a sentence ends as one does that releases items."""
    return bool(_CLAUSE.search(_opened(compact(sentence))))


def condition_of(sentence: str) -> str:
    """The condition that a sentence begins with, or has in brackets; else ''."""
    said = normalize("NFKC", sentence)
    found = CONDITIONAL.match(said) or _IN_BRACKETS.search(said)
    return compact(found[1]) if found else ""


def bare(piece: str) -> str:
    """A case without a mark of a list before it."""
    found = _BULLET.match(piece)
    return piece[found.end() :] if found else piece


def quantity(said: str, at: int) -> tuple[int | None, int]:
    """How many of a list are meant: 0 for all, None where nothing is said."""
    if found := _SOME.match(said, at):
        return _NUMERALS.get(found[1]) or int(found[1]), found.end()
    if found := _ANY.match(said, at):
        return 1, found.end()
    if found := _ALL.match(said, at):
        return 0, found.end()
    return None, at
