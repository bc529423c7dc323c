"""The help texts of the command line. Imports nothing that takes time: every start reads it."""

from __future__ import annotations

HELP: dict[str, tuple[str, str]] = {
    # The program and its commands
    "cloudrules": (
        "クラウドサービスのチェックリストについて、適合の判定、その理由、"
        "適合までの最小の計画を答えます。",
        "Answers, for a checklist of cloud services: is a service compliant, why, and what is the"
        " least that would make it so.",
    ),
    "assess": (
        "サービスをチェックリストに照らし、要件ごとの適用状況と、適合・不適合の判定を示します。",
        "Fill in the checklist for a service: the status of each item, and the verdict.",
    ),
    "explain": (
        "1つの要件について、不要・充足・不足などの理由と、それを変えるものを示します。"
        "不要となる要件には、備考欄に貼れる文を示します。",
        "Say why one item is exempt, met or missing, and what would change that. For an exempt item"
        " it gives words for the remarks column.",
    ),
    "plan": (
        "適合するために取得するものの最小の組合せを求めます。最小であることを証明し、"
        "何通りの解釈で成り立つかも示します。",
        "Find the least to acquire for a service to be compliant: proved to be the least, with the"
        " number of readings in which it holds.",
    ),
    "timeline": (
        "保有するものの期限切れや規定の改正によって、判定と不要な要件がいつどう変わるか、"
        "何をいつまでに更新すべきか、どれを失うと適合しなくなるかを示します。",
        "Show how the verdict and the exempt items change as what is held ends and as rules come"
        " into force, what must be renewed by when, and which single loss breaks the verdict.",
    ),
    "report": (
        "判定、根拠、免除規定、解釈、計画、依存関係の図を、保存用の1つの文書にまとめます。"
        "形式は、指定がなければ書き出すファイルの拡張子（.html、.md、.pdf、.json）に合わせます。",
        "Put all there is to say of a service into one document for the file: verdict, checklist,"
        " exemptions with their clauses, readings, plan, graph. The format is that of the file's"
        " name (.html, .md, .pdf or .json), else HTML.",
    ),
    "verify": (
        "計画の証明書（plan --certificate）の主張を、計画を求めたものとは別の方法で確かめます。"
        "報告書（report）やJSON形式の答えを指定すると、同じコマンドを --time-limit の範囲で"
        "実行し直し、作成後に変わった点を示します。",
        "Check what a plan's certificate (plan --certificate) claims, by other means than those"
        " that made it. Given a report or a JSON answer, run its command again, within"
        " --time-limit, and tell what has changed since it was made.",
    ),
    "whatif": (
        "シナリオの各ケースについて、判定と現状からの変化を並べて示します。",
        "Show the variants of a scenario side by side: the verdict, and what differs from today.",
    ),
    "test": (
        "シナリオに書かれた期待（expect）どおりの答えになるかを確かめます。"
        "フォルダーを指定すると、その下のすべてのシナリオを確かめます。",
        "Check that scenarios come out as they expect. A folder stands for every scenario below"
        " it.",
    ),
    "graph": (
        "ルールブックの要件、免除規定、認証等、前提条件の依存関係を図またはデータで出力します。"
        "サービスを指定すると、その適用状況で塗り分けます。"
        "形式は、指定がなければ書き出すファイルの拡張子に合わせ、それ以外はMermaidとします。",
        "Draw what rests on what in a rulebook: its items, waivers, evidence and facts, coloured by"
        " status for a service. The format is that of the file's name (such as rules.svg), else"
        " Mermaid.",
    ),
    "check": (
        "ルールブックの規定を調べ、矛盾、働かない規定、判定に関わらない要件などを、"
        "証明と最小の例を付けて示します。複数のファイルやフォルダーも指定できます。",
        "Find what is wrong with the rules: contradictions, clauses that never fire or change"
        " nothing, items that never matter; each proved, with a service that shows it. Takes"
        " several rulebooks, or folders of them.",
    ),
    "diff": (
        "2つのルールブック（または1つのルールブックの2通りの解釈）で答えが分かれるサービスが"
        "あるかを証明し、分かれる最小の例、違いのもとの規定、文言の変更を示します。",
        "Prove whether two rulebooks, or one under two readings, ever disagree: the smallest"
        " service on which they do, the clauses responsible, and what changed in the words.",
    ),
    "init": (
        "ルールブックに合わせた、説明付きのサービスファイルのひな形を書き出します。",
        "Write a service file to start from, with comments, for a rulebook.",
    ),
    "form new": (
        "ルールブックから、記入前のチェックシートをExcelブックとして作ります。",
        "Write the blank form of a rulebook, as a workbook.",
    ),
    "form import": (
        "自治体のチェックシート（Excelブック、またはタブ区切りのテキスト）から、"
        "ルールブックの下書きを作ります。読み取れなかったものは、質問として示します"
        "（質問があれば、終了コードは1）。",
        "Draft a rulebook from a city's sheet: an Excel workbook, or text with tabs. What could not"
        " be read is listed as questions, and ends it with 1.",
    ),
    "schema": (
        "ファイルの種類ごとのJSON Schemaを出力します（エディターの入力補助用）。",
        "Print the JSON Schema of a kind of file, for editors.",
    ),
    "rule": (
        "ルールの検査の指摘について、意味、例、直し方を示します。"
        "コードを指定しなければ、指摘の一覧を示します。",
        "Explain a finding of check: what it means, an example, how to mend it. Without a code it"
        " lists them all.",
    ),
    "form": (
        "Excelの様式（チェックリスト）を作り、書き込み、記入済みの様式を読み取り、"
        "回答を確かめます。書き込むときは、様式のほかの部分を1バイトも変えません。",
        "Make a city's Excel form, fill one in, read one that was filled in, and check its answers."
        " Filling in changes nothing else in the form.",
    ),
    "form fill": (
        "様式に、サービスの適用状況、備考、名称などを書き込みます。"
        "要件の番号と見出しでセルを探します。数式や記入済みのセルは、--force がなければ残します。",
        "Write a service's answers, remarks and names into a form. The cells are found by the"
        " items' numbers and the headings; what holds a formula or an answer stays, without"
        " --force.",
    ),
    "form read": (
        "記入済みの様式から、サービスのファイルを作ります。"
        "確かに読み取れないものは未確認とし、セルを示します。",
        "Make a service file from a form that was filled in. What cannot be read for certain is"
        " not known there, and its cell is named.",
    ),
    "form check": (
        "様式の回答が、備考に示された根拠（またはサービスのファイル）から導かれるかを確かめます。"
        "判定が証拠の示されていない回答によるときは、そのセルを示します。",
        "Check that each answer in a form follows from what its remarks claim, or from a"
        " service's file. Where the verdict rests on answers that state no evidence, their cells"
        " are named.",
    ),
    # Arguments
    "FORM": ("様式のファイル（.xlsx）", "the file of a form (.xlsx)"),
    "SHEET": (
        "チェックシートのファイル（.xlsx、またはタブ区切りの .tsv、.txt）",
        "the file of a sheet: .xlsx, or .tsv or .txt with tabs",
    ),
    "SERVICE": (
        "サービスのファイル。- なら標準入力",
        "a service's file; - for standard input",
    ),
    "SCENARIO": (
        "シナリオのファイル。- なら標準入力",
        "a scenario's file; - for standard input",
    ),
    "ITEM": ("要件の番号（例: 1.16）", "the number of an item, such as 1.16"),
    "RULEBOOK": ("ルールブックのIDかファイル", "a rulebook, by id or file"),
    "A": ("比べるもとのルールブックのIDかファイル", "the rulebook to compare, by id or file"),
    "B": (
        "比べる先のルールブックのIDかファイル",
        "the rulebook to compare it with; the same one, for two readings",
    ),
    "PATH": ("シナリオのファイルか、それを含むフォルダー", "scenario files, or folders of them"),
    "KIND": (
        "ファイルの種類: rulebook、catalogue、service、scenario",
        "the kind of file: rulebook, catalogue, service or scenario",
    ),
    "CODE": (
        "指摘のコード（例: item-moot）。all ならすべて",
        "the code of a finding, such as item-moot; all for every one",
    ),
    "CERTIFICATE": (
        "計画の証明書、報告書、またはJSON形式の答えのファイル",
        "the file of a plan's certificate, of a report, or of a JSON answer",
    ),
    # Options of several commands
    "--format": ("出力の形式", "how to print the answer"),
    "--lang": ("表示の言語（ja: 日本語、en: 英語）", "the language: ja (Japanese) or en (English)"),
    "--knowledge-base": (
        "ルールブックとカタログを探すフォルダーを加える（複数指定可）。環境変数でも指定できる",
        "another folder in which rulebooks and catalogues are looked up; may be repeated",
    ),
    "--on": (
        "判定の基準日（例: 2027-04-01）。既定は今日",
        "the date of the answer; default: today",
    ),
    "--rulebook": (
        "サービスのファイルの指定に代えて使うルールブック"
        "（ID、ファイル、またはルールブックを含むフォルダー）",
        "the rulebook to use instead of the one the service names: an id, a file, or a folder of"
        " rulebooks",
    ),
    "--reading": (
        "採用する解釈を「名前=選択肢」で指定する（複数指定可）",
        "take an option of a reading, as ID=OPTION; may be repeated",
    ),
    "--add": (
        "保有しているものとして加える認証等か要件（複数指定可）",
        "count this evidence or item as held besides; may be repeated",
    ),
    "--remove": (
        "保有していないものとする認証等か要件（複数指定可）",
        "count this evidence or item as not held; may be repeated",
    ),
    "--limit": (
        "示す組合せの数の上限。既定は100",
        "the most sets, or plans, to list; default: 100",
    ),
    "--output": (
        "書き出す先のファイル。既定は標準出力",
        "the file to write; default: standard output",
    ),
    "--force": ("すでにあるファイルを上書きする", "overwrite a file that exists"),
    # assess
    "--all-readings": (
        "すべての解釈の組合せについて答える",
        "answer for every combination of readings",
    ),
    # test
    "--coverage": (
        "免除規定、「or」の各条件、要件ごとの適用状況のうち、シナリオが示しているものを調べる",
        "tell which waivers and operands of `or` some scenario shows deciding, and which statuses"
        " of each item",
    ),
    "--mutants": (
        "規定を1か所ずつ書き換え、どのシナリオも気付かないものを、気付く例を付けて示す",
        "change the rules one clause at a time and list what no scenario notices, each with a"
        " service that would",
    ),
    "--fail-under": (
        "--coverage、--mutants の割合がこの百分率に満たなければ終了コードを1とする",
        "exit with 1 where a share of --coverage or --mutants is less than this percentage",
    ),
    # check
    "--fail-level": (
        "終了コード1とする最も軽い段階（never なら常に0）",
        "the least severity for which the exit code is 1; never: it stays 0",
    ),
    "--skip-others": (
        "ルールブックでないファイル（カタログなど）を、誤りとせずに飛ばす",
        "pass over files that are no rulebooks, such as catalogues, instead of refusing them",
    ),
    "--witness": (
        "例となるサービスを、このフォルダーにファイルとして書き出す",
        "also write each service that shows a finding into this folder, as a file",
    ),
    # graph
    "--service": (
        "このサービスの適用状況で塗り分ける（- なら標準入力）",
        "colour everything by its status for this service's file; - for standard input",
    ),
    "--item": (
        "この要件の答えにかかわるものだけを示す（例: 1.16）",
        "show only what the answer for this item can depend on, such as 1.16",
    ),
    # plan
    "--minimize": (
        "最小にするものを、重要な順にコンマで並べる: cost（費用）、"
        "certifications（認証・登録の数）、"
        "actions（取得するものの数）、months（期間）。既定は cost,actions",
        "what to minimise, most important first, with commas: cost, certifications, actions,"
        " months;"
        " default: cost,actions",
    ),
    "--forbid": (
        "取得しないもの（複数指定可）",
        "what may not be acquired; may be repeated",
    ),
    "--require": (
        "必ず取得するもの（複数指定可）",
        "what has to be held in the end; may be repeated",
    ),
    "--only": (
        "取得できる種別を限る（複数指定可）: certification（認証・登録）、hosting（設置環境）、"
        "control（対策）、"
        "commitment（確約）、attestation（要件の個別確認）",
        "acquire only this kind; may be repeated: certification, hosting, control, commitment, or"
        " attestation (of an item)",
    ),
    "--budget": ("費用の上限", "the most that it may cost"),
    "--deadline": ("期間の上限（月数）", "the most months that it may take"),
    "--robust": (
        "どの解釈を採っても適合する計画に限る",
        "only plans that hold in every reading",
    ),
    "--all": ("最小の計画をすべて示す", "list every plan that reaches the minimum"),
    "--top": (
        "よい順に、示す計画の数。むだなものを含む計画は除く",
        "list the best plans, this many; none holds anything it could do without",
    ),
    "--pareto": (
        "2つの対象（例: cost,months）の兼ね合いとして選べる計画をすべて示す",
        "list the trade-off between two of these, such as cost,months",
    ),
    "--cover": (
        "予算ごとに、適合できるルールブックが最も多くなる組合せと、取得の順序を示す。"
        "予算をコンマで区切って指定するか、steps（件数が増えるすべての費用）を指定する",
        "on each of these budgets, the most rulebooks that can be complied with, and the order to"
        " acquire in; or `steps`: every cost at which there are more",
    ),
    "--schedule": (
        "着手日（例: 2027-04-01）を指定し、手順ごとの日程、更新の期限、適合する日を示す",
        "give the days of each step and each renewal, and of being compliant, for a start on this"
        " DATE",
    ),
    "--solver": ("計画を求める解法", "the solver to use"),
    "--time-limit": (
        "探索の制限時間（秒）。過ぎたときは、それまでに分かったことを、未証明と明示して示す",
        "the seconds that the search may take; after that, what is known by then, marked as not"
        " proved",
    ),
    "--within": (
        "費用など、最初に最小にするものの値が最小の計画からこの割合（%）以内の計画をすべて示す",
        "list all plans whose first objective is at most this many percent above the least",
    ),
    "--why": (
        "それぞれがないとどれだけ増えるか、どの計画にも必要なものは何かを示す",
        "also show what it takes to do without each thing, and what every plan needs",
    ),
    "--plan": (
        "適合していなければ、費用最小の計画も載せる（既定。--no-plan で載せない）",
        "with the least plan where the service is not compliant (the default; --no-plan leaves it"
        " out)",
    ),
    "--certificate": (
        "計画を他者が検証できる証明書を、このファイルにも書き出す（verify で確かめる）",
        "also write a certificate to this file, from which others can check the answer (verify)",
    ),
    # diff
    "--reading-b": (
        "Bだけに採用する解釈を「名前=選択肢」で指定する（複数指定可。--reading は両方に効く）",
        "take an option of a reading for B alone (--reading is for both); may be repeated",
    ),
    "--services": (
        "このフォルダー以下のサービスのファイルについて、答えが変わるものとその理由を示す",
        "also tell which of the service files in this folder, and below it, are answered"
        " differently, and why",
    ),
    # timeline
    "--until": (
        "見通しの最後の日（例: 2029-03-31）。既定は、最後に何かが変わる日。何も変わらなければ3年後",
        "the last day to look at, such as 2029-03-31; default: the last day on which anything"
        " changes, else three years on",
    ),
    # form
    "--sheet": (
        "様式のあるシートの名前（複数指定可）。既定は、表示されているすべてのシート",
        "the name of a sheet with the form; may be repeated; default: every sheet that is shown",
    ),
    "--by": ("「記入者」の欄に書く名前", "the name for the field 記入者 (who filled it in)"),
    "--fit-rows": (
        "高さの固定された行も、書いた文が印刷で切れないように高くする",
        "make rows of a fixed height taller too, where texts would be cut on paper",
    ),
    "form new --output": (
        "書き出す先のファイル（.xlsx）",
        "the file to write (.xlsx)",
    ),
    "form new --on": (
        "この日に有効な要件だけの様式とする（例: 2027-04-01）。既定はすべての要件",
        "only what is in force on this date, such as 2027-04-01; default: everything",
    ),
    "form fill --output": (
        "書き出す先のファイル（.xlsx）",
        "the file to write (.xlsx)",
    ),
    "form fill --force": (
        "数式や記入済みのセル、別のサービスの様式、すでにあるファイルも上書きする",
        "also overwrite what holds a formula or an answer, a form of another service, and a file"
        " that exists",
    ),
    "form read --rulebook": (
        "様式のルールブック（IDかファイル）。既定は、要件の番号が合うもの",
        "the form's rulebook, by id or file; default: the one whose items the form has",
    ),
    "form check --rulebook": (
        "様式のルールブック（IDかファイル）。既定は、要件の番号が合うもの",
        "the form's rulebook, by id or file; default: the one whose items the form has",
    ),
    "form check --service": (
        "回答を、備考に示された根拠に代えて、このサービスのファイルと照らす（- なら標準入力）",
        "hold the answers against this service's file (- for standard input) instead of what the"
        " remarks claim",
    ),
    # Words of the help itself
    "--help": ("この説明を表示する", "show this help"),
    "--version": ("版を表示する", "show the version"),
    "usage": ("使い方", "Usage"),
    "options": ("オプション", "Options"),
    "commands": ("コマンド", "Commands"),
    "arguments": ("引数", "Arguments"),
    "searching": ("探しています（{seconds}秒）", "searching ({seconds} s)"),
}


def help_text(key: str, language: str) -> str:
    """The help of a command, an argument or an option. Raises KeyError for an unknown key."""
    ja, en = HELP[key]
    return ja if language == "ja" else en
