"""The shipped checklist a second time, written out by hand from the sheet.

It reads no rulebook and shares no code with the engine. Every value is an integer whose bit k is
the answer for service k, so that one pass answers a whole table of services.
"""

from __future__ import annotations

from collections.abc import Mapping

Gates = dict[tuple[str, ...], int]

ITEMS = tuple(f"1.{number}" for number in range(1, 29))
OPTIONAL = frozenset({"1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "1.15", "1.28"})
WAIVERS = ("first-banner", "hosting", "in-lieu", "second-banner", "contractor")
EVIDENCE = (
    *("service.ismap", "service.ismap_liu", "service.aspic", "service.ismap_listed"),
    *("asp.iso27001", "csp.ismap", "csp.ismap_listed", "csp.iso27001", "csp.iso27017"),
    *("csp.pci_dss", "csp.equivalent_27017", "csp.iso27018", "dc.tier3", "contractor.iso27001"),
)
FACTS = ("generative_ai", "outsourced")
DEFAULT = {
    "banner-scope": "to-end",
    "hosting": "alternative",
    "contractor": "separate-firm",
    "page-scope": "to-end",
    "waived-counts": "held-only",
    "hosting-range": "whole-range",
    "registration": "in-scope",
}
STRICTEST = {
    **DEFAULT,
    "banner-scope": "next-clause",
    "hosting": "literal",
    "page-scope": "same-group",
    "hosting-range": "certifications",
}


def items(first: int, last: int) -> tuple[str, ...]:
    """The items 1.first to 1.last, ends included."""
    return ITEMS[first - 1 : last]


def answers(held: Mapping[str, int], ones: int, readings: Mapping[str, str] = DEFAULT) -> Gates:
    """Every gate for every service. `held` says who holds what; what it lacks nobody holds."""

    def has(*names: str) -> int:
        found = 0
        for name in names:
            found |= held.get(name, 0)
        return found

    met = {item: has(item) for item in ITEMS}  # attested
    met["1.1"] |= has("service.ismap")
    met["1.2"] |= has("service.ismap_liu")
    met["1.4"] |= has("service.aspic")
    met["1.6"] |= has("asp.iso27001")
    met["1.7"] |= has("csp.ismap")
    met["1.8"] |= has("csp.iso27001")
    met["1.9"] |= has("csp.iso27017", "csp.pci_dss", "csp.equivalent_27017")
    met["1.10"] |= has("csp.iso27018")
    met["1.11"] |= has("dc.tier3")

    applies = dict.fromkeys(ITEMS, ones)
    applies["1.2"] = ones & ~met["1.1"]
    applies["1.5"] = has("generative_ai")

    # 1.1で登録、1.2で登録、または1.4で登録: 以下の要件は不要
    registered = met["1.1"] | met["1.2"] | met["1.4"]
    platform = met["1.7"]
    if readings["registration"] == "listed":
        registered |= has("service.ismap_listed")
        platform |= has("csp.ismap_listed")
    below_first = {"to-end": 28, "next-banner": 15, "certifications": 10, "next-clause": 7}
    first = items(6, below_first[readings["banner-scope"]])
    # 1.7で登録: 1.8~1.13の要件は不要
    hosting = items(8, 13 if readings["hosting-range"] == "whole-range" else 10)
    # 1.8 to 1.13 in lieu of 1.7
    in_lieu = met["1.8"] & met["1.9"] & met["1.11"] & met["1.12"] & met["1.13"]
    if readings["hosting"] == "literal":
        in_lieu = 0

    # 1.6と1.7もしくは、1.6と1.10の認証を取得している場合: 以下の要件は不要
    own, base, privacy = met["1.6"], met["1.7"], met["1.10"]
    if readings["waived-counts"] == "waived-too":
        own |= registered  # each banner scope has 1.6 and 1.7 in it
        base |= registered | in_lieu
        privacy |= platform
        if readings["banner-scope"] != "next-clause":
            privacy |= registered
    second = (own & base) | (own & privacy)
    # 業務委託サービス提供事業者が1.6の認証を取得している場合: 以下の要件は不要
    firm = has("outsourced") & has("contractor.iso27001")
    if readings["contractor"] == "provider-itself":
        firm = met["1.6"]
    below_second = {"to-end": 28, "same-page": 23, "same-group": 19}
    after = items(16, below_second[readings["page-scope"]])

    fires = {
        "first-banner": (registered, first),
        "hosting": (platform, hosting),
        "in-lieu": (in_lieu, ("1.7",) if readings["hosting"] == "alternative" else ()),
        "second-banner": (second, after),
        "contractor": (firm, after),
    }
    found: Gates = {}
    compliant = ones
    for waiver, (when, _) in fires.items():
        found["fires", waiver] = when
    for item in ITEMS:
        waived = 0
        for waiver, (when, released) in fires.items():
            if item in released:
                found["releases", waiver, item] = when
                waived |= when
        owed = 0 if item in OPTIONAL else applies[item] & ~waived
        missing = owed & ~met[item]
        compliant &= ~missing
        found["met", item] = met[item]
        found["applies", item] = applies[item]
        found["waived", item] = waived
        found["owed", item] = owed
        found["missing", item] = missing
    found["compliant",] = compliant
    return found
