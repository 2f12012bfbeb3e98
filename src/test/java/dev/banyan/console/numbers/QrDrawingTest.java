package dev.banyan.console.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrDrawingTest {

    private static final int PIXELS = 6;
    private static final int QUIET_ZONE = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2",
                "2@Xk3nQzJ8rT0vYb5mLw7sPd1gHf4cAe6iUo9jNq2tRx8kVz3yMb,Wl7pGh5aSd2fCj4kZx9vBn1mQw6eRt8yUi3oPl0a=,Tz4x"
                        + "Cv7bNm1qWe3rTy5uIo9pAs2dFg4hJk6lZx8cVb0nQm=,Hj5kLz7xCv9bNm2qWe4rTy6uIo8pAs1dFg3hJk0lZx=,1"
            })
    void whatIsDrawnReadsTheSame(String content) throws ReaderException {
        assertThat(read(QrDrawing.of(content))).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2@short", "2@a longer one, so that the number of rows is another one altogether"})
    void fourModulesAroundItAreLightAndAllLinesAreEquallyLong(String content) {
        List<String> lines = QrDrawing.of(content).lines().toList();

        assertThat(lines).allMatch(line -> line.length() == lines.getFirst().length());
        assertThat(lines.subList(0, QUIET_ZONE / 2)).allMatch(line -> line.matches("█+"));
        assertThat(lines.getLast()).matches("█+|▀+");
        assertThat(lines).allMatch(line -> line.startsWith("████") && line.endsWith("████") || line.matches("▀+"));
    }

    @Test
    void whatNoCodeCanHoldIsRefused() {
        assertThatThrownBy(() -> QrDrawing.of("x".repeat(5_000))).isInstanceOf(IllegalArgumentException.class);
    }

    /// Renders the drawing like a terminal, light blocks on black, and decodes it.
    private static String read(String drawing) throws ReaderException {
        List<String> lines = drawing.lines().toList();
        int width = lines.getFirst().length() * PIXELS;
        int height = lines.size() * 2 * PIXELS;
        var pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char block = lines.get(y / (2 * PIXELS)).charAt(x / PIXELS);
                boolean upper = y / PIXELS % 2 == 0;
                boolean light = block == '█' || block == (upper ? '▀' : '▄');
                pixels[y * width + x] = light ? 0xFFFFFF : 0;
            }
        }
        LuminanceSource photograph = new RGBLuminanceSource(width, height, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(photograph)))
                .getText();
    }
}
