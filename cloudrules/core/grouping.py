"""Lists of items as conditions: in each way in which 、 と もしくは can be grouped."""

from __future__ import annotations

from cloudrules.core.formula_text import Every, Formula, Item, Negation, Some, joined


def combined(
    parts: list[Item], joints: list[tuple[str, bool]], quantity: int | None, *, negated: bool
) -> dict[str, Formula] | None:
    """A list of items as a condition, in each way in which it can be grouped."""
    listed: list[Formula] = list(parts)
    kinds = [kind for kind, _ in joints]
    if negated:
        if quantity is None and len(parts) == 1 and not parts[0].last:
            return {"": Negation(parts[0])}
        return None
    if quantity is not None:
        if quantity == 0:
            return None if "or" in kinds else {"": joined(Every, listed)}
        if quantity == 1:
            return None if "and" in kinds and "or" in kinds else {"": joined(Some, listed)}
        return {"": Some(tuple(listed), quantity)}
    if not kinds or set(kinds) == {"and"}:
        return {"": joined(Every, listed)}
    single = not any(part.last for part in parts)
    if not single and "or" in kinds:
        return None
    if set(kinds) == {"or"} or (set(kinds) == {"or", "comma"} and kinds[-1] == "or"):
        return {"": joined(Some, listed)}
    if set(kinds) == {"and", "comma"} and kinds[-1] == "and":
        return {"": joined(Every, listed)}
    if set(kinds) == {"and", "or"}:
        return _grouped(listed, joints)
    if {"and", "or"} <= set(kinds) or not single:
        return None
    return {"all": joined(Every, listed), "any": joined(Some, listed)}


def _grouped(parts: list[Formula], joints: list[tuple[str, bool]]) -> dict[str, Formula]:
    """`A and B or C`: both ways, but one where a 、 or what is repeated tells which is meant."""
    ands = [comma for kind, comma in joints if kind == "and"]
    ors = [comma for kind, comma in joints if kind == "or"]
    groups = _parted(parts, joints, "or")
    inner = joined(Some, [joined(Every, group) for group in groups])
    outer = joined(Every, [joined(Some, group) for group in _parted(parts, joints, "and")])
    repeated = set.intersection(*map(set, groups))
    if (all(ors) and not any(ands)) or (repeated and min(map(len, groups)) > 1):
        return {"": inner}
    if all(ands) and not any(ors):
        return {"": outer}
    return {"and-first": inner, "or-first": outer}


def _parted(parts: list[Formula], joints: list[tuple[str, bool]], at: str) -> list[list[Formula]]:
    groups = [[parts[0]]]
    for part, (kind, _) in zip(parts[1:], joints, strict=True):
        if kind == at:
            groups.append([part])
        else:
            groups[-1].append(part)
    return groups


def chained(pieces: list[dict[str, Formula]], kinds: list[str]) -> dict[str, Formula] | None:
    """Conditions one after another, each about items of its own."""
    if len(pieces) == 1:
        return pieces[0]
    if len(set(kinds)) > 1 or any(len(piece) > 1 for piece in pieces):
        return None
    parts = [next(iter(piece.values())) for piece in pieces]
    return {"": joined(Some if kinds[0] == "or" else Every, parts)}
