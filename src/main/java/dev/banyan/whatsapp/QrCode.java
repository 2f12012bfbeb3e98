package dev.banyan.whatsapp;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/// A QR code as modules, dark or light, without the quiet zone around it.
///
/// @param rows row by row, true where it is dark
public record QrCode(boolean[][] rows) {

    public static QrCode of(String text) {
        try {
            ByteMatrix matrix = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
            var rows = new boolean[matrix.getHeight()][matrix.getWidth()];
            for (int y = 0; y < rows.length; y++) {
                for (int x = 0; x < rows[y].length; x++) {
                    rows[y][x] = matrix.get(x, y) == 1;
                }
            }
            return new QrCode(rows);
        } catch (WriterException failure) {
            throw new IllegalArgumentException("Too long for a QR code", failure);
        }
    }

    /// Modules on each side.
    public int size() {
        return rows.length;
    }

    /// The dark modules as the path of an SVG, one run of a row after the other.
    String path() {
        var path = new StringBuilder();
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[y].length; x++) {
                int start = x;
                while (x < rows[y].length && rows[y][x]) {
                    x++;
                }
                if (x > start) {
                    path.append('M')
                            .append(start)
                            .append(' ')
                            .append(y)
                            .append('h')
                            .append(x - start);
                    path.append("v1h-").append(x - start).append('z');
                }
            }
        }
        return path.toString();
    }
}
