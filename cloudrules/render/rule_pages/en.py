"""The pages of the findings in English."""

from __future__ import annotations

from cloudrules.render.rule_pages.words import Words

WORDS: dict[str, Words] = {
    "rulebook-unsatisfiable": Words(
        title="A rulebook that no service can satisfy",
        means=(
            "Whatever is acquired, attested and stated, some mandatory item stays missing. The"
            " finding names the fewest items that cannot be in order together."
        ),
        why=(
            "Every service is judged not compliant and no plan exists, although each item by"
            " itself may look reasonable."
        ),
        example=(
            "1.1 asks for a region in Japan, and 1.2 is met only where the region is not in Japan."
        ),
        mend=(
            "Look at the items named side by side. Change what meets one of them, limit it to the"
            " services that it is meant for with `applies_when`, or release it with a waiver."
        ),
        mended=(
            "1.2 is about the backup and not about the region that the service runs in. Without"
            " `met_by` it is attested on evidence of its own."
        ),
        leave="Never: a checklist that nobody can satisfy decides nothing.",
    ),
    "condition-contradiction": Words(
        title="A condition that contradicts itself",
        means=(
            "A condition, or a part of one, holds for no values of what it names, each of them"
            " taken by itself: `x and not x`, two options of one fact at once, a number above one"
            " bound and below a smaller one. A `false` that is written out is not meant."
        ),
        why=(
            "The clause never has the effect that its words promise. Most often a sign of"
            " comparison is the wrong way round, or `and` stands where `or` is meant."
        ),
        example="No number is at most 100 and at least 300.",
        mend=(
            "Compare the condition with the wording of the entry, and correct the comparison, the"
            " `and` or the `not`. Take the part away if nothing is meant by it."
        ),
        mended="The two comparisons now say what the text says.",
        leave="Never: a clause that is to have no effect any longer is ended with `in_force`.",
    ),
    "item-unmeetable": Words(
        title="A mandatory item that can be neither met nor released",
        means=(
            "The item is missing in every service that a plan could lead to. A plan holds"
            " evidence and attests items that have no `met_by`."
        ),
        why="No service can be compliant as long as the item stands as it does.",
        example=(
            "What met 1.1 exists no longer, and it may not be attested, since it has a `met_by`."
        ),
        mend=(
            "Name in `met_by` what can be held today, take `met_by` away so that the item is"
            " attested, release it with a waiver, or end it with `in_force`."
        ),
        mended="The item ends with the programme that it rests on.",
        leave=(
            "Only where the city means to accept no service at present. Say so in the item's"
            " `note`."
        ),
    ),
    "item-never-owed": Words(
        title="A mandatory item that no service owes",
        means=(
            "Whatever holds, the item does not apply or a waiver releases it. It is marked"
            " mandatory, but it is never asked for."
        ),
        why="What the sheet demands in words is demanded of nobody.",
        example=(
            "1.1 is limited to services without generative AI, and exactly those are released from"
            " it."
        ),
        mend=(
            "Correct `applies_when`, or the waivers that release the item: usually one of the"
            " conditions is the wrong way round, or a range in `waives` is too long."
        ),
        mended="1.1 applies to all, and those without generative AI are released by the waiver.",
        leave=(
            "Where an item is kept for its number only, such as one that reads 'deleted'. `need:"
            " optional` says that better."
        ),
    ),
    "item-moot": Words(
        title="A mandatory item that never decides the verdict",
        means=(
            "The item is owed in some services, but wherever it is missing, some item is missing"
            " still once it has been attested: it never turns the verdict."
        ),
        why=(
            "The item looks like a duty and has no effect. Often a release is missing that goes"
            " the other way round: of two items of which either is enough, only one releases the"
            " other."
        ),
        example=(
            "1.1 has to be met in any case, and where it is met 1.2 is released. So 1.2 never"
            " decides anything."
        ),
        mend=(
            "Ask what the item was meant to add. Add the release that is missing, make the item on"
            " which it depends optional, or take the item out. Where the document can be read in"
            " two ways, write both down under `readings`."
        ),
        mended="Either of the two is enough now, and each can be the one that decides.",
        leave=(
            "Where the document is quoted faithfully and really is so. Then tell those who issue"
            " it, and say so in `note`."
        ),
    ),
    "waiver-never": Words(
        title="A waiver that never fires",
        means=(
            "The condition of the waiver holds in no service, because of what the other rules say"
            " or because it is `false`. A condition that contradicts itself is told as"
            " `condition-contradiction` instead."
        ),
        why="A release that the document grants is given to nobody.",
        example=(
            "`waived(1.1)` asks whether 1.1 is released, and no waiver releases it; the text asks"
            " whether it is met."
        ),
        mend=(
            "Correct `when`. `1.1` means that the item is met, `waived(1.1)` that it is released;"
            " where both will do, write `1.1 or waived(1.1)`. Look also at the `in_force` of what"
            " it names."
        ),
        mended="The waiver asks whether 1.1 is met.",
        leave=(
            "Where it waits for something to come, such as a certification that does not exist"
            " yet. Better give it an `in_force` that begins then."
        ),
    ),
    "waiver-always": Words(
        title="A waiver that always fires",
        means="The condition of the waiver holds in every service.",
        why=(
            "Its items are released for everybody, and mandatory ones are asked of nobody. Most"
            " often `or` stands where `and` is meant."
        ),
        example="Every number is at least 20 or below 50.",
        mend=(
            "Compare `when` with the wording. If everybody is really meant, leave the waiver out"
            " and say so at the items themselves."
        ),
        mended="Both bounds have to be kept.",
        leave="Where a city suspends items for all, for a time. An `in_force` says for how long.",
    ),
    "waiver-own-item": Words(
        title="A waiver that rests on an item which it releases",
        means=(
            "To attest one of the items under `waives` can turn whether the waiver fires, directly"
            " or by way of other items."
        ),
        why=(
            "Who meets the item is told that it is not needed. Usually a range begins one item too"
            " early, or 'what follows' was taken to include the heading."
        ),
        example="The waiver asks for 1.1, and its range begins with 1.1.",
        mend="Take the item out of `waives`, or out of `when`.",
        mended="The range begins with the item after it.",
        leave=(
            "Where that is meant: 'of these three, two are enough' is a waiver of all three on"
            " the condition that two are met."
        ),
    ),
    "clause-idle": Words(
        title="A clause that changes nothing",
        means=(
            "A waiver, or one side of an `and`, `or`, `any` or `all`, could be left out, and no"
            " item would have another obligation or status in any service. Clauses that stand in"
            " for one another, of which any could go but not all, are told together as one"
            " finding."
        ),
        why=(
            "Who reads the rules looks for a difference where there is none, and who changes one"
            " of two clauses that say the same is surprised that nothing happens."
        ),
        example="`liu` releases 1.4 with 1.2, and `banner` has done so already.",
        mend=(
            "Take the clause away, or one of those named together. If it was meant to add"
            " something, correct it so that it does."
        ),
        mended="The waiver is taken out; every answer stays as it was.",
        leave=(
            "Where the document itself says the thing twice and each sentence is to be quoted, or"
            " where the clause will matter once another item is in force."
        ),
    ),
    "reading-idle": Words(
        title="A reading that changes no verdict",
        means=(
            "Whichever option of the reading is taken, and whichever of the other readings, each"
            " service is judged the same. The status of single items may still differ."
        ),
        why=(
            "Each reading doubles the number of combinations that people are asked to think about."
            " One that decides nothing hides those that do."
        ),
        example=(
            "The options differ in whether 1.3 is released, and 1.3 is optional: no verdict depends"
            " on it."
        ),
        mend=(
            "Look at what the options `change`: often an item that should be mandatory is optional,"
            " or an option was forgotten. If the difference is really of no account, take the"
            " reading out and write a `note`."
        ),
        mended="1.3 is mandatory, as on the sheet, and how far the release reaches matters.",
        leave=(
            "Where the status of an item, and not the verdict, is what people ask about, or where"
            " the next edition will make a difference of it."
        ),
    ),
    "holding-harms": Words(
        title="Holding more makes a compliant service non-compliant",
        means=(
            "There is a compliant service that stops being so when it holds one more piece of"
            " evidence, or attests one more item. The finding names the condition through which an"
            " item becomes missing."
        ),
        why=(
            "Services are rewarded for leaving something out or not telling it. It also makes"
            " plans fragile: what is acquired for one city can do harm in another."
        ),
        example="Who does not declare that generative AI is used is not asked about training.",
        mend=(
            "Let the duty rest on a fact of the service (`context`) instead of on something held,"
            " and look at each `not` in front of evidence or an item."
        ),
        mended="The duty rests on the use itself, declared or not.",
        leave=(
            "Often. Rules such as 'where ISMAP registration is not in place' are meant so; the"
            " finding shows what they lead to."
        ),
    ),
    "requires-circle": Words(
        title="Evidence that requires itself",
        means=(
            "What the evidence `requires` rests on that evidence in the end, so that nothing of"
            " the circle can ever be acquired first. A `not` counts as true."
        ),
        why=(
            "No plan will ever acquire it, and items that only this evidence meets look out of"
            " reach."
        ),
        example="The audit requires the certification, and the certification the audit.",
        mend="Find out what comes first in fact, and take that step out of the circle.",
        mended="The audit comes first.",
        leave="Never.",
    ),
    "evidence-unused": Words(
        title="Evidence that no condition names",
        means=(
            "The catalogues of the rulebook have this evidence, but no condition in any reading"
            " names it, nor does anything that is used require it."
        ),
        why=(
            "To hold it changes no answer. Either it is superfluous here, or an item was meant to"
            " be met by it."
        ),
        example="1.2 has no `met_by`, although the catalogue has what would meet it.",
        mend=(
            "Name it in the `met_by` of the item that it is evidence of, or take it out of the"
            " catalogue."
        ),
        mended="1.2 is met by it.",
        leave="Where a catalogue is shared by several rulebooks, and another one uses it.",
    ),
    "fact-unused": Words(
        title="A fact that no condition tests",
        means="The rulebook declares the fact under `context`, and no condition in any reading"
        " asks for it.",
        why=(
            "Everyone who fills in a service is asked for something that has no effect; and most"
            " often some item was meant to depend on it."
        ),
        example="1.1 speaks of outsourced work only in its text.",
        mend="Name it in the condition that was meant, usually an `applies_when`, or take it out.",
        mended="1.1 applies where the work is outsourced.",
        leave="Where a rulebook that `extends` this one tests it.",
    ),
    "source-unquoted": Words(
        title="A sentence of the document that nothing quotes",
        means=(
            "A sentence of the document named under `source.file` stands in the text of no item or"
            " waiver, and is not listed under `not_modelled`. A sentence listed there that the"
            " document does not have, or that is quoted, is told as well. Breaks of lines, spaces,"
            " and half or full width make no difference."
        ),
        why=(
            "Something of the document was left out silently, or a text departs from it, be it by"
            " a single character."
        ),
        example="The second line of the sheet has become no item.",
        mend=(
            "Write the item or waiver, or correct its text to be that of the document. Headings"
            " and labels go under `not_modelled`, each with a `reason`."
        ),
        mended="The line has become an item.",
        leave="Never silently: that is what `not_modelled` is for.",
    ),
}
