package dev.banyan.platform.web.page;

import module java.base;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/// A QR code for a page: an SVG path of dark squares, one unit each, and the number of units on each side of the
/// picture, including the quiet zone that scanners need.
public record QrPicture(int size, String path) {
    static final int QUIET_ZONE = 4;

    /// What the codes of pages and short links add to their address, so that scans are counted apart. As short as can
    /// be: more text is smaller squares.
    public static final String SCANNED = "?qr";

    /// The part of each side that a logo covers: a sixteenth of the squares, and the code makes up for more than a
    /// quarter of them.
    private static final double COVERED = .25;

    public static QrPicture of(String text) {
        return of(modules(text, false));
    }

    /// @param covered whether a logo covers the middle
    public static QrPicture of(String text, boolean covered) {
        return of(modules(text, covered));
    }

    private static QrPicture of(ByteMatrix modules) {
        var path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                int length = darkFrom(modules, x, y);
                if (length > 0) {
                    path.append('M').append(x + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
                    path.append('h')
                            .append(length)
                            .append("v1h-")
                            .append(length)
                            .append('z');
                    x += length - 1;
                }
            }
        }
        return new QrPicture(modules.getWidth() + 2 * QUIET_ZONE, path.toString());
    }

    /// Returns the squares on each side of the place for a logo: an odd number, as that of all squares is.
    public int hole() {
        return (int) ((size - 2 * QUIET_ZONE) * COVERED / 2) * 2 + 1;
    }

    /// Returns where the place for a logo begins, from the left and the top.
    public int holeAt() {
        return (size - hole()) / 2;
    }

    /// Returns the longest side of a logo, which has a margin in its place.
    public int logoSize() {
        return hole() - 1;
    }

    /// Returns the squares; dark ones are 1.
    ///
    /// @param covered whether a logo covers some, so that the code has to bear more damage
    static ByteMatrix modules(String text, boolean covered) {
        try {
            ErrorCorrectionLevel level = covered ? ErrorCorrectionLevel.H : ErrorCorrectionLevel.M;
            return Encoder.encode(text, level, hints(text)).getMatrix();
        } catch (WriterException failure) {
            throw new IllegalArgumentException("Too long for a QR code", failure);
        }
    }

    /// Returns the hints. The character set is declared only if needed, so that the code of plain text stays as small
    /// as possible.
    private static Map<EncodeHintType, ?> hints(String text) {
        boolean plain = text.chars().allMatch(letter -> letter < 0x80);
        return plain ? Map.of() : Map.of(EncodeHintType.CHARACTER_SET, "UTF-8");
    }

    /// Returns the number of adjacent dark squares from here.
    private static int darkFrom(ByteMatrix modules, int x, int y) {
        int end = x;
        while (end < modules.getWidth() && modules.get(end, y) == 1) {
            end++;
        }
        return end - x;
    }
}
