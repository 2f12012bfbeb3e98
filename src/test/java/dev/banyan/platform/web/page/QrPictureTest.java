package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.google.zxing.ReaderException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrPictureTest {

    private static final int QUIET_ZONE = 4;
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    /// Decodes it like a phone.
    @ParameterizedTest
    @ValueSource(strings = {"2@abc123def456", "https://banyan.example/s/x7M2-marketing-department", "Türkçe, العربية"})
    void whatIsDrawnCanBeRead(String text) throws ReaderException {
        assertThat(new Decoder().decode(modules(QrPicture.of(text))).getText()).isEqualTo(text);
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> QrPicture.of("x".repeat(3_000))).isInstanceOf(IllegalArgumentException.class);
    }

    private static BitMatrix modules(QrPicture picture) {
        var modules = new BitMatrix(picture.size() - 2 * QUIET_ZONE);
        var runs = RUN.matcher(picture.path());
        int end = 0;
        while (runs.find()) {
            assertThat(runs.start()).as("nothing but runs").isEqualTo(end);
            end = runs.end();
            assertThat(runs.group(3)).isEqualTo(runs.group(4));
            for (int i = 0; i < Integer.parseInt(runs.group(3)); i++) {
                modules.set(
                        Integer.parseInt(runs.group(1)) - QUIET_ZONE + i, Integer.parseInt(runs.group(2)) - QUIET_ZONE);
            }
        }
        assertThat(end).isEqualTo(picture.path().length());
        return modules;
    }
}
