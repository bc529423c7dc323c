"""The words for every fault: code -> (ja, en), the same placeholders in both.

`{x}` is a quoted value, cut short; `{x:long}` a list or path that may be longer; `{x:form}` a key
for what is to be written, `{x:shape}` for what is, `{x:kind}` for what kind of thing it is, `{x:a}`
that with its article, `{x:size}` a number with its unit. A part in `[[ ]]` is left out where a
value in it is empty.
"""

from __future__ import annotations

from cloudrules.render.form_faults import FORM_FAULTS
from cloudrules.render.words import Phrase

FAULTS: dict[str, Phrase] = {
    # Files
    "file-missing": (
        "ファイルがありません。パスとファイル名を確かめてください。",
        "there is no such file; check the path and the file's name",
    ),
    "file-folder": (
        "これはフォルダーです。ファイルを指定してください。",
        "this is a folder; name a file",
    ),
    "form-output": (
        "書き出す先のファイルが指定されていません。-o に .xlsx のファイルを指定してください。",
        "there is no file to write; name one, such as form.xlsx, with -o",
    ),
    "form-ending": (
        "書き出すのは {ending} のExcelブックです。-o {better:long} のように指定してください。",
        "what is written is a workbook that ends in {ending}; name it so: -o {better:long}",
    ),
    "form-library": (
        "Excelブックを作るライブラリーがありません。"
        "pip install 'cloudrules[excel]' でインストールしてください。",
        "the library that writes workbooks is not installed; install it with"
        " `pip install 'cloudrules[excel]'`",
    ),
    "form-text-long": (
        "「{id}」で始まる文章が、Excelのセルに入る長さ（32,767文字）を超えています。"
        "短くしてください。",
        "the text that begins with {id} is longer than a cell of Excel can be (32,767 characters);"
        " shorten it",
    ),
    "form-no-items": (
        "番号の付いた要件の行が見つかりません。"
        "項番と要件の文がある表のファイル（Excelブックか、タブ区切りのテキスト）を指定してください。",
        "no row is an item with a number; name a file with a table of numbered items (a workbook,"
        " or text with tabs between its cells)",
    ),
    "file-unreadable": (
        "ファイルを読めません（{said}）。アクセス権を確かめてください。",
        "the file cannot be read ({said}); check its permissions",
    ),
    "file-irregular": (
        "通常のファイルではありません（パイプやデバイスなど）。ここでは通常のファイルだけを読みます。"
        "内容をファイルに保存し、そのファイルを使ってください。",
        "this is no regular file (it is a pipe or a device, say), and only those are read here;"
        " keep what it gives in a file, and use that",
    ),
    "file-large": (
        "ファイルが大きすぎます（上限: {most:size}）。ファイルを分けてください。",
        "the file is too large (the most is {most:size}); split it",
    ),
    "file-empty": (
        "ファイルに内容がありません。内容を書いてください（サービスのファイルは cloudrules init"
        " でひな形を作れます）。",
        "the file is empty; write its content (`cloudrules init` writes a service file to start"
        " from)",
    ),
    "file-utf16": (
        "文字コードがUTF-8ではありません（UTF-16と思われます）。UTF-8で保存し直してください。",
        "the file is not UTF-8 but, it seems, UTF-16; save it as UTF-8",
    ),
    "file-sjis": (
        "文字コードがUTF-8ではありません（シフトJISと思われます）。UTF-8で保存し直してください。",
        "the file is not UTF-8 but, it seems, Shift_JIS; save it as UTF-8",
    ),
    "file-binary": (
        "UTF-8のテキストではありません。UTF-8で書いた{wanted:kind}ファイルを指定するか、"
        "UTF-8で保存し直してください。",
        "this is not UTF-8 text; name a {wanted:kind} file in UTF-8, or save this one anew as"
        " UTF-8",
    ),
    "file-control": (
        "ファイルに制御文字（{character}）があります。取り除いてください。",
        "the file has a control character ({character}); remove it",
    ),
    "file-kind": (
        "{wanted:kind}のファイルが必要です（これは{found:kind}）。"
        "{wanted:kind}のファイルを指定してください。",
        "a {wanted:kind} file is needed, and this one is of another kind: {found:kind}; name a"
        " {wanted:kind} file",
    ),
    "faults-more": (
        "ほかに{number}件の誤りがあります。まず上の誤りを直してから、もう一度実行してください。",
        "there are {number} more faults; mend those above, then run this again",
    ),
    "path-missing": (
        "「{path}」というファイルがありません。[[「{near}」ではありませんか。"
        "]]このファイルのある場所からの相対パスで書いてください。",
        "there is no file `{path}`;[[ did you mean `{near}`?]] write its path relative to "
        "this file",
    ),
    "path-missing-here": (
        "「{path}」というファイルがありません。[[「{near}」ではありませんか。"
        "]]パスとファイル名を確かめてください。",
        "there is no file `{path}`;[[ did you mean `{near}`?]] check the path and the file's name",
    ),
    "no-rulebooks": (
        "「{path}」というフォルダーにルールブックがありません。"
        "ルールブックの .yaml ファイルを直下に置くか、別のフォルダーを指定してください。",
        "there is no rulebook in the folder `{path}`; put the rulebooks' .yaml files right in it,"
        " or name another folder",
    ),
    "rulebook-twice": (
        "「{id}」というルールブックは、同じフォルダーの {path} にもあります。"
        "どちらかのIDを変えるか、ファイルを移してください。",
        "the rulebook `{id}` is also in {path} of the same folder; give one of them another id,"
        " or move it",
    ),
    "path-outside": (
        "「{path}」は、このファイルのフォルダーの外にあります。"
        "このフォルダーかその下に置いてください。",
        "`{path}` lies outside the folder of this file; put it in that folder or below",
    ),
    "rulebook-unknown": (
        "ルールブック「{id}」が見つかりません。[[「{near}」ではありませんか。"
        "]][[使えるルールブック: {known:long}。]]"
        "手元のファイルは、.yaml で終わるパスで指定してください。",
        "there is no rulebook `{id}`;[[ did you mean `{near}`?]][[ known: {known:long};]]"
        " for a file of your own, write its path, ending in .yaml",
    ),
    "catalogue-unknown": (
        "カタログ「{id}」が見つかりません。[[「{near}」ではありませんか。"
        "]][[使えるカタログ: {known:long}。]]"
        "手元のファイルは、.yaml で終わるパスで指定してください。",
        "there is no catalogue `{id}`;[[ did you mean `{near}`?]][[ known: {known:long};]]"
        " for a file of your own, write its path, ending in .yaml",
    ),
    "extends-circle": (
        "extends が循環しているか、深すぎます（{path:long}）。"
        "循環しないルールブックを指定してください。",
        "`extends` goes round in a circle or too deep ({path:long}); extend a rulebook outside it",
    ),
    # YAML
    "yaml": (
        "YAMLとして読めません（{said:long}）。"
        "字下げ、コロンの後の空白、引用符とかっこの閉じ忘れを確かめてください。",
        "this is not YAML ({said:long}); check the indentation, the space after a colon, and that"
        " quotes and brackets are closed",
    ),
    "yaml-tab": (
        "字下げにタブが使われています。半角の空白に置き換えてください。",
        "a tab is used to indent; put spaces instead",
    ),
    "yaml-colon": (
        "全角のコロン「：」が使われています。半角のコロンと空白「: 」に置き換えてください。",
        "a full-width colon is used; write a plain colon and a space, `: `",
    ),
    "yaml-colon-space": (
        "「{found}」のコロンの後に空白がありません。「項目: "
        "値」のように空白を入れてください（文章なら、全体を一重引用符で囲んでください）。",
        "no space follows the colon in `{found}`; write `key: value`, or, if this is text, "
        "put the whole text in single quotes",
    ),
    "yaml-key-colon": (
        "「{found}」にコロンがありません。「項目: 値」の形で書いてください。",
        "there is no colon in `{found}`; write `key: value`",
    ),
    "yaml-space": (
        "字下げに全角の空白が使われています。半角の空白に置き換えてください。",
        "a full-width space is used to indent; put plain spaces instead",
    ),
    "yaml-indent": (
        "字下げが、{line}行目から始まるまとまりに合っていません。同じまとまりの行は、"
        "字下げをそろえてください。",
        "the indentation does not fit the lines from line {line} on; give lines that belong "
        "together the same indentation",
    ),
    "yaml-dash": (
        "リストの「- 」は、項目と同じ行には書けません。改行して、"
        "次の行に字下げして書いてください。",
        "a list's `- ` cannot stand on the line of its key; begin the list on the next line, "
        "indented",
    ),
    "yaml-start": (
        "「{found}」で始まる値は、そのままでは書けません。値の全体を一重引用符で囲んでください。",
        "a value cannot begin with `{found}`; put the whole value in single quotes",
    ),
    "yaml-after": (
        "値が終わった後に「{found}」が続いています。値の全体を一重引用符で囲んでください[[: "
        "{mend:long}]]。",
        "`{found}` follows what is already the end of the value; put the whole value in "
        "single quotes[[: {mend:long}]]",
    ),
    "yaml-closed": (
        "「{found}」は、開いていないかっこを閉じています。消すか、"
        "文章なら全体を一重引用符で囲んでください。",
        "`{found}` closes a bracket that is not open; remove it, or, if this is text, put "
        "the whole text in single quotes",
    ),
    "yaml-quote-open": (
        "ここで始まる引用符（{found}）が閉じていません。値の終わりにも引用符を書いてください。",
        "the quote ({found}) that opens here is not closed; close it at the end of the value",
    ),
    "yaml-escape": (
        "二重引用符の中の「\\」の使い方が違います。「\\\\」と書くか、"
        "全体を一重引用符で囲んでください。",
        "a backslash inside double quotes begins an escape, and this is none; write `\\\\`, or "
        "use single quotes",
    ),
    "yaml-bracket": (
        "ここで始まるかっこ「{found}」が閉じていないか、"
        "{line}行目までにコンマが抜けています。かっこを閉じるか、コンマを補ってください。",
        "the `{found}` that opens here is not closed, or a comma is missing before line "
        "{line}; close it, or put the comma",
    ),
    "yaml-commas": (
        "「{found}」の中のコンマは、かっこの中では区切りとして読まれます。"
        "桁区切りのコンマを除いて、{mend} と書いてください。",
        "the commas in `{found}` separate entries inside brackets; write the number without "
        "them: {mend}",
    ),
    "yaml-comma": (
        "値のあるべきところにコンマがあります。余分なコンマを消すか、値を補ってください。",
        "a comma stands where a value has to stand; remove it, or write the value",
    ),
    "yaml-mapping-value": (
        "この位置に「: 」は書けません。"
        "値に「: 」を含めるときは全体を一重引用符で囲み、そうでなければ字下げを確かめてください。",
        "`: ` cannot stand here; put a value that contains it in single quotes, or else check the"
        " indentation",
    ),
    "yaml-deep": (
        "入れ子が深すぎます（上限: {most}段）。構造を浅くしてください。",
        "this is nested too deep (the most is {most} levels); make it flatter",
    ),
    "yaml-documents": (
        "1つのファイルに複数の文書があります。"
        "「---」か「...」で区切られた2つ目以降を別のファイルに分けてください。",
        "the file holds several documents; move what follows the second `---` (or `...`) to "
        "a file of its own",
    ),
    "yaml-alias": (
        "YAMLの別名（{name}）は使えません。内容をそのまま書いてください。",
        "YAML anchors and aliases ({name}) cannot be used; write the content out",
    ),
    "yaml-merge-key": (
        "YAMLの「<<」は使えません。内容をそのまま書いてください。",
        "YAML's `<<` cannot be used; write the content out",
    ),
    "yaml-tag": (
        "YAMLのタグ「{tag}」は使えません。タグを消すか、「!」で始まる値なら、"
        "値の全体を一重引用符で囲んでください。",
        "the YAML tag `{tag}` cannot be used; remove it, or put a value that begins with `!` "
        "in single quotes",
    ),
    "yaml-key": (
        "リストや「項目: 値」の組は、項目の名前になりません。名前を文字で書いてください。",
        "a list or a mapping cannot be a key; write a name",
    ),
    # The shape of entries
    "key-twice": (
        "項目「{key}」が2回書かれています（1回目は{first}行目）。どちらかを消してください。",
        "the key `{key}` is written twice (first on line {first}); remove one of the two",
    ),
    "key-unknown": (
        "「{key}」という項目はありません。[[「{near}」ではありませんか。"
        "]]ここに書ける項目: {known:long}。",
        "there is no key `{key}` here;[[ did you mean `{near}`?]] the keys are: {known:long}",
    ),
    "key-missing": (
        "必要な項目「{key}」がありません。「{key}: …」を書き加えてください。",
        "the key `{key}` is missing; add `{key}: ...`",
    ),
    "value-empty": (
        "値がありません。{wanted:form}を書いてください。",
        "the value is empty; write {wanted:form}",
    ),
    "shape": (
        "ここに{found:shape}は書けません。{wanted:form}を書いてください。",
        "{found:shape} cannot stand here; write {wanted:form}",
    ),
    "list-short": (
        "リストの要素が足りません。「- 」で始まる行を{least}つ以上書いてください。",
        "the list is too short; it needs {least} or more entries, each after `- `",
    ),
    "choice": (
        "「{found}」は、ここには書けません。[[「{near}」ではありませんか。"
        "]]次のいずれかを書いてください: {known:long}。",
        "`{found}` cannot stand here;[[ did you mean `{near}`?]] write one of: {known:long}",
    ),
    "number-whole": (
        "「{found}」は整数として読めません。"
        "桁区切りや単位を付けずに、0以上の整数[[（例: {mend}）]]を書いてください。",
        "`{found}` is not a whole number; write one from 0 on, without separators or units"
        "[[: {mend}]]",
    ),
    "number-negative": (
        "「{found}」は負の数です。0以上の整数を書いてください。",
        "`{found}` is negative; write a whole number from 0 on",
    ),
    "number-large": (
        "「{found}」は大きすぎます（上限: {most}）。桁を確かめてください。",
        "`{found}` is too large (the most is {most}); check its digits",
    ),
    "date": (
        "「{found}」は日付として読めません。[[「{mend}」と書いてください。]]実在する日付を "
        "2027-03-31 の形で書きます。",
        "`{found}` is not a date;[[ did you mean `{mend}`?]] write a day that exists,"
        " as YYYY-MM-DD",
    ),
    "name-character": (
        "名前「{found}」に、使えない文字（{character:kind}）があります。取り除いてください。",
        "the name `{found}` holds a character that no name can have ({character:kind}); remove it",
    ),
    "name-two": (
        "「{name}」が{one:kind}と{two:kind}の両方の名前になっています（{two:kind}は{other:long}）。"
        "どちらかの名前を変えてください。",
        "`{name}` is the name of {one:a} and of {two:a} (at {other:long}); rename one of the two",
    ),
    "name-other": (
        "「{name}」は{one:kind}の名前です。ここには{what:kind}の名前を書いてください。",
        "`{name}` is {one:a}, and {what:a} is needed here; write the name of one",
    ),
    "name-compared": (
        "「{name}」は{what:kind}なので、比較できません。「{name}」または「not "
        "{name}」と書いてください。",
        "`{name}` is {what:a} and is not compared; write `{name}` or `not {name}`",
    ),
    "waiver-in-condition": (
        "「{name}」は免除規定の名前で、条件には書けません。ある要件が免除されていることは、"
        "waived(要件の番号) と書いてください。",
        "`{name}` is a waiver, which no condition names; write waived(ITEM) to ask whether "
        "an item is released",
    ),
    "list-commas": (
        "「{found}」は1つの名前として読まれます。リストにして、[{mend:long}] と書いてください。",
        "`{found}` reads as one name; write a list: [{mend:long}]",
    ),
    "name-unknown": (
        "「{name}」という{what:kind}はありません。[[「{near}」ではありませんか。"
        "]]つづりを直すか、先に定義してください。",
        "there is no {what:kind} `{name}`;[[ did you mean `{near}`?]] correct the name or define"
        " it",
    ),
    "id-twice": (
        "{what:kind}「{id}」が2回定義されています（1回目は{first:long}）。"
        "どちらかの名前を変えるか、消してください。",
        "the {what:kind} `{id}` is defined twice (first at {first:long}); rename or remove "
        "one of the two",
    ),
    "period-backwards": (
        "期間の初日（{first}）が最終日（{last}）より後です。from と until を直してください。",
        "the period begins ({first}) after it ends ({last}); correct `from` and `until`",
    ),
    # Rulebooks
    "not-in-force": (
        "ルールブック「{id}」は{on}には施行されていません[[（{first}から施行）]][[（{last}まで有効）]]。"
        "施行期間内の基準日を指定してください（--on、シナリオでは on）。",
        "the rulebook `{id}` is not in force on {on}, but[[ from {first}]][[ until {last}]]; "
        "give a date within that period (--on, or `on` in a scenario)",
    ),
    "derived-items": (
        "「extends: {extends}」のあるルールブックには items と waivers を書けません。"
        "追加も変更も change に書いてください。",
        "a rulebook with `extends: {extends}` has no `items` or `waivers` of its own; write what it"
        " adds and changes under `change`",
    ),
    "change-alone": (
        "extends がないのに change があります。"
        "もとにするルールブックを「extends: ID」と書いてください。",
        "`change` stands without `extends`; name the rulebook that it varies: `extends: ID`",
    ),
    "change-id": (
        "change の中で id は変えられません。id を消すか、「{id}」と書いてください。",
        "a change cannot give another id; remove `id` or write `{id}`",
    ),
    "change-unknown": (
        "「{id}」という要件も免除規定もありません。[[「{near}」ではありませんか。]]"
        "新しく加えるなら、要件には need を、免除規定には when と waives を書いてください。",
        "there is no item or waiver `{id}`;[[ did you mean `{near}`?]] to add one, write `need` for"
        " an item, `when` and `waives` for a waiver",
    ),
    "change-leaves": (
        "「{name}」を消すと、{where:long}の条件などに書かれたその名前を読めなくなります。"
        "そちらも変更してください。",
        "without `{name}`, the rule at {where:long} names nothing; change that rule as well",
    ),
    "after-waiver": (
        "「{id}」は免除規定なので、位置を示す after は書けません。after を消してください。",
        "`{id}` is a waiver, and only items have a position; remove `after`",
    ),
    "effort-met-by": (
        "要件「{id}」は met_by の認証等で充足するので、effort は書けません。"
        "effort は認証等に書いてください。",
        "the item `{id}` is met by evidence (`met_by`), so it has no `effort`; write the effort of"
        " that evidence",
    ),
    "currencies": (
        "カタログによって通貨が異なります（{found}）。1つの通貨にそろえてください。",
        "the catalogues have several currencies ({found}); bring them to one",
    ),
    "requires-form": (
        "認証等「{id}」の requires に書けるのは、認証等の名前の組合せだけです。"
        "比較、範囲、waived() を使わずに書いてください。",
        "the `requires` of `{id}` speaks of evidence only; write it without comparisons, ranges and"
        " waived()",
    ),
    "reading-default": (
        "解釈「{reading}」の最初の選択肢「{option}」は既定なので、change を書けません。"
        "change を消すか、選択肢の順を変えてください。",
        "the first option `{option}` of the reading `{reading}` is the default and changes nothing;"
        " remove its `change` or reorder the options",
    ),
    "reading-nothing": (
        "解釈「{reading}」の選択肢「{option}」は何も変えません。"
        "change に変更を書くか、この選択肢を消してください。",
        "the option `{option}` of the reading `{reading}` changes nothing; write what it changes"
        " under `change`, or remove it",
    ),
    "readings-clash": (
        "解釈の選択肢「{one}」と「{two}」は、どちらも「{entry}」[[の「{field}」]]を変えるので、"
        "同時に選べません。"
        "どちらかを別の選択肢にしてください。",
        "the options `{one}` and `{two}` both change[[ `{field}` of]] `{entry}`, so they cannot be"
        " taken together; take another option of one of the two",
    ),
    "readings-leave": (
        "解釈の選択肢 {readings:long} を合わせると、「{name}」がなくなります。"
        "どれかの選択肢の change を書き換えてください。",
        "where {readings:long} is taken, there is no `{name}`; rewrite the change of one of "
        "these options",
    ),
    "reading-unfit": (
        "「{base}」の解釈「{reading}」は、この変更と合わなくなります。readings "
        "に書き直してください。",
        "the reading `{reading}` of `{base}` no longer fits after these changes; restate it "
        "under `readings`",
    ),
    "cycle": (
        "規定が循環していて、判定できません[[（{readings:long} のとき）]]: {path:long}。"
        "どれかの条件を書き換えて、循環を断ってください。",
        "the rules go round in a circle[[ (where {readings:long})]]: {path:long}; change one "
        "of these conditions",
    ),
    # Conditions
    "condition-short": (
        "「{text}」が途中で終わっています。続けて{wanted:form}を書いてください。",
        "`{text}` stops short; {wanted:form} has to follow",
    ),
    "condition-unexpected": (
        "「{text}」の「{found}」は、この位置には書けません。"
        "ここには{wanted:form}を書いてください。",
        "`{found}` cannot stand where it does in `{text}`; write {wanted:form} there",
    ),
    "condition-character": (
        "条件の中の「{found}」は読めません。"
        "取り除くか、名前の一部なら名前全体を二重引用符で囲んでください[[: "
        "'\"{name}\"'（YAMLでは、さらに一重引用符で囲みます）]]。",
        "`{found}` cannot be read in a condition; remove it, or, if it belongs to a name, put the"
        " name in double quotes[[, inside single quotes in YAML: '\"{name}\"']]",
    ),
    "condition-operator": (
        "「{found}」という比較記号はありません。[[「{near}」ではありませんか。]]= != < <= > "
        ">= のいずれかを書いてください。",
        "there is no comparison `{found}`;[[ did you mean `{near}`?]] write one of = != < <= > >=",
    ),
    "condition-deep": (
        "条件の入れ子が深すぎます（上限: {most}段）。条件を簡単にしてください。",
        "the condition is nested too deep (the most is {most} levels); simplify it",
    ),
    "condition-large": (
        "at_least の重みの組合せが多すぎます。重みを小さい数にそろえるか、条件を分けてください。",
        "the weights of at_least combine in too many ways; use smaller weights or split the"
        " condition",
    ),
    "quote-open": (
        "二重引用符が閉じていません（{found}）。名前の終わりにも二重引用符を書いてください。",
        "a double quote is not closed ({found}); close it at the end of the name",
    ),
    "quote-other": (
        '「{found}」は引用符として読めません。名前は半角の二重引用符で囲んでください: "名前"。',
        '{found} does not quote a name; put names in plain double quotes: "NAME"',
    ),
    "parenthesis-closed": (
        "「{text}」には、対応する「(」のない「)」があります。「)」を消すか、"
        "「(」を補ってください。",
        "a `)` in `{text}` closes nothing; remove it, or write the `(` it belongs to",
    ),
    "name-odd": (
        "「{found}」は記号を含む名前なので、二重引用符で囲み、"
        "YAMLではさらに一重引用符で囲んでください: '\"{found}\"'。",
        "`{found}` has marks in its name; put it in double quotes, inside single quotes in YAML:"
        " '\"{found}\"'",
    ),
    "name-empty": (
        '名前が空です（""）。引用符の中に名前を書いてください。',
        'the name is empty (""); write the name between the quotes',
    ),
    "keyword-habit": (
        "「{found}」は「{near}」と書いてください。",
        "`{found}` has no meaning in a condition; write `{near}`",
    ),
    "keyword-name": (
        "条件「{text}」の「{found}」は、この位置には書けません。名前なら二重引用符で囲み、"
        "any、all、at_least、waived なら後にかっこを書いてください。",
        "`{found}` cannot stand where it does in `{text}`; if it is a name, put it in double"
        " quotes; any, all, at_least and waived need parentheses",
    ),
    "integer-expected": (
        "「{found}」は整数として読めません。"
        "at_least の数と重みは、0から1000000000までの整数で書いてください。",
        "`{found}` is not a whole number; at_least takes whole numbers from 0 to 1000000000",
    ),
    "weight-outside": (
        "重み「{found}」は at_least の中でだけ使えます。"
        "重みを消すか、at_least(数, …) と書いてください。",
        "the weight `{found}` has a meaning only inside at_least; remove it, or write"
        " at_least(NUMBER, ...)",
    ),
    "range-spelling": (
        "「{found}」は範囲として読めません。「{first}..{last}」と書いてください。",
        "`{found}` is not how a range is written; write `{first}..{last}`",
    ),
    "range-backwards": (
        "範囲「{first}..{last}」の順序が逆です。「{last}..{first}」と書いてください。",
        "the range `{first}..{last}` runs backwards; write `{last}..{first}`",
    ),
    "range-outside": (
        "範囲「{found}」だけでは条件になりません。"
        "all({found}) または any({found}) と書いてください。",
        "the range `{found}` alone is no condition; write all({found}) or any({found})",
    ),
    # Context facts
    "fact-options": (
        "前提条件「{fact}」の型は{type:kind}なので、options を書けません。"
        "options か type のどちらかを消してください。",
        "the fact `{fact}` is of the type {type:kind}, which has no `options`; remove `options`"
        " or `type`",
    ),
    "fact-option": (
        "前提条件「{fact}」に「{found}」という選択肢はありません。[[「{near}」ではありませんか。]]"
        "次のいずれかを書いてください: {known:long}。",
        "the fact `{fact}` has no option `{found}`;[[ did you mean `{near}`?]] write one of:"
        " {known:long}",
    ),
    "fact-option-alone": (
        "「{found}」は前提条件「{fact}」の選択肢です。「{fact} = {found}」と書いてください。",
        "`{found}` is an option of the fact `{fact}`; write `{fact} = {found}`",
    ),
    "fact-boolean": (
        "前提条件「{fact}」の値「{found}」は読めません。[[「{near}」ではありませんか。]]true "
        "か false を書いてください。",
        "`{found}` is no value of the fact `{fact}`;[[ did you mean `{near}`?]] write true "
        "or false",
    ),
    "fact-number": (
        "前提条件「{fact}」の値「{found}」は数として読めません。"
        "[[「{mend}」と書いてください。]]数は 20 や 0.5 の形で書きます。",
        "`{found}` is no value of the fact `{fact}`;[[ did you mean `{mend}`?]] write a "
        "number such as 20 or 0.5",
    ),
    "fact-date": (
        "前提条件「{fact}」の値「{found}」は日付として読めません。"
        "[[「{mend}」と書いてください。]]実在する日付を 2027-03-31 の形で書きます。",
        "`{found}` is no value of the fact `{fact}`;[[ did you mean `{mend}`?]] write a day that "
        "exists, as YYYY-MM-DD",
    ),
    "fact-bare": (
        "前提条件「{fact}」の型は{type:kind}なので、名前だけでは条件になりません。"
        "「{fact} = 値」のような比較を書いてください。",
        "the fact `{fact}` is of the type {type:kind}, so its name alone is no condition;"
        " compare it: `{fact} = VALUE`",
    ),
    "fact-compared": (
        "前提条件「{fact}」は真偽値なので、比較できません。"
        "「{fact}」または「not {fact}」と書いてください。",
        "the fact `{fact}` is true or false and is not compared; write `{fact}` or `not {fact}`",
    ),
    "fact-order": (
        "前提条件「{fact}」の選択肢には大小がないので、「{op}」で比べられません。"
        "= か != を使ってください。",
        "the options of the fact `{fact}` have no order, so `{op}` says nothing; use = or !=",
    ),
    "fact-held": (
        "「{fact}」は前提条件なので、holds には書けません。"
        "context に「{fact}: 値」と書いてください。",
        "`{fact}` is a fact, which is not held; write `{fact}: VALUE` under `context`",
    ),
    "fact-unknown-given": (
        "前提条件「{fact}」が context と unknown の両方にあります。どちらかを消してください。",
        "the fact `{fact}` stands under both `context` and `unknown`; remove one of the two",
    ),
    # Services and variants
    "held-twice": (
        "「{id}」が2回保有とされています。どちらかを消してください。",
        "`{id}` is held twice; remove one of the two",
    ),
    "held-unknown": (
        "「{id}」が holds と unknown の両方にあります。どちらかを消してください。",
        "`{id}` stands under both `holds` and `unknown`; remove one of the two",
    ),
    "holding-none": (
        "保有するものの名前がありません。evidence（認証等）か item（要件）を書いてください。",
        "this says nothing that is held; write `evidence:` or `item:`",
    ),
    "holding-two": (
        "1つの記載に evidence と item の両方があります。2つの記載に分けてください。",
        "one entry holds both `evidence` and `item`; make two entries of it",
    ),
    "remove-unheld": (
        "「{id}」は保有していないので、外せません。[[「{near}」ではありませんか。"
        "]]保有しているものを書いてください。",
        "`{id}` is not held and so cannot be removed;[[ did you mean `{near}`?]] name what is held",
    ),
    "add-remove": (
        "「{id}」が追加と削除の両方にあります。どちらかを消してください。",
        "`{id}` is both added and removed; remove one of the two",
    ),
    "expect-plan": (
        "計画を求めていないケースなので、計画への期待は書けません。"
        "このケースに plan（例:「minimize: cost」）を書き加えてください。",
        "the variant makes no plan, so none can be expected; add `plan:` to it, for example with"
        " `minimize: cost`",
    ),
    # The command line
    "fail-under": (
        "--fail-under は --coverage か --mutants と一緒に指定してください。",
        "--fail-under judges what --coverage or --mutants measure; give one of them as well",
    ),
    "check-readings": (
        "--reading と --all-readings は一緒に指定できません。どちらかにしてください",
        "--reading and --all-readings do not go together; give one of them",
    ),
    "option-pair": (
        "「{found}」は「名前=選択肢」の形になっていません。例: --reading banner-scope=to-end。",
        "`{found}` is not of the form ID=OPTION; write, for example, --reading banner-scope=to-end",
    ),
    "option-unknown-item": (
        "「{id}」という要件はありません。[[「{near}」ではありませんか。"
        "]]ルールブックにある要件の番号を指定してください。",
        "there is no item `{id}`;[[ did you mean `{near}`?]] give the number of an item of the"
        " rulebook",
    ),
    "number-positive": (
        "「{found}」は指定できません。1以上の整数を指定してください。",
        "`{found}` is too few; give a whole number from 1 on",
    ),
    "seconds": (
        "「{found}」は秒数として読めません。"
        "60 や 0.5 のような、0以上10億未満の数を指定してください。",
        "`{found}` is no number of seconds; give one such as 60 or 0.5, from 0 on and below"
        " 1000000000",
    ),
    "file-exists": (
        "「{path}」はすでにあります。"
        "上書きするなら --force を付け、そうでなければ別の名前を指定してください。",
        "`{path}` exists already; give --force to overwrite it, or another name",
    ),
    "output": (
        "「{path}」に書き込めません（{said}）。書き込める場所を指定してください。",
        "`{path}` cannot be written ({said}); name a place that can be written to",
    ),
    "rulebook-needed": (
        "サービスにルールブックの指定がありません。ファイルに「rulebook: ID」と書くか、"
        "--rulebook で指定してください（シナリオではファイルに書いてください）。",
        "the service names no rulebook; write `rulebook: ID` in its file, or, outside "
        "scenarios, give --rulebook",
    ),
    "rulebooks-several": (
        "この答えは1つのルールブックについてのものですが、複数が指定されています。"
        "--rulebook で1つだけ指定してください。",
        "this answer is about one rulebook, and several are named; name one with --rulebook",
    ),
    "scenario-several": (
        "シナリオのケースには、ルールブックを1つだけ指定できます。"
        "ルールブックごとにケースを分けてください。",
        "a variant is about one rulebook; make a variant for each of them",
    ),
    "plan-id": (
        "「{id}」という認証等も要件もありません。[[「{near}」ではありませんか。"
        "]]カタログかルールブックにある名前を指定してください。",
        "there is no evidence or item `{id}`;[[ did you mean `{near}`?]] give a name from the"
        " catalogue or the rulebook",
    ),
    "require-unplannable": (
        "「{id}」は保有しておらず、計画で取得できるものでもないため、必須にできません。"
        "指定を外すか、カタログかサービスの efforts に費用と期間を書いてください（要件なら、"
        "それを充足する認証等を指定してください）。",
        "`{id}` is not held and no plan can acquire it, so it cannot be required; leave it "
        "out, or state its effort in the catalogue or under the service's `efforts` (for an "
        "item: require the evidence that meets it)",
    ),
    "range-here": (
        "「{found}」のような範囲は、ここには書けません。要件を1つずつ並べてください。",
        "`{found}` is a range, and ranges cannot stand here; list the items one by one",
    ),
    "objective": (
        "「{found}」は最小にする対象として指定できません。[[「{near}」ではありませんか。"
        "]]次から選び、"
        "重要な順にコンマで並べてください: {known:long}。",
        "`{found}` cannot be minimised;[[ did you mean `{near}`?]] choose from: {known:long}, most"
        " important first, with commas between",
    ),
    "cover-alone": (
        "{options:long} と同時には使えません。どちらかを外してください。",
        "it excludes {options:long}; leave one or the other out",
    ),
    "cover-list": (
        "「{found}」は予算ではありません。予算をコンマで区切って書くか（例: 1000000,3000000）、"
        "steps と書いてください。",
        "`{found}` is no budget; write budgets with commas between, such as 1000000,3000000, or"
        " steps",
    ),
    "output-input": (
        "「{path}」は答えのもとになるファイルです。別のファイル名を指定してください。",
        "`{path}` is one of the files that the answer is made from; name another file",
    ),
    "pareto-minimize": (
        "--pareto は2つの対象の兼ね合いを求めるため、--minimize とは同時に使えません。",
        "--pareto is the trade-off of the two that it names; leave out --minimize",
    ),
    "pareto-two": (
        "--pareto には、異なる2つの対象をコンマで区切って指定してください（例: --pareto"
        " cost,months）。",
        "--pareto takes two different things to minimise: write, for example, --pareto cost,months",
    ),
    "solver-missing": (
        "解法「{id}」に必要なライブラリー「{library}」がありません。"
        "pip install 'cloudrules[{id}]' で入れるか、--solver auto を指定してください。",
        "the solver `{id}` needs the library `{library}`, which is not installed; install it with"
        " pip install 'cloudrules[{id}]', or use --solver auto",
    ),
    "solver-unable": (
        "解法「{id}」は、これほど大きな数を扱えません。--solver auto を指定してください。",
        "the solver `{id}` cannot take numbers as large as these; use --solver auto",
    ),
    "no-scenarios": (
        "「{path}」にシナリオのファイルがありません。"
        "シナリオの .yaml ファイルか、それを含むフォルダーを指定してください。",
        "there is no scenario in `{path}`; name a scenario's .yaml file or a folder that holds"
        " some",
    ),
    "no-services": (
        "「{path}」にサービスのファイルがありません。"
        "サービスの .yaml ファイルを含むフォルダーを指定してください。",
        "there is no service in `{path}`; name a folder that holds service files (.yaml)",
    ),
    "diff-types": (
        "前提条件「{fact}」の型が、比べるルールブックどうしで異なります"
        "（こちらは{two:kind}、{where:long} では{one:kind}）。"
        "型をそろえるか、どちらかの名前を変えてください。",
        "the fact `{fact}` is of another type in each rulebook: {two:kind} here, {one:kind} in"
        " {where:long}; give it the same type, or rename one of the two",
    ),
    "diff-options": (
        "前提条件「{fact}」には、比べるルールブックの両方にある選択肢がありません"
        "（もう一方は {where:long}）。選択肢をそろえるか、どちらかの名前を変えてください。",
        "the fact `{fact}` has no option that both rulebooks know (the other is {where:long});"
        " give it the same options, or rename one of the two",
    ),
    "diff-kinds": (
        "「{name}」は、こちらでは{two:kind}、{where:long} では{one:kind}の名前です。"
        "比べられるように、どちらかの名前を変えてください。",
        "`{name}` is {two:a} here and {one:a} in {where:long}; rename one of the two so that they"
        " can be compared",
    ),
    "too-large": (
        "{what:kind}が多すぎるため、正確な答えを出せません。"
        "条件を簡単にするか、問いを分けてください。",
        "there are too many {what:kind} for an exact answer; simplify the rules or ask for less",
    ),
    "folder-missing": (
        "「{path}」というフォルダーがありません。あるフォルダーを指定してください。",
        "there is no folder `{path}`; name a folder that exists",
    ),
    "folder-unreadable": (
        "フォルダーの中を調べられません（{said}）。アクセス権を確かめるか、別のフォルダーを"
        "指定してください。",
        "the folder cannot be searched ({said}); check its permissions, or name another",
    ),
    "folder-large": (
        "フォルダーの中のファイルとフォルダーが多すぎます（上限: {most}件）。"
        "対象のファイルがあるフォルダーを指定してください。",
        "there are too many files and folders in here (the most is {most}); name the folder that"
        " holds those that are meant",
    ),
    "plan-modes": (
        "--all、--top、--pareto、--within は同時に使えません。どれか1つを指定してください。",
        "--all, --top, --pareto and --within exclude one another; give one of them",
    ),
    "percent": (
        "割合「{found}」が読めません。5、2.5、5% のような0以上の数を書いてください。",
        "'{found}' is no percentage; write a number from 0 on, such as 5, 2.5 or 5%",
    ),
    "schedule-modes": (
        "--schedule は1つの計画の日程です。"
        "--all、--top、--within、--pareto を付けずに実行してください。",
        "--schedule is for one plan; leave out --all, --top, --within and --pareto",
    ),
    "schedule-early": (
        "着手日 {start} が基準日 {on} より前です。{on} 以後の日を指定するか、"
        "--on {start} も指定してください。",
        "the start, {start}, is before the date of the answer, {on}; give a day from {on} on, or"
        " --on {start} as well",
    ),
    "timeline-early": (
        "終わりの日 {until} が基準日 {on} より前です。{on} 以後の日を指定してください。",
        "the last day, {until}, is before the date of the answer, {on}; give a day from {on} on",
    ),
    "schedule-far": (
        "{start} の{months}か月後は、暦で扱える日（9999年まで）を超えます。"
        "早い日を指定するか、--deadline で期間を限ってください。",
        "{months} months after {start} is past the last day of the calendar (the year 9999);"
        " give an earlier day, or a --deadline",
    ),
    "picture-of": (
        "--format svg は、日程か兼ね合いの図です。--schedule 日付（例: 2027-04-01）か、"
        "--pareto cost,months も指定してください。",
        "--format svg draws a schedule or a trade-off; add --schedule DATE (such as 2027-04-01) or"
        " --pareto A,B (such as cost,months)",
    ),
    "calendar-of": (
        "--format ics は日程の形式です。--schedule 日付（例: 2027-04-01）も指定してください。",
        "--format ics is a calendar of a schedule; add --schedule DATE, such as 2027-04-01",
    ),
    "certificate-modes": (
        "証明書は1つの最小の計画について作ります。{options:long} を外してください。",
        "a certificate is of one least plan; leave out {options:long}",
    ),
    "certificate-stdin": (
        "標準入力のサービスについては証明書を作れません。サービスをファイルにして指定してください。",
        "there is no certificate for a service from standard input; name a file",
    ),
    "certificate-output": (
        "証明書は、答えとは別のファイルに書きます。別のファイル名を指定してください。",
        "a certificate is written to a file of its own; name another file",
    ),
    "typst-missing": (
        "PDFの作成には typst パッケージが必要です。pip install 'cloudrules[pdf]' で"
        "インストールするか、-o に .html のファイルを指定してください。",
        "a PDF is made by the package typst, which is not there; pip install 'cloudrules[pdf]', or"
        " write a .html file",
    ),
    "typst-font": (
        "PDFに使える日本語のフォントがありません。Noto Sans CJK JP など（Debianでは"
        "fonts-noto-cjk）をインストールするか、-o に .html のファイルを指定してください。",
        "there is no font for Japanese to make the PDF with; install one, such as Noto Sans CJK JP"
        " (on Debian: fonts-noto-cjk), or write a .html file",
    ),
    "typst-failed": (
        "PDFを作成できません（{said}）。-o に .html のファイルを指定し、ブラウザーから"
        "印刷してください。",
        "the PDF cannot be made ({said}); write a .html file, and print that from a browser",
    ),
    "receipt-pdf": (
        "このPDFには、作成の記録が添付されていません。cloudrules report で作成したファイルを"
        "そのまま指定してください。",
        "this PDF has no receipt attached; name the file as cloudrules report wrote it",
    ),
    "receipt-several": (
        "作成の記録が複数あります。cloudrules report で作成した報告書を、1つずつ、"
        "そのまま指定してください。",
        "there are several receipts in this file; name one report, as cloudrules report wrote it",
    ),
    "receipt-shape": (
        "{at:long} が作成の記録の形に合いません。cloudrules が書き出したファイルを"
        "そのまま指定してください。",
        "{at:long} is not as a receipt has it; name the file as cloudrules wrote it",
    ),
    "receipt-command": (
        "作成の記録にあるコマンド{command:long}は実行できません。cloudrules が書き出した"
        "ファイルをそのまま指定してください。",
        "{command:long}, the command of the receipt, cannot be run; name the file as cloudrules"
        " wrote it",
    ),
    "receipt-stdin": (
        "この答えは標準入力のファイルから作られました。同じファイルを標準入力に渡してください。",
        "this answer was made from standard input; give the same file on standard input",
    ),
    "receipt-options": (
        "答えは、作成時と同じ指定で作り直します。{options:long} を外してください。",
        "an answer is made again as it was made; leave out {options:long}",
    ),
    "certificate-json": (
        "証明書、報告書、JSONの答えのいずれとしても読めません（{said}）。"
        "plan --certificate、report、--format json で書き出したファイルを、"
        "手を加えずに指定してください。",
        "this can be read neither as a certificate nor as a report or a JSON answer ({said});"
        " name a file as plan --certificate, report or --format json wrote it",
    ),
    "certificate-shape": (
        "{at:long} が、証明書にもJSONの答えにもない形です。"
        "書き出したコマンドで作り直してください。",
        "{at:long} is as neither a certificate nor a JSON answer has it; make the file anew with"
        " the command that wrote it",
    ),
    "certificate-form": (
        "証明書の形式{found}は分かりません（分かるのは{known}）。"
        "それを書いた版の cloudrules で検証してください。",
        "certificates of form {found} are not known ({known} is); verify it with the version of"
        " cloudrules that wrote it",
    ),
    "verify-solver": (
        "{id} はこの計画を求めた解法です。別の解法を指定してください。",
        "{id} is the solver that made this plan; name another",
    ),
    "usage-extra": (
        "余分な引数があります:「{found}」。取り除いてください。",
        "unexpected argument: `{found}`; leave it out",
    ),
    "usage": (
        "コマンドの使い方が違います（{said}）。--help で使い方を確かめてください。",
        "{said} see --help for how it is used",
    ),
    "usage-command": (
        "「{name}」というコマンドはありません。[[「{near}」ではありませんか。"
        "]]コマンドは次のとおりです: {known:long}。",
        "there is no command `{name}`;[[ did you mean `{near}`?]] the commands are: {known:long}",
    ),
    "usage-option": (
        "「{name}」というオプションはありません。[[「{near}」ではありませんか。"
        "]]--help で一覧を確かめてください。",
        "there is no option `{name}`;[[ did you mean `{near}`?]] see --help for those there are",
    ),
    "usage-missing": (
        "{name} の指定がありません。指定してください（--help で使い方を確かめられます）。",
        "{name} is missing; give it (see --help for how the command is used)",
    ),
    "usage-value": (
        "{name} に値がありません。値を続けて指定してください。",
        "{name} has no value; give one after it",
    ),
    **FORM_FAULTS,
}
