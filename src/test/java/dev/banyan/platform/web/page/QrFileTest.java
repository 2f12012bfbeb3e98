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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrFileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"https://links.example/harbour", "https://links.example/go/018f0000-0000-7000-8000-000000000000"
            })
    void scannersReadThePicture(String address) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(QrFile.png(address)));
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), new int[width * image.getHeight()], 0, width);
        LuminanceSource source = new RGBLuminanceSource(width, image.getHeight(), pixels);

        String read = new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();

        assertThat(read).isEqualTo(address);
    }
}
