package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.themes.Picture;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The decoration of a link (LinkToMe contract 2.5).
///
/// @param icon the name of an icon or an emoji; empty for none
/// @param thumbnail as given: the address of a picture, an emoji or the name of an icon; empty for none
/// @param thumbnailImage our copy of the picture, if the thumbnail is one
public record LinkStyle(
        String icon,
        String thumbnail,
        Optional<ThumbnailType> thumbnailType,
        Optional<String> thumbnailImage,
        Layout layout,
        Animation animation) {

    public static final LinkStyle PLAIN =
            new LinkStyle("", "", Optional.empty(), Optional.empty(), Layout.CLASSIC, Animation.NONE);

    /// Returns the style with our copy of its picture in another account, or without a picture, so that visitors load
    /// nothing from elsewhere.
    LinkStyle withPicture(Optional<Picture> copy) {
        return new LinkStyle(
                icon,
                copy.map(Picture::source).orElse(""),
                copy.flatMap(_ -> thumbnailType),
                copy.map(Picture::id),
                layout,
                animation);
    }

    public enum ThumbnailType implements Keyed {
        ICON,
        IMAGE,
        EMOJI;

        static Optional<ThumbnailType> parse(String key) {
            return Keyed.parse(ThumbnailType.class, key);
        }
    }

    @Schema(name = "LinkLayout")
    public enum Layout implements Keyed {
        CLASSIC,
        FEATURED,
        THUMBNAIL_LEFT,
        THUMBNAIL_RIGHT;

        static Optional<Layout> parse(String key) {
            return Keyed.parse(Layout.class, key);
        }
    }

    @Schema(name = "LinkAnimation")
    public enum Animation implements Keyed {
        NONE,
        SHAKE,
        PULSE,
        BOUNCE,
        GLOW;

        static Optional<Animation> parse(String key) {
            return Keyed.parse(Animation.class, key);
        }
    }
}
