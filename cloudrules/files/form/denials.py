"""Words by which a remark says that something is not so: not yet, no longer, in part, not for sure.

They are looked for in remarks that bear out an answer of `met`. Where a word can be meant in
another way (復元できないよう消去する), it counts only where it ends what is said.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from cloudrules.files.form.words import meaning_of

# A certificate that is to be renewed is held until then: 更新申請中, "renewal pending".
_RENEWED = "".join(f"(?<!{word})" for word in ("更新", "継続", "維持", "再認証", "変更", "延長"))
_NOT_YET = (
    rf"{_RENEWED}(?<!更新を)予定(?!は|表|外|通り|どおり|な[しい])"
    rf"|{_RENEWED}(?<!更新の)(?:申請|申込|審査|受審|手続き?)中|{_RENEWED}申請済"
    r"|(?:取得|登録|準備|検討|調整|作成|策定|整備|現在対応)中|見込|いまだ|未だ|まだ"
    r"|(?:取得|登録|対応|実施)予定(?:は|が)?な[しい]|準備(?:を)?し(?:て(?:い|お)|ます)"
    r"|未(?:取得|登録|申請|対応|実施|締結|整備|導入|完了|了|認証|策定|達|定|確認)"
    r"(?!の?(?:端末|機器|者|利用|デバイス|ユーザ|通信|アクセス|ソフト))"
    r"|(?<!renewal )(?<!renewal is )(?<!no )\b(?:pending|in progress|in preparation)\b"
    r"|\bplann(?:ed|ing)\b(?! (?:maintenance|outage|downtime|stop))|\bapplied for\b|\bnot yet\b"
    r"|(?<!renewal )\bapplication (?:is )?(?:under way|submitted|filed|made)\b"
    r"|(?<!renewal )(?<!renewal is )\bunder (?:review|assessment|preparation|consideration)\b"
    r"|\b(?:to|will) be (?:obtained|acquired|registered|certified|implemented|confirmed|signed"
    r"|determined|decided)\b"
)
# The end of a sentence, or of a clause that says why or what else.
_END = (
    r"(?=\s|[。、,.;)」』】]|$|です|だ|である|でした|との|が|ため|ので|から|けれど"
    "|ものの|状況|状態)"
)
_DID = (
    "(?:済み?|中|し(?:た|ました|ている|ています|て?おり|ております)"
    "|され(?:た|ました|ている|ています))?"
)
_ENDED = "(?:expired|revoked|withdrawn|lapsed|cancell?ed|terminated|suspended|discontinued)"
_NO_LONGER = (
    rf"(?:失効|解約|廃止|取り?消し?|期限切れ|返上|取り?下げ|登録終了|契約終了){_DID}{_END}"
    rf"|(?:登録|認証|資格|サービス)(?:は|を|が)?(?:一時)?停止{_DID}{_END}"
    r"|\b(?:has|have|was|were|is|are|been|already|registration|certificate|certification)"
    rf" (?:been )?{_ENDED}\b|(?:^|[.;,(])[ \t]{{0,3}}{_ENDED}\b"
    r"|^[ \t]{0,3}(?:停止|終了|満了)(?:済み?|中)?$|\bno longer\b"
)
_DOING = (
    "(?<![不非未])(?:取得|登録|対応|実施|適合|充足|準拠|遵守|保有|導入|整備|締結|認証|達成|確認|完了|加入|契約"
    "|準備|保持)"
)
_NOT = (
    r"(?:し(?:ない|ません|て(?:い)?ない|て(?:い)?ません|て(?:は)?おらず|て(?:は)?おりません)|せず"
    r"|され(?:ない|ません|て(?:い)?ない|て(?:い)?ません|ておらず|ておりません)|不可能?"
    r"|(?:な[しい]|無[しい]|ありません|ございません))"
)
_UNABLE = (
    r"(?:でき|出来)(?:ない|ません|ず|ておらず|て(?:い)?ない|て(?:い)?ません|かねます|ておりません)"
)
_UNDONE = (
    rf"{_DOING}(?:は|が|を|も|には)?{_NOT}{_END}|{_UNABLE}{_END}|困難{_END}"
    rf"|(?:対応|実施|提供|利用)?不可能?{_END}|非対応|不適合(?!な|は|が|事|件|の)|不適格(?!な|者)"
    rf"|満た(?:さない|さず|していない|していません|しておらず|しておりません){_END}"
    r"|ない(?:部分|箇所|点|項目|もの)が(?:あ|残)"
    r"|\b(?:not|never|isn't|aren't|hasn't|haven't|doesn't|don't|cannot|can't)"
    r" (?:yet |currently |be |been |a |being )*(?:held|hold|have|obtained|registered|certified"
    r"|valid|available|covered|confirm(?:ed)?|implement(?:ed)?|met|meet|compliant|comply"
    r"|supported|support|possible|in place|known|certain|fulfil(?:led)?"
    r"|satisf(?:y|ied)|provided?)\b"
)
_IN_PART = (
    r"一部(?:の[^。、\s]{0,6})?(?:のみ|だけ|に限|を除|が?未|対応|実施|適合|取得|導入|整備)"
    rf"|部分的|範囲外|(?:適用|登録|認証|言明)?対象外{_END}|適用外{_END}"
    r"|\b(?:partly|partially|in part)\b"
    r"|\bout(?:side)? (?:of )?(?:the |its )?(?:statement of )?scope\b"
    r"|\bnot (?:in|within|part of|included in|covered by) (?:the |its )?(?:statement|scope)\b"
)
_UNSURE = (
    rf"(?:確認|照会|問い?合わ?せ|調査|精査){_RENEWED}中{_END}"
    r"|(?:調査|検討)(?:し(?:て(?:い|お)|ます|たい)|する|の上|のうえ)"
    rf"|要(?:確認|検討|調査)|不明(?!な|点|者|の場合|時)|(?:分|解|わ)から(?:ない|ず|ません){_END}"
    rf"|おそらく|恐らく|たぶん|多分(?!野)|と思(?:われ|い|う)|はず{_END}|かもしれ"
    r"|可能性が(?:ある|あり|高)|[?？]\s{0,3}(?:$|[)。、」])"
    r"|\b(?:unknown|unsure|unclear|not sure|not certain|probably|perhaps|presumably|tbd|tbc)\b"
    r"|\bbeing (?:checked|considered|investigated|clarified)\b"
)
_DENIALS = re.compile(
    "|".join((_NOT_YET, _NO_LONGER, _UNDONE, _IN_PART, _UNSURE)), re.IGNORECASE | re.MULTILINE
)
# A piece of a remark that is an answer itself, other than what it stands beside.
_OTHER = frozenset({"missing", "exempt", "unknown", "partly"})
_PIECES = re.compile(r"[。、,;\n]")
_LED = re.compile(r"^\s*(?:では|とは|には|は|が|を|も|:|-)?\s*")
_NONE = frozenset({"なし", "無し", "ない", "無い", "no", "n", "x", "na", "n/a", "false"})


def denial(text: str) -> str:
    """The words by which a text says that something is not so, or not for certain; '' for none."""
    said = normalize("NFKC", text)
    if found := _DENIALS.search(said):
        return found[0].strip(" 。、,;.(")
    return next((piece for piece in _pieces(said) if meaning_of(piece) in _OTHER), "")


def retracted(text: str) -> bool:
    """Whether what follows on the line takes back what was just stated: `なし`, `ではなく`."""
    said = _LED.sub("", normalize("NFKC", text)).rstrip(" 。.")
    return said.casefold() in _NONE or said.startswith(("なく", "ない", "ありません"))


def _pieces(text: str) -> list[str]:
    """What a text says piece by piece; that there is none of something is said of that alone."""
    pieces = (_LED.sub("", piece).strip(" 。.") for piece in _PIECES.split(text))
    return [piece for piece in pieces if piece and piece.casefold() not in _NONE]
