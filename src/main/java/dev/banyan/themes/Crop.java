package dev.banyan.themes;

import java.awt.Rectangle;

/// The part of a picture that is kept.
///
/// @param x where it lies from left (0) to right (100)
/// @param y where it lies from top (0) to bottom (100)
/// @param zoom in percent: at 100 it is as large as the picture allows, at 400 a quarter of that
/// @param ratio of its width to its height; 0 for that of the picture
public record Crop(int x, int y, int zoom, double ratio) {

    public static final int LARGEST_ZOOM = 400;

    /// Keeps all of a picture.
    public static final Crop NONE = new Crop(50, 50, 100, 0);

    public Crop {
        x = Math.clamp(x, 0, 100);
        y = Math.clamp(y, 0, 100);
        zoom = Math.clamp(zoom, 100, LARGEST_ZOOM);
    }

    /// Returns the part of a picture of this size.
    Rectangle of(int width, int height) {
        double shape = ratio > 0 ? ratio : width / (double) height;
        double widest = Math.min(width, height * shape);
        int partWidth = (int) Math.max(1, Math.round(widest * 100 / zoom));
        int partHeight = (int) Math.max(1, Math.round(widest / shape * 100 / zoom));
        return new Rectangle(
                Math.round((width - partWidth) * x / 100f),
                Math.round((height - partHeight) * y / 100f),
                partWidth,
                partHeight);
    }
}
