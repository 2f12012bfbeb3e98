package dev.banyan.themes;

import module java.base;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.themes.Appearance.Header;
import dev.banyan.themes.Appearance.ProfileLayout;
import dev.banyan.themes.Appearance.Text;
import dev.banyan.themes.Appearance.TitleSize;
import dev.banyan.themes.Appearance.TitleStyle;
import dev.banyan.themes.Appearance.Wallpaper;
import dev.banyan.themes.Appearance.WallpaperType;

/// The tiers required by settings of an appearance (LinkToMe contract 2.6, 3.1), in one table. It is checked on every
/// change and every rendering, so that a downgrade stores nothing and an upgrade restores everything.
public final class AppearanceTiers {

    private static final String VIDEO = "wallpaper.videoUrl";
    private static final String OLD = "fontFamily";

    /// A setting that requires a tier.
    ///
    /// @param field its name in the API
    /// @param name within a sentence: `Hero headers`
    /// @param tier the lowest tier that has it
    public record Need(String field, String name, Tier tier) {

        /// Returns the message for programs and people.
        public String sentence() {
            return name + " need the " + tier.label() + " plan or higher";
        }
    }

    /// @param value the part of an appearance that the rule is about
    private record Rule(Need need, Predicate<Appearance> used, Function<Appearance, Object> value) {

        private boolean isBroken(Appearance look, Tier tier) {
            return need.tier().compareTo(tier) > 0 && used.test(look);
        }
    }

    private static final List<Rule> RULES = List.of(
            rule(
                    "theme",
                    "The themes Agate, Astrid, Aura, Bloom, Breeze and Honeycomb",
                    Tier.first(Feature.CUSTOM_THEMES),
                    Appearance::theme,
                    Theme::isPremium),
            rule(
                    "header.profileImageLayout",
                    "Hero headers",
                    Tier.PRO,
                    look -> look.header().profileLayout(),
                    layout -> layout == ProfileLayout.HERO),
            rule(
                    "header.titleStyle",
                    "Logos as titles",
                    Tier.PRO,
                    look -> look.header().titleStyle(),
                    style -> style == TitleStyle.LOGO),
            rule(
                    "header.logoUrl",
                    "Custom logos",
                    Tier.first(Feature.CUSTOM_LOGOS),
                    look -> look.header().logo(),
                    Optional::isPresent),
            rule("wallpaper.type", "Image wallpapers", Tier.PREMIUM, AppearanceTiers::picture, Optional::isPresent),
            rule(
                    VIDEO,
                    "Video wallpapers",
                    Tier.first(Feature.VIDEO_BACKGROUNDS),
                    AppearanceTiers::film,
                    Optional::isPresent),
            rule(
                    "text.titleSize",
                    "Large titles",
                    Tier.PRO,
                    look -> look.text().titleSize(),
                    size -> size == TitleSize.LARGE),
            rule(
                    "hideFooter",
                    "Pages without our footer",
                    Tier.first(Feature.REMOVE_FOOTER),
                    Appearance::hideFooter,
                    hidden -> hidden),
            rule(
                    OLD,
                    "Premium fonts",
                    Tier.first(Feature.PREMIUM_FONTS),
                    look -> look.legacy().fontFamily(),
                    Font::isPremium));

    private AppearanceTiers() {}

    private static <V> Rule rule(
            String field, String name, Tier tier, Function<Appearance, V> value, Predicate<V> used) {
        return new Rule(new Need(field, name, tier), look -> used.test(value.apply(look)), value::apply);
    }

    /// Returns the kind of wallpaper if it shows an image.
    private static Optional<String> picture(Appearance look) {
        Wallpaper wallpaper = look.wallpaper();
        boolean shown = wallpaper.type() == WallpaperType.IMAGE
                || wallpaper.type() == WallpaperType.BLUR && wallpaper.image().isPresent();
        return shown ? Optional.of(wallpaper.type().key()) : Optional.empty();
    }

    private static Optional<String> film(Appearance look) {
        return look.wallpaper().type() == WallpaperType.VIDEO ? Optional.of(VIDEO) : Optional.empty();
    }

    /// Returns the settings that an appearance uses and a tier doesn't have.
    public static List<Need> beyond(Appearance look, Tier tier) {
        return RULES.stream()
                .filter(rule -> rule.isBroken(look, tier))
                .map(Rule::need)
                .toList();
    }

    /// Returns the settings that a change would start to use and the tier doesn't have. Settings from before a
    /// downgrade may be sent back, because clients send whole documents.
    public static List<Need> newlyBeyond(Appearance before, Appearance after, Tier tier) {
        return RULES.stream()
                .filter(rule -> rule.isBroken(after, tier))
                .filter(rule -> !rule.value().apply(after).equals(rule.value().apply(before)))
                .map(Rule::need)
                .toList();
    }

    /// Returns whether visitors see less than was chosen, apart from a video.
    public static boolean exceeds(Appearance look, Tier tier) {
        return beyond(look, tier).stream()
                .map(Need::field)
                .anyMatch(field -> !field.equals(VIDEO) && !field.equals(OLD));
    }

    /// Returns whether visitors see no video because of the tier.
    /// @param look in its stored form
    public static boolean exceeds(String look, Tier tier) {
        return exceeds(AppearanceDocument.read(look), tier);
    }

    public static boolean videoExceeds(Appearance look, Tier tier) {
        return beyond(look, tier).stream().anyMatch(need -> need.field().equals(VIDEO));
    }

    /// Returns the appearance that visitors see: settings that the tier doesn't have fall back to those of every tier
    /// (contract 4.1).
    public static Appearance shown(Appearance look, Tier tier) {
        Appearance shown = look;
        for (Need need : beyond(look, tier)) {
            shown = switch (need.field()) {
                case "theme" -> shown.withTheme(shown.overrides().isEmpty() ? Theme.CUSTOM : Theme.LAGOON);
                case "header.profileImageLayout" -> shown.withHeader(classic(shown.header()));
                case "header.titleStyle", "header.logoUrl" -> shown.withHeader(textual(shown.header()));
                case "wallpaper.type", VIDEO ->
                    shown.withWallpaper(shown.wallpaper().withType(WallpaperType.FILL));
                case "text.titleSize" -> shown.withText(small(shown.text()));
                case "hideFooter" -> shown.withHideFooter(false);
                default -> shown; // the old field of fonts, which is not rendered
            };
        }
        return shown;
    }

    private static Header classic(Header header) {
        return new Header(
                ProfileLayout.CLASSIC, header.titleStyle(), header.logo(), header.displayName(), header.bio());
    }

    private static Header textual(Header header) {
        return new Header(
                header.profileLayout(), TitleStyle.TEXT, Optional.empty(), header.displayName(), header.bio());
    }

    private static Text small(Text text) {
        return new Text(
                text.titleFont(),
                text.bodyFont(),
                text.titleColor(),
                text.pageColor(),
                TitleSize.SMALL,
                text.nameOpacity(),
                text.bioOpacity());
    }
}
