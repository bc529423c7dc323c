"""The words of the dependency graph: key -> (ja, en)."""

from __future__ import annotations

from cloudrules.render.words import Phrases

GRAPH: Phrases = {
    "graph.title": ("{title}: 依存関係", "{title}: what rests on what"),
    "graph.item": ("要件{id}の答えにかかわるもの", "all that item {id} can depend on"),
    "graph.service": ("サービス: {service}", "service: {service}"),
    "graph.reading": ("解釈: {what}", "reading: {what}"),
    "graph.on": ("基準日: {date}", "date: {date}"),
    "graph.item-kind": ("要件", "items"),
    "graph.waiver-kind": ("免除規定", "waivers"),
    "graph.evidence-kind": ("認証等・前提条件", "evidence and facts"),
    "graph.fact": ("前提条件", "fact"),
    # Edges: as a legend, and before the clause of a single one
    "graph.needs": ("充足・発動の条件", "needs"),
    "graph.needs-waived": ("条件（不要であること）", "needs it waived"),
    "graph.releases": ("不要とする", "releases"),
    "graph.applies-when": ("対象となる条件", "applies when"),
    "graph.requires": ("取得の前提", "requires"),
    # What a box says of its own conditions
    "graph.met-by": ("充足: {clause}", "met by: {clause}"),
    "graph.when": ("発動: {clause}", "when: {clause}"),
    "graph.applies": ("対象: {clause}", "applies when: {clause}"),
    "graph.required": ("前提: {clause}", "requires: {clause}"),
    "graph.waives": ("不要: {clause}", "releases: {clause}"),
    "graph.edge": ("{kind}: {clause}", "{kind}: {clause}"),
    "graph.edge-at": ("{kind}: {clause}（{place}）", "{kind}: {clause} ({place})"),
    "graph.group": (
        "枠: 同じ規定により不要となる要件",
        "frame: items that the same waivers release",
    ),
    "graph.legend": ("凡例", "Legend"),
    # Statuses that no other answer has; those of items are terms
    "graph.fires": ("発動", "fires"),
    "graph.idle": ("発動せず", "does not fire"),
    "graph.held": ("保有", "held"),
    "graph.lacking": ("未保有", "not held"),
    "graph.expired": ("期限切れ", "expired"),
    "graph.true": ("はい", "yes"),
    "graph.false": ("いいえ", "no"),
    "graph.known": ("値", "value"),
}
