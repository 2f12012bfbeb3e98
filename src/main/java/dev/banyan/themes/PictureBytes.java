package dev.banyan.themes;

import module java.base;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.tika.Tika;

/// Converts uploaded or fetched media: detects the type by the bytes and ignores the name, decodes the picture, turns
/// it upright, reduces it, and encodes it again, so that no other content of the file remains. Of an animation, the
/// first frame is kept.
final class PictureBytes {

    private static final long MOST_PIXELS = 50_000_000;
    private static final float QUALITY = .85f;
    private static final int AT_ONCE = 2;
    private static final Set<String> READABLE = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final Set<String> FILMS = Set.of("video/mp4", "video/webm");

    private static final String CUT_OFF = "Part of this picture is missing. Upload it again.";
    private static final Pattern MISSING =
            Pattern.compile("Corrupt JPEG data: (?:premature end|[0-9]{3,} extraneous bytes)");

    /// The result of the conversion.
    sealed interface DecodeResult {

        /// @param width 0 for a video
        record Good(byte[] bytes, String type, String ending, int width, int height) implements DecodeResult {}

        /// @param why a full sentence for people
        record Bad(String why) implements DecodeResult {}
    }

    /// Decoding a large picture takes memory, so only a few are decoded at a time.
    private final Semaphore reading = new Semaphore(AT_ONCE, true);

    /// Reads its long list of types with the first picture, not with each start of the server.
    private static final class Types {
        static final Tika TIKA = new Tika();
    }

    DecodeResult make(byte[] given, PictureUse use) {
        return make(given, use, Crop.NONE);
    }

    DecodeResult make(byte[] given, PictureUse use, Crop crop) {
        if (given.length == 0) {
            return new DecodeResult.Bad("Choose a file first.");
        }
        if (given.length > Pictures.LARGEST) {
            return new DecodeResult.Bad("The file must be 10 MB or smaller.");
        }
        String type = Types.TIKA.detect(given);
        if (use == PictureUse.VIDEO) {
            return FILMS.contains(film(given, type))
                    ? new DecodeResult.Good(
                            given, film(given, type), film(given, type).substring("video/".length()), 0, 0)
                    : new DecodeResult.Bad("Use an MP4 or WebM video.");
        }
        if (!READABLE.contains(type)) {
            return new DecodeResult.Bad("Use a PNG, JPEG, WebP or GIF picture.");
        }
        if (isCutOff(given)) {
            return new DecodeResult.Bad(CUT_OFF);
        }
        reading.acquireUninterruptibly();
        try {
            return draw(given, use, crop, type.equals("image/jpeg") ? Orientation.of(given) : Orientation.UPRIGHT);
        } catch (IOException | RuntimeException _) {
            // Decoders throw all kinds of exceptions on damaged data.
            return new DecodeResult.Bad("We can’t read this picture. It may be damaged.");
        } finally {
            reading.release();
        }
    }

    /// Returns the type of a video. WebM is detected as Matroska if the name is ignored.
    private static String film(byte[] given, String detected) {
        boolean matroska = detected.equals("application/x-matroska") || detected.equals("video/x-matroska");
        String head = head(given, 64);
        return matroska && head.contains("webm") ? "video/webm" : detected;
    }

    private static DecodeResult draw(byte[] given, PictureUse use, Crop crop, Orientation orientation)
            throws IOException {
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(given))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return new DecodeResult.Bad("We can’t read this picture. It may be damaged.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                var isCutOff = new AtomicBoolean();
                reader.addIIOReadWarningListener((_, warning) -> isCutOff.compareAndSet(false, isCutOff(warning)));
                long width = reader.getWidth(0);
                long height = reader.getHeight(0);
                if (width * height > MOST_PIXELS) {
                    return new DecodeResult.Bad("The picture must have 50 million pixels or fewer.");
                }
                ImageReadParam wanted = reader.getDefaultReadParam();
                long wide = 2L * use.width * crop.zoom() / 100; // twice of what is kept, for smooth edges
                long high = 2L * use.height * crop.zoom() / 100;
                int every = (int) Math.max(1, Math.min(width / wide, height / high));
                wanted.setSourceSubsampling(every, every, 0, 0);
                BufferedImage read = onScreen(reader.read(0, wanted));
                return isCutOff.get() ? new DecodeResult.Bad(CUT_OFF) : write(smaller(read, orientation, use, crop));
            } finally {
                reader.dispose();
            }
        }
    }

    /// Returns a picture in inks as browsers show it. The JDK takes inks without a profile for linear light, which
    /// makes them pale.
    private static BufferedImage onScreen(BufferedImage read) {
        ColorSpace colors = read.getColorModel().getColorSpace();
        if (colors.getType() != ColorSpace.TYPE_CMYK || colors instanceof ICC_ColorSpace) {
            return read;
        }
        var drawn = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] inks = new int[4];
        int[] lights = new int[3];
        for (int y = 0; y < read.getHeight(); y++) {
            for (int x = 0; x < read.getWidth(); x++) {
                read.getRaster().getPixel(x, y, inks);
                for (int i = 0; i < lights.length; i++) {
                    lights[i] = (255 - inks[i]) * (255 - inks[3]) / 255;
                }
                drawn.getRaster().setPixel(x, y, lights);
            }
        }
        return drawn;
    }

    /// Returns true if the JPEG decoder paints what is missing grey, instead of failing as the others do. A missing end
    /// marker alone is no loss, nor are a few bytes too many, as cameras write them.
    private static boolean isCutOff(String warning) {
        return MISSING.matcher(warning).lookingAt();
    }

    /// Returns true for a WebP picture that is shorter than it says, whose decoder leaves the rest empty. A last byte
    /// that only fills up is left out by some programs.
    private static boolean isCutOff(byte[] given) {
        return head(given, 4).equals("RIFF")
                && given.length > 8
                && ByteBuffer.wrap(given).order(ByteOrder.LITTLE_ENDIAN).getInt(4) + 7L > given.length;
    }

    /// Returns true if the file has more than one frame.
    static boolean isAnimated(byte[] given) {
        String head = head(given, 4_096);
        if (head.startsWith("GIF8")) {
            return frames(given) > 1;
        }
        return head.startsWith("RIFF") && head.startsWith("WEBPVP8X", 8) && given.length > 20 && (given[20] & 2) != 0
                || head.startsWith("\u0089PNG") && isAnimatedPng(head(given, given.length));
    }

    /// Returns true if there is a note of frames before the picture. Others, and long texts, may come before it.
    private static boolean isAnimatedPng(String png) {
        int frames = png.indexOf("acTL");
        return frames >= 0 && frames < png.indexOf("IDAT");
    }

    private static int frames(byte[] gif) {
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(gif))) {
            ImageReader reader = ImageIO.getImageReaders(input).next();
            try {
                reader.setInput(input, false, true);
                return reader.getNumImages(true);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException _) {
            return 0; // damaged
        }
    }

    private static String head(byte[] given, int most) {
        return new String(given, 0, Math.min(given.length, most), StandardCharsets.ISO_8859_1);
    }

    private static BufferedImage smaller(BufferedImage read, Orientation orientation, PictureUse use, Crop crop) {
        Rectangle part = orientation.turned()
                ? crop.of(read.getHeight(), read.getWidth())
                : crop.of(read.getWidth(), read.getHeight());
        int width = part.width;
        int height = part.height;
        double scale = Math.min(1, Math.min(use.width / (double) width, use.height / (double) height));
        boolean clear = read.getColorModel().hasAlpha();
        var drawn = new BufferedImage(
                (int) Math.max(1, Math.round(width * scale)),
                (int) Math.max(1, Math.round(height * scale)),
                clear ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        var graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        AffineTransform place = AffineTransform.getScaleInstance(scale, scale);
        place.translate(-part.x, -part.y);
        place.concatenate(orientation.turn(read.getWidth(), read.getHeight()));
        graphics.drawImage(read, place, null);
        graphics.dispose();
        return drawn;
    }

    private static DecodeResult write(BufferedImage drawn) throws IOException {
        boolean clear = drawn.getColorModel().hasAlpha();
        var out = new ByteArrayOutputStream();
        ImageWriter writer =
                ImageIO.getImageWritersByFormatName(clear ? "png" : "jpeg").next();
        try (var output = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(output);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (!clear) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(drawn, null, null), how);
        } finally {
            writer.dispose();
        }
        return new DecodeResult.Good(
                out.toByteArray(),
                clear ? "image/png" : "image/jpeg",
                clear ? "png" : "jpg",
                drawn.getWidth(),
                drawn.getHeight());
    }
}
