package dev.banyan.platform.web.docs;

import module java.base;
import dev.banyan.platform.PackedFile;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// A picture of a document, and its size, with which browsers keep its place before it's there.
record DocumentPicture(String type, byte[] bytes, int width, int height) {

    private static final Pattern SVG_SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");

    /// @param path its address, which is its name in the program as well
    static DocumentPicture of(String path) {
        byte[] bytes = PackedFile.bytes(DocumentPicture.class, path);
        return path.endsWith(".svg") ? ofSvg(bytes) : ofWebp(bytes);
    }

    private static DocumentPicture ofSvg(byte[] bytes) {
        Matcher size = SVG_SIZE.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (!size.find()) {
            throw new IllegalStateException("An SVG picture needs a viewBox from 0 0");
        }
        return new DocumentPicture(
                "image/svg+xml", bytes, Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }

    private static DocumentPicture ofWebp(byte[] bytes) {
        ImageReader reader = ImageIO.getImageReadersByMIMEType("image/webp").next();
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(input);
            return new DocumentPicture("image/webp", bytes, reader.getWidth(0), reader.getHeight(0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            reader.dispose();
        }
    }
}
