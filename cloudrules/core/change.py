"""Changes of the rules: RFC 7396 merge patches by the id of an item or a waiver.

One mechanism serves the options of readings, derived rulebooks and what-if.
"""

from __future__ import annotations

from collections.abc import Iterator

from cloudrules.core.entries import Change, Item, Waiver
from cloudrules.core.entry import Mapping, Node, Scalar, leaves, merged, normal
from cloudrules.core.errors import Fault, fault, nearest
from cloudrules.core.record import Record
from cloudrules.core.schema import Ref, misfit


def is_removal(patch: Node) -> bool:
    """Whether a patch removes its entry."""
    return isinstance(patch, Scalar) and patch.is_null


def states_entry(patch: Node) -> bool:
    """Whether a patch says enough to be an entry by itself."""
    keys = patch.entries.keys() if isinstance(patch, Mapping) else set()
    return "need" in keys or {"when", "waives"} <= keys


def overlapping(one: Change, two: Change) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields that two changes both set, as (entry, path)."""
    for ref, patch in one.items():
        for other, patch_two in two.items():
            if ref.name == other.name:
                for path, _ in leaves(patch):
                    for path_two, _ in leaves(patch_two):
                        shorter = min(len(path), len(path_two))
                        if path[:shorter] == path_two[:shorter]:
                            yield ref.name, max(path, path_two, key=len)


def rewords(patch: Node) -> bool:
    """Whether a patch sets fields anew, each as a whole, and neither moves its entry nor ends it.

    What it makes of an entry is then as sound as what it made of another of its kind.
    """
    return isinstance(patch, Mapping) and all(
        key not in ("id", "after", "in_force")
        and not isinstance(node, Mapping)
        and not is_removal(node)
        for key, _, node in patch
    )


def apply(
    items: dict[str, Item],
    waivers: dict[str, Waiver],
    ref: Ref,
    patch: Node,
    faults: list[Fault],
) -> None:
    """Apply one entry's merge patch, in place."""
    old = items.get(ref.name) or waivers.get(ref.name)
    if is_removal(patch):
        items.pop(ref.name, None)
        waivers.pop(ref.name, None)
        return
    if not isinstance(patch, Mapping):
        faults.append(misfit(patch, "mapping"))
        return
    given = patch.get("id")
    if given is not None and not (isinstance(given, Scalar) and normal(given.text) == ref.name):
        faults.append(fault("change-id", given.place, id=ref.name))
        return
    after = patch.get("after")
    body = Mapping(
        {key: value for key, value in patch.entries.items() if key != "after"}, ref.place
    )
    tree = merged(old.entry if old else None, body)
    assert isinstance(tree, Mapping)
    if old is None:
        written = Scalar("id", ref.place)
        name = Scalar(ref.name, ref.place, plain=False)
        tree = Mapping({"id": (written, name), **tree.entries}, ref.place)
    kind = _kind(old, body)
    if kind is None:
        known = [*items, *waivers]
        faults.append(
            fault("change-unknown", ref.place, id=ref.name, near=nearest(ref.name, known))
        )
        return
    entry: Item | Waiver | None = Record(kind).read(tree, faults, old)
    if isinstance(entry, Waiver):
        waivers[entry.id] = entry
        if after is not None:
            faults.append(fault("after-waiver", after.place, id=ref.name))
    elif isinstance(entry, Item):
        _place(items, entry, after, faults, new=old is None)


def _kind(old: Item | Waiver | None, body: Mapping) -> type[Item] | type[Waiver] | None:
    """Whether a patch is of an item or a waiver; None where it is of nothing known."""
    if old is not None:
        return type(old)
    if "when" in body.entries and "waives" in body.entries:
        return Waiver
    return Item if "need" in body.entries else None


def _place(
    items: dict[str, Item], entry: Item, after: Node | None, faults: list[Fault], *, new: bool
) -> None:
    """Put an item where it belongs: where it stood, after the item named, or last."""
    if after is None:
        items[entry.id] = entry
        return
    name = normal(after.text) if isinstance(after, Scalar) else ""
    if name not in items or name == entry.id:
        near = nearest(name, items)
        faults.append(fault("name-unknown", after.place, name=name, near=near, what="item"))
        return
    items.pop(entry.id, None)
    order = list(items.items())
    items.clear()
    for key, item in order:
        items[key] = item
        if key == name:
            items[entry.id] = entry
