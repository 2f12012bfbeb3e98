package dev.banyan.pages.looks;

import module java.base;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The shape of an appearance, only for `/openapi.json`: it is read and written as a tree, because null and absent
/// fields have different meanings.
///
/// @param exceedsTierLimit absent unless true, and read only
record AppearanceShape(
        @Schema(readOnly = true) String pageId,

        @Schema(
                description = "custom, lagoon, air, blocks, lake, mineral; "
                        + "from Pro on agate, astrid, aura, bloom, breeze, honeycomb")
        String theme,

        boolean customTheme,

        @Schema(
                description = "Fields drawn on top of a named theme, such as text.titleFont or wallpaper; absent for "
                        + "none. Another theme clears them")
        List<String> overrides,

        Header header,

        @Schema(description = "http or https, or null; fetched once and served from here")
        String profileImageUrl,

        List<Icon> socialIcons,
        Wallpaper wallpaper,
        Buttons buttons,
        Text text,
        boolean hideFooter,

        @Schema(description = "Shows a button to share the page; absent for false")
        boolean shareButton,

        @Schema(
                description = "Of the words around the content: ar, de, en, es, fr or pt; absent or null for the "
                        + "account’s")
        String language,

        @Schema(readOnly = true) boolean exceedsTierLimit,
        @Schema(readOnly = true) boolean videoExceedsTierLimit) {

    record Header(
            @Schema(description = "`classic` or `hero`") String profileImageLayout,
            @Schema(description = "`text` or `logo`") String titleStyle,
            String logoUrl,
            @Schema(description = "At most 100 characters") String displayName,

            @Schema(description = "At most 500 characters, or null")
            String bio) {}

    record Icon(
            @Schema(description = "`add`, `update` or `remove`; update if absent")
            String operation,

            @Schema(description = "Required for update and remove")
            String id,

            @Schema(description = "Such as instagram") String platform,
            @Schema(description = "http, https or mailto") String url,
            int order,
            boolean active) {}

    record Wallpaper(
            @Schema(description = "`fill`, `gradient`, `blur`, `pattern`, `image` or `video`")
            String type,

            @Schema(description = "#RRGGBB or null") String color,
            String gradientStart,
            String gradientEnd,
            @Schema(description = "0 to 360") int gradientDirection,

            @Schema(description = "grid, dots, lines, waves, geometric, honey or null")
            String patternType,

            String patternColor,
            String imageUrl,
            String videoUrl,
            @Schema(description = "0 to 100") int blur,
            @Schema(description = "0 to 1") double opacity) {}

    record Buttons(
            @Schema(description = "`solid`, `glass` or `outline`")
            String type,

            @Schema(description = "`square`, `rounded` or `pill`")
            String cornerRadius,

            @Schema(description = "`none`, `subtle`, `strong` or `hard`")
            String shadow,

            String backgroundColor,
            String textColor,
            String borderColor,

            @Schema(description = "`none`, `lift`, `glow` or `fill`")
            String hoverEffect) {}

    record Text(
            @Schema(
                    description = "inter, space-mono, poppins, roboto, playfair, oswald, lato, montserrat, "
                            + "raleway or dm-sans")
            String titleFont,

            String bodyFont,
            String titleColor,
            String pageTextColor,
            @Schema(description = "`small` or `large`") String titleSize,
            @Schema(description = "0 to 1") double usernameOpacity,
            @Schema(description = "0 to 1") double bioOpacity) {}
}
