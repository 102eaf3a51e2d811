"""The graph of the statements as inline SVG: which amends which, which reads the same words in another way, which names which."""

from __future__ import annotations

from html import escape

from refute.report.entries import Entry, Report

ROW, LEFT, STEP, RADIUS = 26, 250, 190, 7


def graph(report: Report) -> str:
    """One row for each label: its printed reading, what amends it, the other readings; a curve leads to what a statement names."""
    rows = [(source, label, group) for source, labels in report.sources.items() for label, group in labels.items()]
    width = LEFT + STEP * max(len(g) for _, _, g in rows)
    parts = [
        f'<svg class="graph" role="group" aria-label="Statements and what amends them" viewBox="0 0 {width} {ROW * len(rows) + 10}" width="{width}" '
        'xmlns="http://www.w3.org/2000/svg">'
    ]
    places = {e.id: (LEFT + STEP * j, ROW * i + 18) for i, (_, _, g) in enumerate(rows) for j, e in enumerate(g)}
    for e in report.entries:
        for x, y in (places[t.id] for t in e.mentions if t.id in places):
            a, b = places[e.id]
            bend = f"M {a} {b} Q {(a + x) / 2 + 60:.0f} {(b + y) / 2:.0f} {x} {y}"
            parts.append(f'<path class="mentions" d="{bend}"/>')
    before = ""
    for i, (source, label, group) in enumerate(rows):
        y = ROW * i + 18
        if source != before:
            parts.append(f'<line class="rule" x1="0" x2="{width}" y1="{y - 15}" y2="{y - 15}"/>')
            before = source
        parts.append(f'<text class="label" x="{LEFT - 20}" y="{y + 4}" text-anchor="end">{escape(label)}</text>')
        for j, e in enumerate(group):
            if j:
                kind = "amends" if e.theorem.amends else "reads"
                parts.append(
                    f'<line class="{kind}" x1="{LEFT + STEP * (j - 1) + RADIUS}" x2="{LEFT + STEP * j - RADIUS}" y1="{y}" y2="{y}"/>'
                )
            parts.append(_node(e, LEFT + STEP * j, y))
    return "".join(parts) + "</svg>"


def _node(e: Entry, x: int, y: int) -> str:
    said = escape(f"{e.id}: {e.verdict}{'' if e.as_expected else ', not as expected'}")
    return (
        f'<a href="#{escape(e.anchor)}" aria-label="{said}"><title>{said}</title>'
        f'<circle class="v-{escape(e.verdict)}" cx="{x}" cy="{y}" r="{RADIUS}"/>'
        f'<text class="sign" x="{x}" y="{y + 3}" text-anchor="middle">{escape(e.shape)}</text>'
        f'<text class="reading" x="{x + RADIUS + 4}" y="{y - 4}">{escape(e.theorem.reading)}</text></a>'
    )
