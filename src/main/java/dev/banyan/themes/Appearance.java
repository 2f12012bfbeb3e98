package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Language;

/// The appearance of a page (LinkToMe contract 2.6): validated values, and two texts that templates escape.
///
/// @param customTheme stored by the real client with the theme; not used for rendering
/// @param overrides the fields that are drawn on top of a named theme; the other fields are kept for the theme Custom,
///     which draws all of them
/// @param share whether the page has a button to share it
/// @param language of the words around the content; empty for the account's
/// @param legacy fields of old clients; not used for rendering
public record Appearance(
        Theme theme,
        boolean customTheme,
        Set<ThemeOverride> overrides,
        Header header,
        Optional<Picture> profileImage,
        Wallpaper wallpaper,
        Buttons buttons,
        Text text,
        boolean hideFooter,
        boolean share,
        Optional<Language> language,
        Legacy legacy) {

    private static final HexColor INK = HexColor.of("#010101");

    /// The appearance in the API before anything was chosen.
    public static final Appearance DEFAULT = new Appearance(
            Theme.CUSTOM,
            true,
            Set.of(),
            new Header(ProfileLayout.CLASSIC, TitleStyle.TEXT, Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            new Wallpaper(
                    WallpaperType.FILL,
                    Optional.of(HexColor.WHITE),
                    Optional.empty(),
                    Optional.empty(),
                    180,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    1),
            new Buttons(
                    ButtonType.SOLID,
                    Corners.ROUNDED,
                    Shadow.NONE,
                    HexColor.of("#e4e5e6"),
                    INK,
                    Optional.empty(),
                    Hover.NONE),
            new Text(Font.INTER, Font.INTER, INK, INK, TitleSize.SMALL, 0.9, 0.8),
            false,
            false,
            Optional.empty(),
            new Legacy(
                    Corners.ROUNDED,
                    Font.INTER,
                    LayoutStyle.CENTERED,
                    HexColor.BLACK,
                    HexColor.of("#666666"),
                    HexColor.WHITE,
                    HexColor.BLACK,
                    HexColor.WHITE,
                    Optional.empty()));

    /// A picture named by an address that is not fetched yet.
    ///
    /// @param field its name in the API
    public record Missing(String field, PictureUse use, String address) {}

    /// @param displayName empty for the account's
    /// @param bio empty for the account's
    public record Header(
            ProfileLayout profileLayout,
            TitleStyle titleStyle,
            Optional<Picture> logo,
            Optional<String> displayName,
            Optional<String> bio) {}

    public enum ProfileLayout implements Keyed {
        CLASSIC,
        HERO
    }

    public enum TitleStyle implements Keyed {
        TEXT,
        LOGO
    }

    /// @param color the bottom layer
    /// @param gradientDirection in degrees, 0 to 360
    /// @param blur 0 to 100
    /// @param opacity 0 to 1
    public record Wallpaper(
            WallpaperType type,
            Optional<HexColor> color,
            Optional<HexColor> gradientStart,
            Optional<HexColor> gradientEnd,
            int gradientDirection,
            Optional<PatternType> patternType,
            Optional<HexColor> patternColor,
            Optional<Picture> image,
            Optional<Picture> video,
            int blur,
            double opacity) {

        Wallpaper withColor(HexColor other) {
            return with(type, Optional.of(other), image, video);
        }

        Wallpaper withType(WallpaperType other) {
            return with(other, color, image, video);
        }

        Wallpaper withMedia(Optional<Picture> newImage, Optional<Picture> newVideo) {
            return with(type, color, newImage, newVideo);
        }

        private Wallpaper with(
                WallpaperType newType,
                Optional<HexColor> newColor,
                Optional<Picture> newImage,
                Optional<Picture> newVideo) {
            return new Wallpaper(
                    newType,
                    newColor,
                    gradientStart,
                    gradientEnd,
                    gradientDirection,
                    patternType,
                    patternColor,
                    newImage,
                    newVideo,
                    blur,
                    opacity);
        }
    }

    public enum WallpaperType implements Keyed {
        FILL,
        GRADIENT,
        BLUR,
        PATTERN,
        IMAGE,
        VIDEO
    }

    public enum PatternType implements Keyed {
        GRID,
        DOTS,
        LINES,
        WAVES,
        GEOMETRIC,
        HONEY
    }

    public record Buttons(
            ButtonType type,
            Corners corners,
            Shadow shadow,
            HexColor background,
            HexColor text,
            Optional<HexColor> border,
            Hover hover) {}

    public enum ButtonType implements Keyed {
        SOLID,
        GLASS,
        OUTLINE
    }

    public enum Corners implements Keyed {
        SQUARE,
        ROUNDED,
        PILL
    }

    public enum Shadow implements Keyed {
        NONE,
        SUBTLE,
        STRONG,
        HARD
    }

    public enum Hover implements Keyed {
        NONE,
        LIFT,
        GLOW,
        FILL
    }

    /// @param nameOpacity of the username, 0 to 1
    /// @param bioOpacity 0 to 1
    public record Text(
            Font titleFont,
            Font bodyFont,
            HexColor titleColor,
            HexColor pageColor,
            TitleSize titleSize,
            double nameOpacity,
            double bioOpacity) {}

    public enum TitleSize implements Keyed {
        SMALL,
        LARGE
    }

    /// @param gradient start and end
    public record Legacy(
            Corners buttonStyle,
            Font fontFamily,
            LayoutStyle layoutStyle,
            HexColor primary,
            HexColor secondary,
            HexColor background,
            HexColor buttonBackground,
            HexColor buttonText,
            Optional<Gradient> gradient) {}

    public record Gradient(HexColor start, HexColor end) {}

    public enum LayoutStyle implements Keyed {
        CENTERED,
        CARD
    }

    /// Returns the theme that the page wears. The contract has no name for the look of a page without any setting:
    /// there it is the theme Custom without a colour of its own.
    public Theme worn() {
        return theme == Theme.CUSTOM && !hasOwnColors() ? Theme.LAGOON : theme;
    }

    private boolean hasOwnColors() {
        return ThemeOverride.between(this, DEFAULT).stream().anyMatch(ThemeOverride::isColor);
    }

    /// Returns the fields that are drawn on top of the theme that the page wears. The theme Custom is made of its
    /// fields alone.
    public Set<ThemeOverride> drawnOver() {
        if (theme != Theme.CUSTOM) {
            return overrides;
        }
        return hasOwnColors() ? Set.of() : ThemeOverride.between(this, DEFAULT);
    }

    /// Returns whether it is drawn in fixed colours, which don't follow the visitor's light or dark mode.
    boolean fixesColors() {
        Set<ThemeOverride> own = drawnOver();
        return own.stream().anyMatch(ThemeOverride::isColor)
                || own.contains(ThemeOverride.BUTTON_TYPE) && buttons.type() == ButtonType.GLASS;
    }

    /// Returns the pictures named by an address that are not fetched yet.
    public List<Missing> missing() {
        return Stream.of(
                        missing("profileImageUrl", PictureUse.AVATAR),
                        missing("header.logoUrl", PictureUse.LOGO),
                        missing("wallpaper.imageUrl", PictureUse.WALLPAPER),
                        missing("wallpaper.videoUrl", PictureUse.VIDEO))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Missing> missing(String field, PictureUse use) {
        return media(use).filter(media -> !media.isHere()).map(media -> new Missing(field, use, media.source()));
    }

    /// Returns the picture of a field, if there is one.
    public Optional<Picture> media(PictureUse use) {
        return switch (use) {
            case AVATAR -> profileImage;
            case LOGO -> header.logo();
            case WALLPAPER -> wallpaper.image();
            case VIDEO -> wallpaper.video();
            case THUMBNAIL -> Optional.empty();
        };
    }

    /// @param media empty removes the current one
    public Appearance with(PictureUse use, Optional<Picture> media) {
        return switch (use) {
            case AVATAR -> withProfileImage(media);
            case LOGO ->
                withHeader(new Header(
                        header.profileLayout(), header.titleStyle(), media, header.displayName(), header.bio()));
            case WALLPAPER -> withWallpaper(wallpaper.withMedia(media, wallpaper.video()));
            case VIDEO -> withWallpaper(wallpaper.withMedia(wallpaper.image(), media));
            case THUMBNAIL -> this;
        };
    }

    /// Returns the ids of all pictures and videos of this appearance.
    Set<String> media() {
        var ids = new TreeSet<String>();
        Stream.of(profileImage, header.logo(), wallpaper.image(), wallpaper.video())
                .flatMap(Optional::stream)
                .filter(Picture::isHere)
                .forEach(media -> ids.add(media.id()));
        return ids;
    }

    Appearance withHeader(Header other) {
        return with(parts -> parts.header = other);
    }

    public Appearance withTheme(Theme other) {
        return with(parts -> parts.theme = other);
    }

    public Appearance withOverrides(Set<ThemeOverride> other) {
        return with(parts -> parts.overrides = Set.copyOf(other));
    }

    Appearance withProfileImage(Optional<Picture> other) {
        return with(parts -> parts.profileImage = other);
    }

    Appearance withWallpaper(Wallpaper other) {
        return with(parts -> parts.wallpaper = other);
    }

    Appearance withButtons(Buttons other) {
        return with(parts -> parts.buttons = other);
    }

    Appearance withText(Text other) {
        return with(parts -> parts.text = other);
    }

    Appearance withLanguage(Optional<Language> other) {
        return with(parts -> parts.language = other);
    }

    Appearance withHideFooter(boolean other) {
        return with(parts -> parts.hideFooter = other);
    }

    private Appearance with(Consumer<Parts> change) {
        var parts = new Parts(this);
        change.accept(parts);
        return parts.whole();
    }

    /// The fields of an appearance that becomes another one.
    private static final class Parts {

        private Theme theme;
        private final boolean customTheme;
        private Set<ThemeOverride> overrides;
        private Header header;
        private Optional<Picture> profileImage;
        private Wallpaper wallpaper;
        private Buttons buttons;
        private Text text;
        private boolean hideFooter;
        private final boolean share;
        private Optional<Language> language;
        private final Legacy legacy;

        Parts(Appearance from) {
            this.theme = from.theme;
            this.customTheme = from.customTheme;
            this.overrides = from.overrides;
            this.header = from.header;
            this.profileImage = from.profileImage;
            this.wallpaper = from.wallpaper;
            this.buttons = from.buttons;
            this.text = from.text;
            this.hideFooter = from.hideFooter;
            this.share = from.share;
            this.language = from.language;
            this.legacy = from.legacy;
        }

        Appearance whole() {
            return new Appearance(
                    theme,
                    customTheme,
                    overrides,
                    header,
                    profileImage,
                    wallpaper,
                    buttons,
                    text,
                    hideFooter,
                    share,
                    language,
                    legacy);
        }
    }
}
