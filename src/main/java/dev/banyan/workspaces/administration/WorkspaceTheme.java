package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.workspaces.WorkspaceColor;
import dev.banyan.workspaces.WorkspaceColor.Shade;

/// The colors of a workspace as tokens of the design system: seven accents for light and dark, each readable on its
/// background.
public final class WorkspaceTheme {

    static final String DEFAULT = """
            :root {
              --accent: light-dark(oklch(.430 .075 172), oklch(.480 .080 172));
              --accent-hi: light-dark(oklch(.375 .070 172), oklch(.430 .075 172));
              --accent-ink: oklch(.990 .008 172);
              --accent-text: light-dark(oklch(.420 .075 172), oklch(.820 .080 172));
              --accent-soft: light-dark(oklch(.945 .024 172), oklch(.300 .035 172));
              --accent-line: light-dark(oklch(.820 .050 172), oklch(.440 .060 172));
              --focus: light-dark(oklch(.430 .075 172), oklch(.790 .090 172));
            }
            """;

    /// Darker colors would not stand out from the dark background.
    private static final double DARKEST_AT_NIGHT = .44;

    private static final double HOVER = .055;

    private WorkspaceTheme() {}

    /// @param color one on which text is readable; empty for the default
    public static String of(Optional<WorkspaceColor> color) {
        return color.map(WorkspaceTheme::of).orElse(DEFAULT);
    }

    private static String of(WorkspaceColor day) {
        Shade own = day.shade();
        WorkspaceColor night =
                own.lighter(Math.max(own.lightness(), DARKEST_AT_NIGHT)).color().readable();
        Shade soft = own.lighter(.945).softer(.024);
        Shade text = day.readableOn(soft.color());
        return """
                :root {
                  --accent: light-dark(%s, %s);
                  --accent-hi: light-dark(%s, %s);
                  --accent-ink: #fff;
                  --accent-text: light-dark(%s, %s);
                  --accent-soft: light-dark(%s, %s);
                  --accent-line: light-dark(%s, %s);
                  --focus: light-dark(%s, %s);
                }
                """.formatted(
                        day.hex(),
                        night.hex(),
                        darker(day).css(),
                        darker(night).css(),
                        text.css(),
                        own.lighter(.82).softer(.08).css(),
                        soft.css(),
                        own.lighter(.3).softer(.035).css(),
                        own.lighter(.82).softer(.05).css(),
                        own.lighter(.44).softer(.06).css(),
                        text.css(),
                        own.lighter(.79).softer(.09).css());
    }

    private static Shade darker(WorkspaceColor color) {
        Shade shade = color.shade();
        return shade.lighter(shade.lightness() - HOVER);
    }
}
