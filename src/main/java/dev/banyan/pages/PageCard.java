package dev.banyan.pages;

import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/// The preview picture of a page: its sky, its initials and its name, in the size that everybody shows.
///
/// @param tone which sky
record PageCard(String title, String address, String initials, int tone) {

    static final int WIDTH = 1200;
    static final int HEIGHT = 630;

    private static final int MARGIN = 110;
    private static final int MOST_LINES = 2;
    private static final int LARGEST = 76;
    private static final int SMALLEST = 36;

    static PageCard of(PublicContent content, String host) {
        var avatar = PageDrawing.avatar(content);
        return new PageCard(content.title(), host + content.path(), avatar.initials(), avatar.tone());
    }

    byte[] png() throws IOException {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            Map<String, Color> colors = PageLook.sky(tone);
            drawSky(pen, colors);
            if (!title.isEmpty()) {
                drawWords(pen, colors);
            }
        } finally {
            pen.dispose();
        }
        var png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
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

    /// From one side to the other, twice up and down.
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

    private void drawWords(Graphics2D pen, Map<String, Color> colors) {
        pen.setPaint(colors.get("g"));
        pen.fill(new RoundRectangle2D.Double(WIDTH / 2.0 - 96, 140, 192, 192, 66, 66));
        pen.setPaint(colors.get("pic"));
        pen.fill(new RoundRectangle2D.Double(WIDTH / 2.0 - 84, 152, 168, 168, 54, 54));
        pen.setPaint(colors.get("g"));
        centered(pen, line(pen, initials, font(Font.BOLD, 64)), 260);

        pen.setPaint(colors.get("ink"));
        List<TextLayout> lines = fitting(pen, written(title));
        double y = 420 + (lines.size() == 1 ? 20 : 0);
        for (TextLayout line : lines) {
            centered(pen, line, y);
            y += line.getAscent() + line.getDescent() + line.getLeading();
        }
        pen.setPaint(colors.get("soft"));
        centered(pen, line(pen, address, font(Font.PLAIN, 32)), HEIGHT - 48);
    }

    /// The title in the largest letters in which it has room; what is longer ends after its second line.
    private static List<TextLayout> fitting(Graphics2D pen, String text) {
        for (int size = LARGEST; size > SMALLEST; size -= 8) {
            List<TextLayout> lines = lines(pen, text, font(Font.BOLD, size));
            if (lines.size() <= MOST_LINES) {
                return lines;
            }
        }
        return lines(pen, text, font(Font.BOLD, SMALLEST)).subList(0, MOST_LINES);
    }

    private static List<TextLayout> lines(Graphics2D pen, String text, Font font) {
        var attributed = new AttributedString(text);
        attributed.addAttribute(TextAttribute.FONT, font);
        var measurer = new LineBreakMeasurer(attributed.getIterator(), pen.getFontRenderContext());
        var lines = new ArrayList<TextLayout>();
        while (measurer.getPosition() < text.length() && lines.size() <= MOST_LINES) {
            lines.add(measurer.nextLayout(WIDTH - 2f * MARGIN));
        }
        return List.copyOf(lines);
    }

    private static TextLayout line(Graphics2D pen, String text, Font font) {
        return new TextLayout(text, font, pen.getFontRenderContext());
    }

    private static void centered(Graphics2D pen, TextLayout line, double y) {
        line.draw(pen, (float) ((WIDTH - line.getVisibleAdvance()) / 2), (float) y);
    }

    /// Without the signs that no font here has: boxes say nothing. A name of such signs alone is told by its address.
    private String written(String text) {
        Font font = font(Font.BOLD, LARGEST);
        String kept = text.codePoints()
                .filter(font::canDisplay)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return kept.isEmpty() ? address : kept;
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
