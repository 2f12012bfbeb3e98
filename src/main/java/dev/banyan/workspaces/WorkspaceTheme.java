package dev.banyan.workspaces;

/// The colours of a workspace, as the design system takes them: accents only, each readable on its ground.
final class WorkspaceTheme {

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

    private WorkspaceTheme() {}
}
