package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Keyed;

/// The uses of pictures, with the largest size that a page needs.
///
/// Larger pictures are reduced, keeping their proportions.
public enum PictureUse implements Keyed {
    AVATAR(512, 512),
    LOGO(800, 400),
    WALLPAPER(1_920, 1_920),
    VIDEO(0, 0),
    THUMBNAIL(400, 400);

    final int width;
    final int height;

    PictureUse(int width, int height) {
        this.width = width;
        this.height = height;
    }
}
