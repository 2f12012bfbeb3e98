package dev.banyan.themes;

import module java.base;

/// Gives one account's look to another: colors, fonts, shapes and backgrounds, but not what shows whose page it is. The
/// profile picture, the logo and the texts of the header stay with their account.
public final class AppearanceCopies {

    private static final List<PictureUse> BACKGROUNDS = List.of(PictureUse.WALLPAPER, PictureUse.VIDEO);

    private AppearanceCopies() {}

    /// Returns the ids of the pictures that a copy of the stored look needs.
    public static Set<String> pictures(String look) {
        return pictures(AppearanceDocument.read(look));
    }

    public static Set<String> pictures(Appearance look) {
        return Stream.of(look.wallpaper().image(), look.wallpaper().video())
                .flatMap(Optional::stream)
                .filter(Picture::isHere)
                .map(Picture::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Returns the stored form of a look for a new page.
    ///
    /// @param copies the pictures of the new page's account, by the ids that the look names
    public static String forNewPage(String look, Map<String, Picture> copies, Optional<Picture> profile) {
        Appearance read = AppearanceDocument.read(look);
        return AppearanceDocument.write(forOther(read, Appearance.DEFAULT.with(PictureUse.AVATAR, profile), copies)
                .withLanguage(read.language()));
    }

    /// Returns the stored form of the default look with a profile picture.
    public static String withProfile(Picture profile) {
        return AppearanceDocument.write(Appearance.DEFAULT.with(PictureUse.AVATAR, Optional.of(profile)));
    }

    /// Returns a look with what shows whose page it is taken from another one.
    ///
    /// @param copies the pictures of that one's account, by the ids that the look names; a picture without a copy
    ///     is left out
    public static Appearance forOther(Appearance look, Appearance other, Map<String, Picture> copies) {
        var header = new Appearance.Header(
                look.header().profileLayout(),
                other.header().titleStyle(),
                other.header().logo(),
                other.header().displayName(),
                other.header().bio());
        Appearance copy =
                look.withHeader(header).withProfileImage(other.profileImage()).withLanguage(other.language());
        for (PictureUse use : BACKGROUNDS) {
            copy = copy.with(use, look.media(use).flatMap(picture -> Optional.ofNullable(copies.get(picture.id()))));
        }
        return copy;
    }

    /// Returns all pictures that the stored look shows, with their uses.
    public static Map<String, PictureUse> uses(String look) {
        Appearance read = AppearanceDocument.read(look);
        var uses = new LinkedHashMap<String, PictureUse>();
        for (PictureUse use : PictureUse.values()) {
            read.media(use).filter(Picture::isHere).ifPresent(picture -> uses.putIfAbsent(picture.id(), use));
        }
        return uses;
    }

    /// Returns the stored form of the same look in another account, which is still the same brand: what shows whose
    /// page it is comes along. What is not understood is left out.
    ///
    /// @param copies the pictures of the other account, by the ids that the look names; a picture without a copy is
    ///     left out
    public static String moved(String look, Map<String, Picture> copies) {
        Appearance moved = AppearanceDocument.read(look);
        for (PictureUse use : PictureUse.values()) {
            moved = moved.with(use, moved.media(use).flatMap(picture -> Optional.ofNullable(copies.get(picture.id()))));
        }
        return AppearanceDocument.write(moved);
    }
}
