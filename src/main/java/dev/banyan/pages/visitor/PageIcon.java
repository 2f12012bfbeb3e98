package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.themes.CardStyle;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/// The icon of a page in tabs, bookmarks and on home screens: its picture, or its initials in its colours. Opaque and
/// square, because devices cut the corners themselves.
///
/// @param tone as in [PageCard]
/// @param look as in [PageCard]
/// @param picture the path of the account's picture
record PageIcon(String initials, int tone, Optional<CardStyle> look, Optional<String> picture) implements PagePicture {

    static final int SIDE = 180;
    private static final int LETTERS = 84;

    static PageIcon of(PublicContent content) {
        var avatar = PageDrawing.avatar(content);
        return new PageIcon(
                avatar.initials(),
                avatar.tone(),
                CardStyle.of(content.appearance(), content.tier()),
                content.look().picture());
    }

    /// Returns the same in its colours alone, for which no font is needed.
    byte[] plain() {
        return new PageIcon("", tone, look, picture).png(Optional.empty());
    }

    @Override
    public byte[] png(Optional<BufferedImage> face) {
        return PageCard.drawn(SIDE, SIDE, pen -> draw(pen, face));
    }

    private void draw(Graphics2D pen, Optional<BufferedImage> face) {
        Map<String, Color> colors = PageCard.colors(look, tone);
        var all = new Rectangle(SIDE, SIDE);
        pen.setPaint(colors.get("pic"));
        pen.fill(all);
        if (face.isPresent()) {
            PageCard.drawFace(pen, all, face.get());
        } else if (!initials.isEmpty()) {
            pen.setPaint(colors.get("g"));
            CardText.of(initials, CardFonts.bold())
                    .ifPresent(text -> PageCard.inTheMiddle(pen, PageCard.line(text, LETTERS), all));
        }
    }
}
