"""Where the nodes of a graph go, for graphs given as numbered nodes and weighted pairs.

`spread` lays out one connected graph, `pack` puts several side by side, `beside` adds nodes around placed ones. The
same input gives the same positions: seeds are fixed, everything runs on one thread.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence

Point = tuple[float, float]
Pairs = Mapping[tuple[int, int], int]

EDGE_LENGTH = 150.0
"""Length in layout units that a line between neighbours should have; nodes are drawn 20 to 70 units wide."""

_MIN_DISTANCE = 84.0
_FLATNESS = 0.78
"""Names are wider than high, so nodes need more room to the sides: distances across count this much."""

_ASPECT = 1.6
_ROUNDS = 18
_HUB_ROOM = 0.25
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def spread(count: int, pairs: Pairs, *, seed: int = 0) -> list[Point]:
    """Positions for the nodes 0 to `count`-1 of a connected graph, its longer axis across.

    A force layout (rustworkx spring, after Fruchterman and Reingold 1991) is the start, from which stochastic
    gradient descent brings distances near to those in the graph (Zheng, Pawar and Goodman 2018).
    """
    import rustworkx as rx

    if count <= 2:
        return [(i * EDGE_LENGTH, 0.0) for i in range(count)]
    graph: rx.PyGraph[int | None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.extend_from_weighted_edge_list([(a, b, w) for (a, b), w in pairs.items()])
    found = rx.spring_layout(graph, num_iter=100, weight_fn=lambda facts: 1 + math.log(facts), seed=seed, k=1.0)
    points = [(float(found[i][0]), float(found[i][1])) for i in range(count)]
    lengths = sorted(math.dist(points[a], points[b]) for a, b in pairs)
    factor = EDGE_LENGTH / (lengths[len(lengths) // 2] or 1.0)
    points = _faithful([(x * factor, y * factor) for x, y in points], pairs, seed)
    return _apart(_lying(points))


def pack(parts: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """The parts, moved side by side and centred on the origin: the first on the left, others in rows beside and below.

    If the parts come by falling size, the whole fills a screen `_ASPECT` times as wide as high about as well as can be.
    """
    boxes = [_box(part) for part in parts]
    sizes = [(width, height) for _, _, width, height in boxes]
    first, area = sizes[0][0], sum(width * height for width, height in sizes)
    widths = {first, *(first + width for width, _ in sizes[1:]), math.sqrt(_ASPECT * area), math.sqrt(2 * area)}
    tried = [_rows(sizes, width) for width in sorted(widths) if width >= first]
    corners = min(tried, key=lambda corners: _extent(corners, sizes))
    placed = [
        [(px - left + x, py - top + y) for px, py in part]
        for part, (left, top, _, _), (x, y) in zip(parts, boxes, corners, strict=True)
    ]
    points = [point for part in placed for point in part]
    middle_x = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
    middle_y = (min(y for _, y in points) + max(y for _, y in points)) / 2
    return [[(x - middle_x, y - middle_y) for x, y in part] for part in placed]


def _rows(sizes: Sequence[tuple[float, float]], whole: float) -> list[Point]:
    """Where the boxes go: the first at the origin, the next in rows on its right up to `whole`, the rest below."""
    corners = [(0.0, 0.0)]
    left, right, bottom = sizes[0][0], whole, sizes[0][1]
    x, y, row_height = left, 0.0, 0.0
    for width, height in sizes[1:]:
        if x > left and x + width > right:
            x, y, row_height = left, y + row_height, 0.0
        if x + width > right or y + height > bottom:
            x, y, row_height = 0.0, sizes[0][1] if left else y + row_height, 0.0
            left, right, bottom = 0.0, max(whole, width), math.inf
        corners.append((x, y))
        x, row_height = x + width, max(row_height, height)
    return corners


def _extent(corners: Sequence[Point], sizes: Sequence[tuple[float, float]]) -> float:
    """How high a screen must be to hold the boxes."""
    boxes = list(zip(corners, sizes, strict=True))
    return max(
        max(x + width for (x, _), (width, _) in boxes) / _ASPECT, max(y + height for (_, y), (_, height) in boxes)
    )


def _box(part: Sequence[Point]) -> tuple[float, float, float, float]:
    """Left, top, and the width and height that the part needs with room around."""
    xs, ys = [x for x, _ in part], [y for _, y in part]
    return min(xs), min(ys), max(xs) - min(xs) + EDGE_LENGTH, max(ys) - min(ys) + _MIN_DISTANCE


def beside(placed: Mapping[int, Point], neighbours: Mapping[int, Sequence[int]]) -> dict[int, Point]:
    """The placed nodes and, around the first placed neighbour of each other one, that one; the rest around them all.

    `neighbours` has every node that is not placed yet. Those around one node form a sunflower.
    """
    positions = dict(placed)
    turns: dict[int, int] = {}
    rim = max((math.hypot(x, y) for x, y in placed.values()), default=0.0) + EDGE_LENGTH
    waiting = sorted(set(neighbours) - set(placed))
    while waiting:
        anchors = {i: next((n for n in neighbours[i] if n in positions), -1) for i in waiting}
        ready = [i for i in waiting if anchors[i] >= 0] or waiting[:1]
        for i in ready:
            anchor = anchors[i]
            x, y = positions.get(anchor, (0.0, 0.0))
            turn = turns[anchor] = turns.get(anchor, 0) + 1
            reach = (rim if anchor < 0 else 0.0) + _MIN_DISTANCE * (0.6 + 0.5 * math.sqrt(turn))
            positions[i] = (x + reach * math.cos(turn * _GOLDEN_ANGLE), y + reach * math.sin(turn * _GOLDEN_ANGLE))
        waiting = sorted(set(waiting) - set(ready))
    return positions


def _faithful(points: Sequence[Point], pairs: Iterable[tuple[int, int]], seed: int) -> list[Point]:
    """The points, moved so that each two are about as far apart as they are in the graph."""
    near: list[list[int]] = [[] for _ in points]
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    terms = [
        (a, b, EDGE_LENGTH * (steps if steps > 1 else 1 + _HUB_ROOM * math.log(min(len(near[a]), len(near[b])))))
        for a in range(len(points))
        for b, steps in _steps_from(a, near).items()
        if a < b
    ]
    longest = max(length for _, _, length in terms)
    shrink = (0.01 * EDGE_LENGTH**2 / longest**2) ** (1 / (_ROUNDS - 1))
    rate = longest**2
    at = [list(point) for point in points]
    rng = random.Random(seed)
    for _ in range(_ROUNDS):
        rng.shuffle(terms)
        for a, b, length in terms:
            one, other = at[a], at[b]
            dx, dy = one[0] - other[0], one[1] - other[1]
            distance = math.sqrt(dx * dx + dy * dy) or 1e-9
            push = min(1.0, rate / (length * length)) * (distance - length) / 2 / distance
            one[0] -= dx * push
            one[1] -= dy * push
            other[0] += dx * push
            other[1] += dy * push
        rate *= shrink
    return [(x, y) for x, y in at]


def _steps_from(start: int, near: Sequence[Sequence[int]]) -> dict[int, int]:
    steps = {start: 0}
    border = [start]
    for node in border:
        for other in near[node]:
            if other not in steps:
                steps[other] = steps[node] + 1
                border.append(other)
    return steps


def _lying(points: Sequence[Point]) -> list[Point]:
    """The points, turned so that they spread most from left to right, as screens do."""
    middle_x, middle_y = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    centred = [(x - middle_x, y - middle_y) for x, y in points]
    xx, yy = sum(x * x for x, _ in centred), sum(y * y for _, y in centred)
    xy = sum(x * y for x, y in centred)
    angle = -math.atan2(2 * xy, xx - yy) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in centred]


def _apart(points: Sequence[Point], rounds: int = 80) -> list[Point]:
    """The points, pushed from each other until none are nearer than a node and its name need."""
    at = [[x * _FLATNESS, y] for x, y in points]
    for _ in range(rounds):
        cells: dict[tuple[int, int], list[int]] = {}
        for i, (x, y) in enumerate(at):
            cells.setdefault((math.floor(x / _MIN_DISTANCE), math.floor(y / _MIN_DISTANCE)), []).append(i)
        moved = False
        for (cx, cy), members in cells.items():
            near = [j for dx in (-1, 0, 1) for dy in (-1, 0, 1) for j in cells.get((cx + dx, cy + dy), ())]
            for i in members:
                for j in near:
                    moved = (j > i and _push(at[i], at[j], i)) or moved
        if not moved:
            break
    return [(x / _FLATNESS, y) for x, y in at]


def _push(one: list[float], other: list[float], number: int) -> bool:
    """Whether the two were too near; if so they have been moved apart."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    distance = math.sqrt(dx * dx + dy * dy)
    if distance >= _MIN_DISTANCE - 0.5:
        return False
    if distance < 1e-6:
        dx, dy, distance = math.cos(number), math.sin(number), 1.0
    push = (_MIN_DISTANCE - distance) / 2 / distance
    one[0] -= dx * push
    one[1] -= dy * push
    other[0] += dx * push
    other[1] += dy * push
    return True
