package dev.banyan.console.numbers;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/// Draws a QR code for a terminal: two rows of modules in each line, as half blocks. Light modules are drawn in the
/// foreground colour and dark ones left out, so it reads white on black, also where a terminal has no colours.
final class QrDrawing {

    /// Modules of white around the code, as ISO 18004 asks for.
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
