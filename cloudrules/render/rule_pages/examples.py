"""An example of each finding: files that have it and nothing else, and how they are mended."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff

RULEBOOK = "rulebook.yaml"
CATALOGUE = "catalogue.yaml"
SHEET = "sheet.txt"


@dataclass(frozen=True)
class Mend:
    """In `file`, `old` becomes `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Example:
    """Files by name, the rulebook first. Once mended, nothing is found in them."""

    files: dict[str, str]
    mends: tuple[Mend, ...]

    @property
    def mended(self) -> dict[str, str]:
        files = dict(self.files)
        for mend in self.mends:
            files[mend.file] = files[mend.file].replace(mend.old, mend.new, 1)
        return files

    @property
    def changes(self) -> dict[str, str]:
        """What differs in each file that is mended: lines with `-` go, lines with `+` come."""
        found: dict[str, str] = {}
        for name, text in self.mended.items():
            lines = unified_diff(self.files[name].splitlines(), text.splitlines(), n=1, lineterm="")
            kept = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
            if kept:
                found[name] = "\n".join(kept)
        return found


def _rulebook(text: str, *mends: tuple[str, str]) -> Example:
    """An example whose rulebook is mended and needs no other file."""
    changes = tuple(Mend(RULEBOOK, old, new) for old, new in mends)
    return Example({RULEBOOK: text.lstrip("\n")}, changes)


EXAMPLES: dict[str, Example] = {
    "rulebook-unsatisfiable": _rulebook(
        """
rulebook: example
context:
  domestic: {title: {ja: 国内のリージョンを利用する, en: The region is in Japan}}
items:
  - id: 1.1
    need: mandatory
    text:
      ja: データの所在地が日本国内に限定できること。
      en: The location of data can be limited to Japan.
    met_by: domestic
  - id: 1.2
    need: mandatory
    text:
      ja: 遠隔地である国外のリージョンにバックアップを取得すること。
      en: Backups are taken in a distant region abroad.
    met_by: not domestic
""",
        ("    met_by: not domestic\n", ""),
    ),
    "condition-contradiction": _rulebook(
        """
rulebook: example
context:
  employees: {title: {ja: 従業員数, en: Employees}, type: number, default: 50}
items:
  - id: 1.1
    need: mandatory
    text: {ja: 専任の監査部門を置くこと。, en: There is a full-time audit department.}
waivers:
  - id: medium
    text:
      ja: 従業員数が100人以上300人以下の事業者については、1.1の要件は不要
      en: For firms of 100 to 300 employees, 1.1 is not needed.
    when: employees <= 100 and employees >= 300
    waives: [1.1]
""",
        ("employees <= 100 and employees >= 300", "employees >= 100 and employees <= 300"),
    ),
    "item-unmeetable": _rulebook(
        """
rulebook: example
items:
  - id: 1.1
    need: mandatory
    text:
      ja: 国の旧制度による認定を受けていること(同制度は2025年3月末に廃止された)。
      en: Certified under the former national programme (abolished at the end of March 2025).
    met_by: "false"
  - id: 1.2
    need: mandatory
    text: {ja: 情報セキュリティの管理体制を提示すること。, en: How security is organised is shown.}
""",
        ('    met_by: "false"\n', "    in_force: {until: 2025-03-31}\n"),
    ),
    "item-never-owed": _rulebook(
        """
rulebook: example
context:
  generative_ai: {title: {ja: 生成AIを利用する, en: Generative AI is used}}
items:
  - id: 1.1
    need: mandatory
    text:
      ja: 入力した情報が生成AIの学習に用いられないこと。
      en: What is entered is not used to train generative AI.
    applies_when: not generative_ai
waivers:
  - id: no-ai
    text: {ja: 生成AIを利用しない場合、1.1の要件は不要, en: 'Without AI, 1.1 is not needed.'}
    when: not generative_ai
    waives: [1.1]
""",
        ("    applies_when: not generative_ai\n", ""),
    ),
    "item-moot": _rulebook(
        """
rulebook: example
items:
  - id: 1.1
    need: mandatory
    text: {ja: ISMAPに登録された基盤上に構築すること。, en: The platform is listed by ISMAP.}
  - id: 1.2
    need: mandatory
    text: {ja: 基盤がISO/IEC 27001の認証を受けていること。, en: The platform has ISO/IEC 27001.}
waivers:
  - id: hosting
    text: {ja: 1.1を満たす場合、1.2の要件は不要, en: 'Where 1.1 is met, 1.2 is not needed.'}
    when: 1.1
    waives: [1.2]
""",
        (
            "    waives: [1.2]\n",
            """    waives: [1.2]
  - id: in-lieu
    text: {ja: 1.2を満たす場合、1.1の要件は不要, en: 'Where 1.2 is met, 1.1 is not needed.'}
    when: 1.2
    waives: [1.1]
""",
        ),
    ),
    "waiver-never": _rulebook(
        """
rulebook: example
items:
  - id: 1.1
    need: optional
    text: {ja: ISMAPへの登録が行われていること。, en: The service is registered with ISMAP.}
  - id: 1.2
    need: mandatory
    text: {ja: 外部監査の結果を提示すること。, en: The results of an external audit are shown.}
waivers:
  - id: registered
    text: {ja: 1.1を満たす場合、1.2の要件は不要, en: 'Where 1.1 is met, 1.2 is not needed.'}
    when: waived(1.1)
    waives: [1.2]
""",
        ("when: waived(1.1)", "when: 1.1"),
    ),
    "waiver-always": _rulebook(
        """
rulebook: example
context:
  employees: {title: {ja: 従業員数, en: Employees}, type: number, default: 30}
items:
  - id: 1.1
    need: mandatory
    text: {ja: 従業員への教育を毎年行うこと。, en: Employees are trained every year.}
  - id: 1.2
    need: optional
    text: {ja: 教育の記録を提示すること。, en: Records of the training are shown.}
waivers:
  - id: medium
    text:
      ja: 従業員数が20人以上50人未満の事業者については、1.2の要件は不要
      en: For firms of 20 employees or more and fewer than 50, 1.2 is not needed.
    when: employees >= 20 or employees < 50
    waives: [1.2]
""",
        ("employees >= 20 or employees < 50", "employees >= 20 and employees < 50"),
    ),
    "waiver-own-item": _rulebook(
        """
rulebook: example
items:
  - id: 1.1
    need: optional
    text: {ja: ISMAPへの登録が行われていること。, en: The service is registered with ISMAP.}
  - id: 1.2
    need: mandatory
    text: {ja: 管理体制を提示すること。, en: How security is organised is shown.}
  - id: 1.3
    need: mandatory
    text: {ja: 障害を検知できること。, en: Failures can be detected.}
waivers:
  - id: registered
    text: {ja: 1.1を満たす場合、以下の要件は不要, en: 'With 1.1, what follows is not needed.'}
    when: 1.1
    waives: [1.1..1.3]
""",
        ("waives: [1.1..1.3]", "waives: [1.2..1.3]"),
    ),
    "clause-idle": _rulebook(
        """
rulebook: example
items:
  - id: 1.1
    need: optional
    text: {ja: ISMAPへの登録が行われていること。, en: The service is registered with ISMAP.}
  - id: 1.2
    need: optional
    text: {ja: ISMAP-LIUへの登録が行われていること。, en: The service is registered with ISMAP-LIU.}
  - id: 1.3
    need: mandatory
    text: {ja: 管理体制を提示すること。, en: How security is organised is shown.}
  - id: 1.4
    need: mandatory
    text: {ja: 障害を検知できること。, en: Failures can be detected.}
waivers:
  - id: banner
    text: {ja: 1.1又は1.2の場合、以下の要件は不要, en: 'With 1.1 or 1.2, the rest is not needed.'}
    when: 1.1 or 1.2
    waives: [1.3..1.4]
  - id: liu
    text: {ja: 1.2の場合、1.4の要件は不要, en: 'With 1.2, 1.4 is not needed.'}
    when: 1.2
    waives: [1.4]
""",
        (
            """  - id: liu
    text: {ja: 1.2の場合、1.4の要件は不要, en: 'With 1.2, 1.4 is not needed.'}
    when: 1.2
    waives: [1.4]
""",
            "",
        ),
    ),
    "reading-idle": _rulebook(
        """
rulebook: example
items:
  - id: 1.1
    need: optional
    text: {ja: ISMAPへの登録が行われていること。, en: The service is registered with ISMAP.}
  - id: 1.2
    need: mandatory
    text: {ja: 管理体制を提示すること。, en: How security is organised is shown.}
  - id: 1.3
    need: optional
    text: {ja: SLAが定められていること。, en: There is an SLA.}
waivers:
  - id: banner
    text: {ja: 1.1の場合、以下の要件は不要, en: 'With 1.1, what follows is not needed.'}
    when: 1.1
    waives: [1.2..1.3]
readings:
  - id: banner-scope
    question: {ja: 「以下」はどこまでか。, en: How far does 'what follows' reach?}
    options:
      - id: to-end
        because: {ja: 終わりを示す語がない。, en: No word says where it ends.}
      - id: next
        because: {ja: 直後の要件だけを指す。, en: It means the next item alone.}
        change: {banner: {waives: [1.2]}}
""",
        (
            """    need: optional
    text: {ja: SLA""",
            """    need: mandatory
    text: {ja: SLA""",
        ),
    ),
    "holding-harms": _rulebook(
        """
rulebook: example
items:
  - id: 1.1
    need: optional
    text: {ja: 生成AIを利用する旨を申告すること。, en: The use of generative AI is declared.}
  - id: 1.2
    need: mandatory
    text:
      ja: 入力した情報が生成AIの学習に用いられないこと。
      en: What is entered is not used to train generative AI.
    applies_when: 1.1
""",
        (
            "rulebook: example\n",
            """rulebook: example
context:
  generative_ai: {title: {ja: 生成AIを利用する, en: Generative AI is used}}
""",
        ),
        ("applies_when: 1.1", "applies_when: generative_ai"),
    ),
    "requires-circle": Example(
        {
            RULEBOOK: """rulebook: example
catalogues: [catalogue.yaml]
items:
  - id: 1.1
    need: mandatory
    text:
      ja: サービス提供事業者がISO/IEC 27001の認証を受けていること。
      en: The provider is certified to ISO/IEC 27001.
    met_by: asp.iso27001
""",
            CATALOGUE: """catalogue: example-evidence
evidence:
  - id: asp.audit
    kind: control
    holder: asp
    title: {ja: 内部監査, en: Internal audit}
    requires: asp.iso27001
  - id: asp.iso27001
    kind: certification
    holder: asp
    title: {ja: ISO/IEC 27001認証, en: ISO/IEC 27001 certification}
    requires: asp.audit
""",
        },
        (Mend(CATALOGUE, "    requires: asp.iso27001\n", ""),),
    ),
    "evidence-unused": Example(
        {
            RULEBOOK: """rulebook: example
catalogues: [catalogue.yaml]
items:
  - id: 1.1
    need: mandatory
    text: {ja: ISMAPに登録された基盤を利用すること。, en: The platform is registered with ISMAP.}
    met_by: csp.ismap
  - id: 1.2
    need: mandatory
    text: {ja: データセンターはティア3相当であること。, en: The data centre is as good as Tier 3.}
""",
            CATALOGUE: """catalogue: example-evidence
evidence:
  - id: csp.ismap
    kind: hosting
    holder: csp
    title: {ja: ISMAP登録クラウドの利用, en: Hosting on a platform registered with ISMAP}
  - id: dc.tier3
    kind: hosting
    holder: dc
    title: {ja: ティア3相当のデータセンターの利用, en: A data centre equivalent to Tier 3}
""",
        },
        (Mend(RULEBOOK, "as Tier 3.}\n", "as Tier 3.}\n    met_by: dc.tier3\n"),),
    ),
    "fact-unused": _rulebook(
        """
rulebook: example
context:
  outsourced: {title: {ja: 業務を外部に委託する, en: The work is outsourced}}
items:
  - id: 1.1
    need: mandatory
    text: {ja: 業務を委託する場合は委託先を監督すること。, en: Contractors are supervised.}
""",
        ("are supervised.}\n", "are supervised.}\n    applies_when: outsourced\n"),
    ),
    "source-unquoted": Example(
        {
            RULEBOOK: """rulebook: example
source:
  document: {ja: 要件一覧, en: List of requirements}
  file: sheet.txt
items:
  - id: 1.1
    need: mandatory
    text: {ja: 通信を暗号化すること。, en: Traffic is encrypted.}
""",
            SHEET: """1.1 通信を暗号化すること。
1.2 アクセスログを1年間以上保存できること。
""",
        },
        (
            Mend(
                RULEBOOK,
                "en: Traffic is encrypted.}\n",
                """en: Traffic is encrypted.}
  - id: 1.2
    need: mandatory
    text:
      ja: アクセスログを1年間以上保存できること。
      en: Access logs can be kept for a year or longer.
""",
            ),
        ),
    ),
}
