package dev.banyan.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrPictureTest {

    private static final int PIXELS = 4;

    /// Painted from the path as a browser paints it, and read as a phone reads it.
    @Test
    void whatIsDrawnCanBeScanned() throws Exception {
        String text = "2@" + "aB3-_".repeat(8) + "xyz";
        QrPicture code = QrPicture.of(text);
        int side = code.size() * PIXELS;
        var dark = new boolean[side][side];
        var runs = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z").matcher(code.path());
        while (runs.find()) {
            for (int x = 0; x < Integer.parseInt(runs.group(3)) * PIXELS; x++) {
                for (int y = 0; y < PIXELS; y++) {
                    dark[Integer.parseInt(runs.group(2)) * PIXELS + y][Integer.parseInt(runs.group(1)) * PIXELS + x] =
                            true;
                }
            }
        }

        var bitmap = new BinaryBitmap(new GlobalHistogramBinarizer(new Painted(dark)));
        assertThat(new QRCodeReader().decode(bitmap).getText()).isEqualTo(text);
    }

    private static final class Painted extends LuminanceSource {

        private final boolean[][] dark;

        private Painted(boolean[][] dark) {
            super(dark.length, dark.length);
            this.dark = dark;
        }

        @Override
        public byte[] getRow(int y, byte[] row) {
            byte[] filled = row != null && row.length >= getWidth() ? row : new byte[getWidth()];
            for (int x = 0; x < getWidth(); x++) {
                filled[x] = (byte) (dark[y][x] ? 0 : 255);
            }
            return filled;
        }

        @Override
        public byte[] getMatrix() {
            var matrix = new byte[getWidth() * getHeight()];
            for (int y = 0; y < getHeight(); y++) {
                System.arraycopy(getRow(y, new byte[0]), 0, matrix, y * getWidth(), getWidth());
            }
            return matrix;
        }
    }
}
