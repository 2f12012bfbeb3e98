package dev.banyan.platform.web.page;

import module java.base;
import java.awt.image.BufferedImage;

/// The colors of a QR code, and a logo in its middle. Scanners need dark squares on a light ground.
///
/// @param ink of the squares, eight bits for each color
/// @param logo covers squares, which the code then makes up for
public record QrLook(int ink, int ground, Optional<BufferedImage> logo) {
    public static final QrLook PLAIN = new QrLook(0x000000, 0xFFFFFF, Optional.empty());

    /// The contrast that cameras still read in bad light (WCAG's for text).
    private static final double READABLE = 4.5;

    private static final int BITS = 8;

    /// Returns whether scanners tell the squares from the ground.
    boolean isReadable() {
        return (luminance(ground) + .05) / (luminance(ink) + .05) >= READABLE;
    }

    private static double luminance(int rgb) {
        return .2126 * linear(rgb >> 2 * BITS) + .7152 * linear(rgb >> BITS) + .0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xFF) / 255.0;
        return share <= .04045 ? share / 12.92 : Math.pow((share + .055) / 1.055, 2.4);
    }
}
