#!/usr/bin/env python3
"""Draws what `tmux capture-pane -e -p` prints as an SVG: tmux capture-pane -e -p | terminal-svg.py TITLE > picture.svg"""
import html
import re
import sys
import unicodedata

CELL, LINE, MARGIN, BAR = 8.4, 18, 16, 30
COLOURS = {31: "#f7768e", 32: "#9ece6a", 33: "#e0af68", 34: "#7aa2f7", 35: "#bb9af7", 36: "#7dcfff"}
PLAIN, FAINT, BACK = "#d5d9e6", "#8a90a6", "#16181f"
# Emoji as shapes in a square of 16: not every browser has a font for them.
SHAPES = {
    "✅": '<rect x="1" y="1" width="14" height="14" rx="3" fill="#58b368"/>'
    '<path d="M4 8.4l2.8 2.8L12 5.6" fill="none" stroke="#fff" stroke-width="2"/>',
    "❌": '<path d="M3 3l10 10M13 3L3 13" stroke="#f7768e" stroke-width="3"/>',
    "⏳": '<path d="M3 1.5h10M3 14.5h10M4.5 2v2.5L8 8l3.5-3.500V2M4.5 14v-2.500L8 8l3.5 3.500V14" fill="none"'
    ' stroke="#e0af68" stroke-width="1.6"/>',
    "👑": '<path d="M1.5 13.500V4.500l4 3.500L8 2.5 10.5 8l4-3.500v9z" fill="#e0af68"/>',
    "💡": '<circle cx="8" cy="6.5" r="5" fill="#e0af68"/><path d="M5.5 12.500h5M6 14.700h4" stroke="#8a90a6"'
    ' stroke-width="1.5"/>',
    "⚠": '<path d="M8 1.500l7 13H1z" fill="#e0af68"/><path d="M8 6v4.500M8 12v1.3" stroke="#16181f" stroke-width="1.6"/>',
}
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m|\x1b\([A-Z0-9]|\x0f")


def width(letter):
    if unicodedata.combining(letter) or letter in "\ufe0f\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def style(now, codes):
    now = dict(now)
    numbers = [int(code or 0) for code in codes.split(";")]
    while numbers:
        code = numbers.pop(0)
        if code == 0:
            now = {}
        elif code == 1:
            now["font-weight"] = "700"
        elif code == 2:
            now["fill"] = FAINT
        elif code == 22:
            now.pop("font-weight", None)
        elif code == 39:
            now.pop("fill", None)
        elif code in COLOURS:
            now["fill"] = COLOURS[code]
        elif code in (38, 48) and numbers[:1] == [5]:
            if code == 38 and numbers[1] == 231:
                now["fill"] = "#ffffff"
            numbers = numbers[2:]
    return now


def texts(line, y, now):
    """The parts of a line; `now` is the style, which goes on in the next one."""
    column, at = 0, 0
    for found in list(ESCAPE.finditer(line)) + [None]:
        run = line[at : found.start() if found else len(line)]
        # Each run of equal width begins at its own column: no font draws emoji in exactly two cells.
        for part in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]\ufe0f?", run):
            cells = sum(width(letter) for letter in part)
            if part[0] in SHAPES:
                yield f'<g transform="translate({MARGIN + column * CELL:.1f} {y - 13})">{SHAPES[part[0]]}</g>'
            elif part.strip():
                look = "".join(f' {name}="{value}"' for name, value in now.items())
                x = MARGIN + column * CELL
                fit = f' textLength="{cells * CELL:.1f}" lengthAdjust="spacingAndGlyphs"' if part.isascii() else ""
                yield f'<text x="{x:.1f}" y="{y}"{look}{fit} xml:space="preserve">{html.escape(part)}</text>'
            column += cells
        if found:
            at = found.end()
            if found.group(1) is not None:
                after = style(now, found.group(1))
                now.clear()
                now.update(after)


def main():
    title = sys.argv[1] if len(sys.argv) > 1 else "Terminal"
    lines = sys.stdin.read().rstrip("\n").split("\n")
    plain = [ESCAPE.sub("", line) for line in lines]
    columns = max(sum(width(letter) for letter in line) for line in plain)
    wide, high = columns * CELL + 2 * MARGIN, BAR + len(lines) * LINE + MARGIN
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" role="img"'
        f' font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14" fill="{PLAIN}">'
    )
    print(f"<title>{html.escape(title)}</title>")
    print(f'<rect width="100%" height="100%" rx="10" fill="{BACK}"/>')
    for number, colour in enumerate(("#f7768e", "#e0af68", "#9ece6a")):
        print(f'<circle cx="{MARGIN + 6 + number * 18}" cy="16" r="5" fill="{colour}"/>')
    now = {}
    for number, line in enumerate(lines):
        for text in texts(line, BAR + (number + 1) * LINE - 4, now):
            print(text)
    print("</svg>")


main()
