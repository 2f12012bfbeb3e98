package dev.banyan.console.numbers;

import module java.base;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;

/// Draws a QR code for a terminal: two rows of modules per line, as half blocks. Light modules have the foreground
/// color, dark ones are blank, so it appears white on black even on terminals without colors.
final class QrDrawing {

    /// White modules around the code, as required by ISO 18004.
    private static final int QUIET_ZONE = 4;

    private QrDrawing() {}

    static String of(String content) {
        BitMatrix dark = modules(content);
        var drawing = new StringBuilder();
        for (int y = 0; y < dark.getHeight(); y += 2) {
            if (y > 0) {
                drawing.append('\n');
            }
            for (int x = 0; x < dark.getWidth(); x++) {
                boolean upper = !dark.get(x, y);
                boolean lower = y + 1 == dark.getHeight() || !dark.get(x, y + 1);
                drawing.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }
        }
        return drawing.toString();
    }

    private static BitMatrix modules(String content) {
        try {
            return new QRCodeWriter()
                    .encode(
                            content,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.MARGIN,
                                    QUIET_ZONE,
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.L));
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("A QR code holds no " + content.length() + " characters", tooLong);
        }
    }
}
