package dev.banyan.shortlinks;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import dev.banyan.platform.web.page.QrPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;

/// Creates QR codes as files: SVG for printing, PNG for documents.
final class QrFiles {

    private static final int QUIET_ZONE = 4;
    private static final int PIXELS = 16;

    private QrFiles() {}

    static byte[] svg(String text) {
        QrPicture picture = QrPicture.of(text);
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + picture.size() + " " + picture.size()
                        + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + picture.size() + "v"
                        + picture.size() + "H0z\"/><path d=\"" + picture.path() + "\"/></svg>")
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] png(String text) {
        ByteMatrix modules = modules(text);
        int size = (modules.getWidth() + 2 * QUIET_ZONE) * PIXELS;
        var image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                image.setRGB(x, y, isDark(modules, x / PIXELS - QUIET_ZONE, y / PIXELS - QUIET_ZONE) ? 0 : 0xFFFFFF);
            }
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static boolean isDark(ByteMatrix modules, int x, int y) {
        return x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight() && modules.get(x, y) == 1;
    }

    private static ByteMatrix modules(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M, Map.<EncodeHintType, Object>of())
                    .getMatrix();
        } catch (WriterException failure) {
            throw new IllegalArgumentException("Too long for a QR code", failure);
        }
    }
}
