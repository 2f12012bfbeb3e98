#!/usr/bin/env python3
"""Draws what `tmux capture-pane -e -p` prints as an SVG: tmux capture-pane -e -p | terminal-svg.py TITLE > picture.svg"""
import html
import re
import sys
import unicodedata

CELL, LINE, MARGIN, BAR = 8.4, 18, 16, 30
COLOURS = {31: "#f7768e", 32: "#9ece6a", 33: "#e0af68", 34: "#7aa2f7", 35: "#bb9af7", 36: "#7dcfff"}
PLAIN, FAINT, BACK = "#d5d9e6", "#8a90a6", "#16181f"
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
        elif code in COLOURS:
            now["fill"] = COLOURS[code]
        elif code in (38, 48) and numbers[:1] == [5]:
            if code == 38 and numbers[1] == 231:
                now["fill"] = "#ffffff"
            numbers = numbers[2:]
    return now


def texts(line, y):
    now, column, at = {}, 0, 0
    for found in list(ESCAPE.finditer(line)) + [None]:
        run = line[at : found.start() if found else len(line)]
        # Each run of equal width begins at its own column: no font draws emoji in exactly two cells.
        for part in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]\ufe0f?", run):
            cells = sum(width(letter) for letter in part)
            if part.strip():
                look = "".join(f' {name}="{value}"' for name, value in now.items())
                x = MARGIN + column * CELL
                fit = f' textLength="{cells * CELL:.1f}" lengthAdjust="spacingAndGlyphs"' if part.isascii() else ""
                yield f'<text x="{x:.1f}" y="{y}"{look}{fit} xml:space="preserve">{html.escape(part)}</text>'
            column += cells
        if found:
            now, at = style(now, found.group(1) or ""), found.end()


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
    for number, line in enumerate(lines):
        for text in texts(line, BAR + (number + 1) * LINE - 4):
            print(text)
    print("</svg>")


main()
