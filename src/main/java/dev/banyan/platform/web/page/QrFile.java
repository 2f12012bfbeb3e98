package dev.banyan.platform.web.page;

import module java.base;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import jakarta.ws.rs.core.Response;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// QR codes as files, for print and posts: black on white, whatever the colours of the page.
public final class QrFile {

    /// The size of one square of the code, so that a picture of a short address is about 500 pixels wide.
    private static final int PIXELS = 16;

    private static final int WHITE = 0xFFFFFF;

    private QrFile() {}

    /// @param name of the file, without its ending
    public static Response svg(String text, String name) {
        return file((svg(text) + "\n").getBytes(StandardCharsets.UTF_8), "image/svg+xml", name + ".svg");
    }

    public static String svg(String text) {
        QrPicture code = QrPicture.of(text);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + code.size() + " " + code.size()
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + code.size() + "v" + code.size()
                + "H0z\"/><path d=\"" + code.path() + "\"/></svg>";
    }

    /// @param name of the file, without its ending
    public static Response png(String text, String name) {
        return file(png(text), "image/png", name + ".png");
    }

    public static byte[] png(String text) {
        ByteMatrix modules = QrPicture.modules(text);
        int size = modules.getWidth() + 2 * QrPicture.QUIET_ZONE;
        var image = new BufferedImage(size * PIXELS, size * PIXELS, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int column = x / PIXELS - QrPicture.QUIET_ZONE;
                int row = y / PIXELS - QrPicture.QUIET_ZONE;
                boolean dark = column >= 0
                        && row >= 0
                        && column < modules.getWidth()
                        && row < modules.getHeight()
                        && modules.get(column, row) == 1;
                image.setRGB(x, y, dark ? 0 : WHITE);
            }
        }
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
        return Response.ok(bytes)
                .type(type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Content-Security-Policy", "default-src 'none'")
                .header("Cache-Control", "no-store")
                .build();
    }
}
