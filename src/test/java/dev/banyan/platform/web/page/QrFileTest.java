package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QrFileTest {

    private static final String SHORT = "https://links.example/harbour";
    private static final String LONG = "https://links.example/go/018f0000-0000-7000-8000-000000000000";

    @ParameterizedTest
    @ValueSource(strings = {SHORT, LONG})
    void scannersReadThePicture(String address) throws Exception {
        assertThat(read(QrFile.png(address, QrLook.PLAIN))).isEqualTo(address);
    }

    /// The lightest ink and the darkest ground that are allowed, a logo that is square, wide or high, and all of it.
    @ParameterizedTest
    @CsvSource({
        "767676, ffffff, 0, 0",
        "000000, 757575, 0, 0",
        "0b5d4e, f4efe6, 200, 200",
        "402060, ffffff, 300, 60",
        "402060, ffffff, 40, 400",
        "767676, ffffff, 512, 512"
    })
    void scannersReadColorsAndALogo(String ink, String ground, int width, int height) throws Exception {
        Optional<BufferedImage> logo = width == 0 ? Optional.empty() : Optional.of(checkered(width, height));
        var look = new QrLook(Integer.parseInt(ink, 16), Integer.parseInt(ground, 16), logo);

        assertThat(look.isReadable()).isTrue();
        for (String address : List.of(SHORT, LONG)) {
            byte[] png = QrFile.png(address, look);
            assertThat(read(png)).isEqualTo(address);
            assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(0, 0) & 0xFFFFFF)
                    .isEqualTo(look.ground());
        }
    }

    /// The worst logo: it looks like squares of a code.
    private static BufferedImage checkered(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x / 10 + y / 10) % 2 == 0 ? 0xFF000000 : 0xFFFFFFFF);
            }
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({"ffffff, 000000", "777777, ffffff", "000000, 747474", "ffd700, ffffff"})
    void whatScannersDoNotReadIsRefused(String ink, String ground) {
        assertThat(new QrLook(Integer.parseInt(ink, 16), Integer.parseInt(ground, 16), Optional.empty()).isReadable())
                .isFalse();
        assertThat(new QrForm(ink, "#" + ground, false, Optional.empty())
                        .errors()
                        .first())
                .isEqualTo("color");
    }

    @Test
    void theAddressOfAFileCarriesTheLook() {
        assertThat(QrForm.of(_ -> Optional.empty(), Optional.empty()).query()).isEmpty();
        Map<String, String> typed = Map.of("color", "#0b5d4e", "logo", "true");
        QrForm form = QrForm.of(name -> Optional.ofNullable(typed.get(name)), Optional.of("/media/x"));
        assertThat(form.query()).isEqualTo("&color=%230b5d4e&background=%23ffffff&logo=true");
        assertThat(form.errors().any()).isFalse();
        assertThat(form.look(_ -> Optional.empty())).isEqualTo(new QrLook(0x0B5D4E, 0xFFFFFF, Optional.empty()));
        assertThat(new QrForm("\"><script>", "red", false, Optional.empty())
                        .errors()
                        .messages())
                .containsOnlyKeys("color", "background");
    }

    @Test
    void anSvgBringsItsLogo() {
        String svg = QrFile.svg(SHORT, new QrLook(0x0B5D4E, 0xF4EFE6, Optional.of(checkered(200, 100))));
        assertThat(svg).contains("fill=\"#0b5d4e\"", "fill=\"#f4efe6\"", "href=\"data:image/png;base64,");
        assertThat(QrFile.svg(SHORT, QrLook.PLAIN)).doesNotContain("<image");
    }

    private static String read(byte[] png) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), new int[width * image.getHeight()], 0, width);
        LuminanceSource source = new RGBLuminanceSource(width, image.getHeight(), pixels);

        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }
}
