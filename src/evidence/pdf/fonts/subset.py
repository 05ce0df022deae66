"""Cuts the embedded fonts out of Noto Sans SC; SOURCE.md says where that comes from and how to run this.

Reads the two full fonts named on the command line (regular, bold) and writes beside itself regular.ttf, bold.ttf and
codepoints.txt. Needs fonttools. The same fonts in give the same bytes out.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

# Everything of GB 2312: 6,763 Chinese characters in two levels, and its signs, kana, Greek, Cyrillic and pinyin.
GB2312 = {
    character
    for high in range(0xA1, 0xF8)
    for low in range(0xA1, 0xFF)
    for character in bytes([high, low]).decode("gb2312", errors="ignore")
}

# Further stretches, as far as the font has them.
STRETCHES = [
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),  # Latin of Europe
    (0x0192, 0x0192),
    (0x01CD, 0x01DC),  # pinyin
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # raised and lowered figures
    (0x20A0, 0x20CF),  # currencies
    (0x2100, 0x214F),  # signs made of letters
    (0x2150, 0x218F),  # fractions and Roman figures
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # figures in circles
    (0x2500, 0x25FF),  # lines and shapes
    (0x2600, 0x27BF),  # signs
    (0x3000, 0x30FF),  # Chinese punctuation, kana
    (0xFF01, 0xFF60),  # full width
    (0xFFE0, 0xFFE6),
]

# What a reader cannot see is not drawn: soft hyphen, and marks that join, part or turn text.
UNSEEN = {0x00AD, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)}


def wanted(font):
    chosen = {ord(character) for character in GB2312}
    for first, last in STRETCHES:
        chosen.update(range(first, last + 1))
    return sorted((chosen & set(font.getBestCmap())) - UNSEEN)


def cut(source, target, points):
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "BASE", "STAT", "GDEF", "GPOS", "GSUB", "gasp"]
    options.name_IDs = ["*"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    font.save(target)


def stretches(points):
    lines = []
    for point in points:
        if lines and lines[-1][1] + 1 == point:
            lines[-1][1] = point
        else:
            lines.append([point, point])
    return "".join(f"{first:04X}-{last:04X}\n" if first < last else f"{first:04X}\n" for first, last in lines)


def main():
    regular, bold = sys.argv[1:3]
    points = sorted(set(wanted(TTFont(regular))) & set(wanted(TTFont(bold))))
    cut(regular, HERE / "regular.ttf", points)
    cut(bold, HERE / "bold.ttf", points)
    (HERE / "codepoints.txt").write_text(stretches(points))


main()
