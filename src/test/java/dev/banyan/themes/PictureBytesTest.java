package dev.banyan.themes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import java.awt.Color;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureBytesTest {

    /// One pixel.
    private static final String WEBP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
    /// 16 × 16 pixels of purple in inks, without a profile.
    private static final String INKS =
            "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBg"
                    + "gLCAkKCgoKCgYICwwLCgwJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK"
                    + "CgoKCgoKCgoKCgoKCgoKCgoKCgoK/8AAFAgAEAAQBAERAAIRAQMRAQQRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAG/8"
                    + "QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAAJ/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/a"
                    + "AA4EAQACEQMRBAAAPwCfTzTDS4AAAD//2Q==";
    private static final byte[] SECRET = "taken at home".getBytes(StandardCharsets.US_ASCII);

    private final PictureBytes pictures = new PictureBytes();

    /// The left half red, the right half blue.
    private static byte[] picture(int width, int height, String format, int type) throws IOException {
        var image = new BufferedImage(width, height, type);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private PictureBytes.DecodeResult.Good good(byte[] bytes, PictureUse use) {
        PictureBytes.DecodeResult made = pictures.make(bytes, use);
        assertThat(made).isInstanceOf(PictureBytes.DecodeResult.Good.class);
        return (PictureBytes.DecodeResult.Good) made;
    }

    private String why(byte[] bytes, PictureUse use) {
        PictureBytes.DecodeResult made = pictures.make(bytes, use);
        assertThat(made).isInstanceOf(PictureBytes.DecodeResult.Bad.class);
        return ((PictureBytes.DecodeResult.Bad) made).why();
    }

    @Test
    void largeOnesAreMadeSmallerAndKeepTheirShape() throws IOException {
        PictureBytes.DecodeResult.Good made =
                good(picture(3_000, 1_500, "jpg", BufferedImage.TYPE_INT_RGB), PictureUse.AVATAR);
        assertThat(made.type()).isEqualTo("image/jpeg");
        assertThat(made.width()).isEqualTo(512);
        assertThat(made.height()).isEqualTo(256);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(made.bytes()));
        assertThat(new Color(read.getRGB(20, 100)).getRed()).isGreaterThan(200);
        assertThat(new Color(read.getRGB(490, 100)).getBlue()).isGreaterThan(200);
    }

    @Test
    void smallOnesStayAndWhatIsClearStaysClear() throws IOException {
        PictureBytes.DecodeResult.Good made =
                good(picture(40, 30, "png", BufferedImage.TYPE_INT_ARGB), PictureUse.LOGO);
        assertThat(made.type()).isEqualTo("image/png");
        assertThat(made.width()).isEqualTo(40);
        assertThat(made.height()).isEqualTo(30);
    }

    @Test
    void gifsAndWebpsAreDrawnAnew() throws IOException {
        assertThat(good(picture(20, 20, "gif", BufferedImage.TYPE_INT_RGB), PictureUse.THUMBNAIL)
                        .type())
                .isIn("image/png", "image/jpeg");
        assertThat(good(Base64.getDecoder().decode(WEBP), PictureUse.THUMBNAIL).width())
                .isEqualTo(1);
    }

    @Test
    void nothingElseThatWasInTheFileIsLeft() throws IOException {
        byte[] png = picture(20, 20, "png", BufferedImage.TYPE_INT_RGB);
        byte[] written = withText(png);
        assertThat(holds(written)).isTrue();
        assertThat(holds(good(written, PictureUse.AVATAR).bytes())).isFalse();

        byte[] jpeg = withExif(picture(20, 20, "jpg", BufferedImage.TYPE_INT_RGB), 1);
        assertThat(holds(jpeg)).isTrue();
        assertThat(holds(good(jpeg, PictureUse.AVATAR).bytes())).isFalse();
    }

    private static boolean holds(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(SECRET, StandardCharsets.US_ASCII));
    }

    /// Adds a chunk of text after the header.
    private static byte[] withText(byte[] png) {
        int header = 33;
        byte[] content =
                ("tEXtComment\0" + new String(SECRET, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.ISO_8859_1);
        var crc = new CRC32();
        crc.update(content);
        var out = new ByteArrayOutputStream();
        out.write(png, 0, header);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length - 4).array());
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        out.write(png, header, png.length - header);
        return out.toByteArray();
    }

    /// Adds EXIF data as a camera does: orientation and position.
    private static byte[] withExif(byte[] jpeg, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(26 + SECRET.length);
        tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        tiff.putShort((short) 1);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        tiff.putInt(0).put(SECRET);
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1});
        out.writeBytes(ByteBuffer.allocate(2)
                .putShort((short) (2 + 6 + tiff.capacity()))
                .array());
        out.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(tiff.array());
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /// Checks where red, the left half, is afterwards: the camera's numbers say how the picture has to be turned.
    @Test
    void picturesAreTurnedAsTheirCameraSays() throws IOException {
        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] jpeg = withExif(picture(64, 32, "jpg", BufferedImage.TYPE_INT_RGB), orientation);
            PictureBytes.DecodeResult.Good made = good(jpeg, PictureUse.AVATAR);
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(made.bytes()));
            assertThat(made.width()).as("orientation %d", orientation).isEqualTo(orientation >= 5 ? 32 : 64);
            boolean left = red(read, 4, read.getHeight() / 2);
            boolean top = red(read, read.getWidth() / 2, 4);
            switch (orientation) {
                case 1, 4 -> assertThat(left).as("orientation %d", orientation).isTrue();
                case 2, 3 -> assertThat(left).as("orientation %d", orientation).isFalse();
                case 5, 6 -> assertThat(top).as("orientation %d", orientation).isTrue();
                default -> assertThat(top).as("orientation %d", orientation).isFalse();
            }
        }
    }

    private static boolean red(BufferedImage image, int x, int y) {
        return new Color(image.getRGB(x, y)).getRed() > 150;
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        byte[] png = picture(20, 20, "png", BufferedImage.TYPE_INT_RGB);
        assertThat(why(new byte[0], PictureUse.AVATAR)).isEqualTo("Choose a file first.");
        assertThat(why("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8), PictureUse.AVATAR))
                .contains("PNG, JPEG, WebP or GIF");
        assertThat(why("<html><script>".getBytes(StandardCharsets.UTF_8), PictureUse.AVATAR))
                .contains("PNG");
        assertThat(why(Arrays.copyOf(png, 40), PictureUse.AVATAR)).contains("damaged");
        assertThat(why(new byte[Pictures.LARGEST + 1], PictureUse.AVATAR)).contains("10 MB");
        assertThat(why(png, PictureUse.VIDEO)).contains("MP4 or WebM");
    }

    /// A JPEG decoder paints what is missing grey. Other decoders fail.
    @Test
    void aPictureWithoutItsEndIsRefused() throws IOException {
        for (String format : List.of("jpg", "png", "gif")) {
            byte[] whole = noise(format);
            for (int cut : new int[] {whole.length / 2, whole.length - 100}) {
                byte[] part = Arrays.copyOf(whole, cut);
                assertThat(pictures.make(part, PictureUse.AVATAR))
                        .as("%s of %d bytes, of %d", format, cut, whole.length)
                        .isInstanceOf(PictureBytes.DecodeResult.Bad.class);
            }
        }
        byte[] jpeg = noise("jpg");
        byte[] ended = Arrays.copyOf(jpeg, jpeg.length / 2);
        ended[ended.length - 2] = (byte) 0xFF;
        ended[ended.length - 1] = (byte) 0xD9;
        assertThat(why(ended, PictureUse.AVATAR)).isEqualTo("Part of this picture is missing. Upload it again.");
        byte[] zeros = Arrays.copyOf(Arrays.copyOf(jpeg, jpeg.length / 2), jpeg.length); // as a download is begun
        assertThat(why(zeros, PictureUse.AVATAR)).isEqualTo("Part of this picture is missing. Upload it again.");
        byte[] webp = Base64.getDecoder().decode(WEBP);
        good(Arrays.copyOf(webp, webp.length + 20), PictureUse.AVATAR);
        webp[4] += 2;
        assertThat(why(webp, PictureUse.AVATAR)).isEqualTo("Part of this picture is missing. Upload it again.");
        good(Arrays.copyOf(jpeg, jpeg.length - 2), PictureUse.AVATAR); // only without the end marker
        good(Arrays.copyOf(jpeg, jpeg.length + 500), PictureUse.AVATAR);
    }

    private static byte[] noise(String format) throws IOException {
        var image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int at = 0; at < 40_000; at++) {
            image.setRGB(at % 200, at / 200, random.nextInt());
        }
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    @Test
    void inksAreAsBrightAsInABrowser() throws IOException {
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(
                good(Base64.getDecoder().decode(INKS), PictureUse.LOGO).bytes()));

        var color = new Color(drawn.getRGB(8, 8));
        assertThat(color.getRed()).isCloseTo(114, within(6));
        assertThat(color.getGreen()).isCloseTo(26, within(6));
        assertThat(color.getBlue()).isCloseTo(118, within(6));
    }

    @Test
    void animationsAreKnown() throws IOException {
        assertThat(PictureBytes.isAnimated(TestPictures.gif(1))).isFalse();
        assertThat(PictureBytes.isAnimated(TestPictures.gif(3))).isTrue();
        good(TestPictures.gif(3), PictureUse.AVATAR);
        assertThat(PictureBytes.isAnimated(Arrays.copyOf(TestPictures.gif(3), 20)))
                .isFalse();
        assertThat(PictureBytes.isAnimated(noise("png"))).isFalse();
        byte[] webp = Base64.getDecoder().decode(WEBP);
        assertThat(PictureBytes.isAnimated(webp)).isFalse();
        byte[] moving = Arrays.copyOf(webp, 64);
        System.arraycopy("VP8X".getBytes(StandardCharsets.US_ASCII), 0, moving, 12, 4);
        moving[20] = 2;
        assertThat(PictureBytes.isAnimated(moving)).isTrue();
        // Long texts may come before what says that a PNG moves.
        String still = "\u0089PNG" + "iTXt" + "x".repeat(9_000);
        assertThat(PictureBytes.isAnimated((still + "acTL IDAT fdAT").getBytes(StandardCharsets.ISO_8859_1)))
                .isTrue();
        assertThat(PictureBytes.isAnimated((still + "IDAT acTL").getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
    }

    /// A few bytes that claim to be a huge picture.
    @Test
    void aPictureThatUnpacksToTooMuchIsRefusedByItsHeader() throws IOException {
        byte[] png = picture(20, 20, "png", BufferedImage.TYPE_INT_RGB);
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        assertThat(why(png, PictureUse.WALLPAPER)).contains("50 million pixels");
    }

    @Test
    void videosAreToldByTheirFirstBytes() {
        byte[] mp4 = new byte[64];
        ByteBuffer.wrap(mp4).putInt(24).put("ftypmp42".getBytes(StandardCharsets.US_ASCII));
        assertThat(good(mp4, PictureUse.VIDEO).type()).isEqualTo("video/mp4");
        byte[] webm = new byte[64];
        ByteBuffer.wrap(webm)
                .putInt(0x1A45DFA3)
                .put((byte) 0x9F)
                .putShort((short) 0x4282)
                .put((byte) 0x84)
                .put("webm".getBytes(StandardCharsets.US_ASCII));
        assertThat(good(webm, PictureUse.VIDEO).type()).isEqualTo("video/webm");
    }
}
