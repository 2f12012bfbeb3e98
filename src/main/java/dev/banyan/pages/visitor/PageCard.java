package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.domains.PageAddress;
import dev.banyan.themes.CardStyle;
import dev.banyan.themes.HexColor;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RectangularShape;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// The preview picture of a page: its colours, its picture or initials, and its name, in the size that most services
/// show.
///
/// @param tone the sky of a page with the default look
/// @param look the colours of a page with another look
/// @param picture the path of the account's picture
record PageCard(
        String title, String address, String initials, int tone, Optional<CardStyle> look, Optional<String> picture)
        implements PagePicture {

    static final int WIDTH = 1200;
    static final int HEIGHT = 630;

    private static final int MARGIN = 110;
    private static final int MOST_LINES = 2;
    /// The title is below the picture and above the address, whatever its letters are.
    private static final Rectangle TITLE = new Rectangle(0, 338, WIDTH, 208);
    /// A short title is as near to the picture as this.
    private static final int MOST_ABOVE = 20;
    private static final int LARGEST = 76;
    private static final int SMALLEST = 36;
    private static final FontRenderContext UNHINTED = new FontRenderContext(null, true, true);

    static PageCard of(PublicContent content, String host) {
        var avatar = PageDrawing.avatar(content);
        return new PageCard(
                content.title(),
                content.own().map(PageAddress::shown).orElseGet(() -> host + content.path()),
                avatar.initials(),
                avatar.tone(),
                CardStyle.of(content.appearance(), content.tier()),
                content.look().picture());
    }

    @Override
    public byte[] png(Optional<BufferedImage> face) {
        return drawn(WIDTH, HEIGHT, pen -> draw(pen, face));
    }

    private void draw(Graphics2D pen, Optional<BufferedImage> face) {
        Map<String, Color> colors = colors(look, tone);
        if (look.isPresent()) {
            pen.setPaint(new GradientPaint(0, 0, colors.get("sky"), 0, HEIGHT, colors.get("glow")));
            pen.fillRect(0, 0, WIDTH, HEIGHT);
        } else {
            drawSky(pen, colors);
        }
        if (!title.isEmpty()) {
            drawWords(pen, colors, face);
        }
    }

    /// Returns what is drawn, as a PNG.
    static byte[] drawn(int width, int height, Consumer<Graphics2D> draw) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            draw.accept(pen);
        } finally {
            pen.dispose();
        }
        var png = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(image, "png", output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return png.toByteArray();
    }

    /// Returns the colours by their names in a sky.
    static Map<String, Color> colors(Optional<CardStyle> look, int tone) {
        return look.map(PageCard::colors).orElseGet(() -> PageStyles.sky(tone));
    }

    private static Map<String, Color> colors(CardStyle look) {
        return Map.of(
                "sky", color(look.top()),
                "glow", color(look.bottom()),
                "g", color(look.initials()),
                "pic", color(look.badge()),
                "ink", color(look.title()),
                "soft", color(look.soft()));
    }

    private static Color color(HexColor color) {
        return new Color(color.rgb());
    }

    private static void drawSky(Graphics2D pen, Map<String, Color> colors) {
        pen.setPaint(new GradientPaint(0, 0, colors.get("sky"), 0, 300, colors.get("glow")));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setPaint(colors.get("sun"));
        pen.fill(new Ellipse2D.Double(820, 60, 130, 130));
        hill(pen, colors.getOrDefault("far", Color.WHITE), 190, -46, 30);
        hill(pen, colors.getOrDefault("mid", Color.WHITE), 222, 34, -30);
        hill(pen, colors.getOrDefault("g", Color.WHITE), 262, -24, 22);
    }

    /// Draws a line of hills from one side to the other.
    private static void hill(Graphics2D pen, Color color, int height, int first, int second) {
        var hill = new Path2D.Double();
        hill.moveTo(0, height);
        hill.curveTo(200, height + first, 400, height + first, 600, height);
        hill.curveTo(800, height + second, 1000, height + second, WIDTH, height);
        hill.lineTo(WIDTH, HEIGHT);
        hill.lineTo(0, HEIGHT);
        hill.closePath();
        pen.setPaint(color);
        pen.fill(hill);
    }

    private void drawWords(Graphics2D pen, Map<String, Color> colors, Optional<BufferedImage> face) {
        pen.setPaint(colors.get("g"));
        pen.fill(new RoundRectangle2D.Double(WIDTH / 2.0 - 96, 140, 192, 192, 66, 66));
        var badge = new RoundRectangle2D.Double(WIDTH / 2.0 - 84, 152, 168, 168, 54, 54);
        pen.setPaint(colors.get("pic"));
        pen.fill(badge);
        if (face.isPresent()) {
            drawFace(pen, badge, face.get());
        } else {
            pen.setPaint(colors.get("g"));
            CardText.of(initials, CardFonts.bold()).ifPresent(text -> centered(pen, line(text, 64), 260));
        }

        pen.setPaint(colors.get("ink"));
        Optional<CardText> name = CardText.of(title, CardFonts.bold());
        // If a character of the name is missing in the fonts, the address is shown instead, and not a second time.
        name.or(() -> CardText.of(address, CardFonts.bold())).ifPresent(text -> drawTitle(pen, text));
        if (name.isPresent()) {
            pen.setPaint(colors.get("soft"));
            CardText.of(address, CardFonts.plain()).ifPresent(text -> centered(pen, line(text, 32), HEIGHT - 48));
        }
    }

    private static void drawTitle(Graphics2D pen, CardText text) {
        List<TextLayout> lines = fitting(text);
        pen.setClip(TITLE); // marks can be stacked without end
        double y = TITLE.y + Math.clamp((TITLE.height - height(lines)) / 2, 0, MOST_ABOVE);
        for (TextLayout line : lines) {
            centered(pen, line, y + above(line));
            y += above(line) + below(line);
        }
        pen.setClip(null);
    }

    private static double height(List<TextLayout> lines) {
        return lines.stream().mapToDouble(line -> above(line) + below(line)).sum();
    }

    private static double above(TextLayout line) {
        return Math.max(line.getAscent(), -line.getBounds().getMinY());
    }

    private static double below(TextLayout line) {
        return Math.max(line.getDescent() + line.getLeading(), line.getBounds().getMaxY());
    }

    /// Fills the badge with the centre of the picture.
    static void drawFace(Graphics2D pen, RectangularShape badge, BufferedImage face) {
        double scale = Math.max(badge.getWidth() / face.getWidth(), badge.getHeight() / face.getHeight());
        var place = AffineTransform.getTranslateInstance(
                badge.getCenterX() - face.getWidth() * scale / 2, badge.getCenterY() - face.getHeight() * scale / 2);
        place.scale(scale, scale);
        pen.setClip(badge);
        pen.drawImage(face, place, null);
        pen.setClip(null);
    }

    /// Lays out the title in the largest size that fits; longer titles are cut after two lines.
    private static List<TextLayout> fitting(CardText text) {
        for (int size = LARGEST; size > SMALLEST; size -= 8) {
            List<TextLayout> lines = lines(text, size);
            if (lines.size() <= MOST_LINES && height(lines) <= TITLE.height) {
                return lines;
            }
        }
        List<TextLayout> lines = lines(text, SMALLEST);
        return lines.subList(0, Math.min(MOST_LINES, lines.size()));
    }

    private static List<TextLayout> lines(CardText text, int size) {
        var measurer = new LineBreakMeasurer(
                text.in(size).getIterator(), BreakIterator.getLineInstance(Locale.ROOT), UNHINTED);
        var lines = new ArrayList<TextLayout>();
        while (measurer.getPosition() < text.text().length() && lines.size() <= MOST_LINES) {
            lines.add(measurer.nextLayout(WIDTH - 2f * MARGIN));
        }
        return List.copyOf(lines);
    }

    static TextLayout line(CardText text, int size) {
        return new TextLayout(text.in(size).getIterator(), UNHINTED);
    }

    static void inTheMiddle(Graphics2D pen, TextLayout line, RectangularShape place) {
        Rectangle2D ink = line.getBounds();
        pen.fill(line.getOutline(AffineTransform.getTranslateInstance(
                place.getCenterX() - ink.getCenterX(), place.getCenterY() - ink.getCenterY())));
    }

    /// Draws text as shapes, independent of the system's font smoothing and hinting.
    private static void centered(Graphics2D pen, TextLayout line, double y) {
        pen.fill(line.getOutline(AffineTransform.getTranslateInstance((WIDTH - line.getVisibleAdvance()) / 2, y)));
    }
}
