package dev.banyan.platform.web.page;

import module java.base;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import dev.banyan.platform.web.FileAnswers;
import jakarta.ws.rs.core.Response;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// QR codes as files, for print and posts.
public final class QrFile {

    /// The size of one square of the code, so that a picture of a short address is about 500 pixels wide.
    private static final int PIXELS = 16;

    /// The longest side of a logo in an SVG, which is for print.
    private static final int LOGO = 400;

    private QrFile() {}

    /// @param name of the file, without its ending
    public static Response svg(String text, QrLook look, String name) {
        return file((svg(text, look) + "\n").getBytes(StandardCharsets.UTF_8), "image/svg+xml", name + ".svg");
    }

    public static String svg(String text, QrLook look) {
        QrPicture code = QrPicture.of(text, look.logo().isPresent());
        String logo = look.logo()
                .map(image -> String.format(
                        Locale.ROOT,
                        "<path fill=\"%s\" d=\"M%d %2$dh%dv%3$dh-%3$dz\"/><image x=\"%.1f\" y=\"%4$.1f\" width=\"%d\""
                                + " height=\"%5$d\" href=\"data:image/png;base64,%s\"/>",
                        hex(look.ground()),
                        code.holeAt(),
                        code.hole(),
                        code.holeAt() + .5,
                        code.logoSize(),
                        Base64.getEncoder().encodeToString(png(fitted(image, LOGO)))))
                .orElse("");
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + code.size() + " " + code.size()
                + "\" shape-rendering=\"crispEdges\"><path fill=\"" + hex(look.ground()) + "\" d=\"M0 0h" + code.size()
                + "v" + code.size() + "H0z\"/><path fill=\"" + hex(look.ink()) + "\" d=\"" + code.path() + "\"/>" + logo
                + "</svg>";
    }

    /// Returns `#0b5d4e`.
    private static String hex(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    /// @param name of the file, without its ending
    public static Response png(String text, QrLook look, String name) {
        return file(png(text, look), "image/png", name + ".png");
    }

    public static byte[] png(String text, QrLook look) {
        ByteMatrix modules = QrPicture.modules(text, look.logo().isPresent());
        int size = modules.getWidth() + 2 * QrPicture.QUIET_ZONE;
        int type = look.equals(QrLook.PLAIN) ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_INT_RGB;
        var image = new BufferedImage(size * PIXELS, size * PIXELS, type);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int column = x / PIXELS - QrPicture.QUIET_ZONE;
                int row = y / PIXELS - QrPicture.QUIET_ZONE;
                boolean dark = column >= 0
                        && row >= 0
                        && column < modules.getWidth()
                        && row < modules.getHeight()
                        && modules.get(column, row) == 1;
                image.setRGB(x, y, dark ? look.ink() : look.ground());
            }
        }
        look.logo().ifPresent(logo -> draw(logo, image, new QrPicture(size, ""), look.ground()));
        return png(image);
    }

    private static void draw(BufferedImage logo, BufferedImage image, QrPicture code, int ground) {
        var graphics = image.createGraphics();
        try {
            int place = code.hole() * PIXELS;
            int at = code.holeAt() * PIXELS;
            graphics.setColor(new Color(ground));
            graphics.fillRect(at, at, place, place);
            BufferedImage fitted = fitted(logo, place - PIXELS);
            graphics.drawImage(
                    fitted, at + (place - fitted.getWidth()) / 2, at + (place - fitted.getHeight()) / 2, null);
        } finally {
            graphics.dispose();
        }
    }

    /// Returns the picture with this longest side.
    private static BufferedImage fitted(BufferedImage image, int side) {
        double scale = (double) side / Math.max(image.getWidth(), image.getHeight());
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        var fitted = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = fitted.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(image, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return fitted;
    }

    private static byte[] png(BufferedImage image) {
        var png = new ByteArrayOutputStream();
        // In memory: of a stream, Java would make a file in the temporary folder of the machine.
        try (var output = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(image, "png", output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return png.toByteArray();
    }

    private static Response file(byte[] bytes, String type, String name) {
        return FileAnswers.download(name, type, bytes)
                .header("Content-Security-Policy", "default-src 'none'")
                .build();
    }
}
