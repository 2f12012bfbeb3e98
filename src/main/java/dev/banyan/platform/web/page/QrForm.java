package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.WebAddresses;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// How a page asks for the look of a QR code. The addresses of the page and of the files carry it; nothing is stored.
///
/// @param color of the squares, as typed
/// @param logo whether the picture is in the middle
/// @param picture the path of the picture that can be; empty if there is none
public record QrForm(String color, String background, boolean logo, Optional<String> picture) {

    private static final String BLACK = "#000000";
    private static final String WHITE = "#ffffff";
    private static final Pattern HEX = Pattern.compile("#?[0-9a-fA-F]{6}");

    /// @param query reads a parameter of the address
    public static QrForm of(Function<String, Optional<String>> query, Optional<String> picture) {
        return new QrForm(
                query.apply("color").filter(typed -> !typed.isBlank()).orElse(BLACK),
                query.apply("background").filter(typed -> !typed.isBlank()).orElse(WHITE),
                picture.isPresent() && query.apply("logo").isPresent(),
                picture);
    }

    public FieldErrors errors() {
        var messages = new LinkedHashMap<String, String>();
        Map.of("color", color, "background", background).forEach((field, typed) -> {
            if (!HEX.matcher(typed).matches()) {
                messages.put(field, "Enter a color such as #0b5d4e.");
            }
        });
        if (messages.isEmpty() && !look(_ -> Optional.empty()).isReadable()) {
            messages.put("color", "Phones can’t scan this. Use a dark color on a light background.");
        }
        return new FieldErrors(messages);
    }

    /// Returns the look; black on white if a color was refused.
    ///
    /// @param read returns the bytes of a picture, by its path
    public QrLook look(Function<String, Optional<byte[]>> read) {
        boolean known = HEX.matcher(color).matches() && HEX.matcher(background).matches();
        Optional<BufferedImage> image = picture.filter(_ -> logo).flatMap(read).flatMap(QrForm::decoded);
        return known
                ? new QrLook(rgb(color), rgb(background), image)
                : new QrLook(QrLook.PLAIN.ink(), QrLook.PLAIN.ground(), image);
    }

    private static int rgb(String typed) {
        return Integer.parseInt(typed.replace("#", ""), 16);
    }

    private static Optional<BufferedImage> decoded(byte[] bytes) {
        try {
            return Optional.ofNullable(ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))));
        } catch (IOException _) {
            return Optional.empty(); // a code without its logo still leads there
        }
    }

    /// Returns the part of an address that carries the look; empty for black on white.
    public String query() {
        String colors = color.equals(BLACK) && background.equals(WHITE)
                ? ""
                : "&color=" + WebAddresses.encoded(color) + "&background=" + WebAddresses.encoded(background);
        return colors + (logo ? "&logo=true" : "");
    }

    /// Returns the color for the picker, which knows no other notation.
    public String pickedColor() {
        return picked(color, BLACK);
    }

    public String pickedBackground() {
        return picked(background, WHITE);
    }

    private static String picked(String typed, String usual) {
        return HEX.matcher(typed).matches() ? String.format(Locale.ROOT, "#%06x", rgb(typed)) : usual;
    }
}
