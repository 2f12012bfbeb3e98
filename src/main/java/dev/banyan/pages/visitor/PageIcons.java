package dev.banyan.pages.visitor;

import module java.base;

/// The icons of other sites, drawn by ourselves on a grid of 24 with round strokes of one width.
final class PageIcons {

    private record Drawn(String label, String shapes) {}

    private static final String DOT = " fill=\"currentColor\" stroke=\"none\"/>";

    private static final Drawn GLOBE = new Drawn(
            "Website",
            "<circle cx=\"12\" cy=\"12\" r=\"8.5\"/><path d=\"M3.5 12h17M12 3.5c5 5.2 5 11.8 0 17-5-5.2-5-11.8 0-17z\"/>");

    private static final Map<String, Drawn> BY_PLATFORM = Map.ofEntries(
            Map.entry(
                    "instagram",
                    new Drawn(
                            "Instagram",
                            "<rect x=\"4\" y=\"4\" width=\"16\" height=\"16\" rx=\"4.5\"/>"
                                    + "<circle cx=\"12\" cy=\"12\" r=\"3.7\"/><circle cx=\"16.4\" cy=\"7.6\" r=\"1.1\""
                                    + DOT)),
            Map.entry(
                    "tiktok",
                    new Drawn(
                            "TikTok",
                            "<circle cx=\"9.5\" cy=\"16\" r=\"3.8\"/><path d=\"M13.3 16V4c.5 3 2.4 4.6 5.2 4.8\"/>")),
            Map.entry(
                    "youtube",
                    new Drawn(
                            "YouTube",
                            "<rect x=\"3\" y=\"5.5\" width=\"18\" height=\"13\" rx=\"4\"/><path d=\"m10.3 9.4 4.4 2.6-4.4 2.6z\""
                                    + DOT)),
            Map.entry(
                    "twitter", new Drawn("X (Twitter)", "<path d=\"m5 4.5 14 15M18.5 4.5l-5.4 6.1M5.5 19.5l5.3-6\"/>")),
            Map.entry(
                    "facebook",
                    new Drawn(
                            "Facebook",
                            "<circle cx=\"12\" cy=\"12\" r=\"8.5\"/><path d=\"M12.2 20.3v-8.1c0-2 .9-3.1 3-3.1M9.6 13h4.9\"/>")),
            Map.entry(
                    "linkedin",
                    new Drawn(
                            "LinkedIn",
                            "<rect x=\"4\" y=\"4\" width=\"16\" height=\"16\" rx=\"3\"/>"
                                    + "<path d=\"M8 11v5.5M11.5 16.5V11M11.5 13.4c.6-3 4.6-3 4.6.2v2.9\"/>"
                                    + "<circle cx=\"8\" cy=\"7.9\" r=\"1.1\"" + DOT)),
            Map.entry(
                    "email",
                    new Drawn(
                            "Email",
                            "<rect x=\"3.5\" y=\"5.5\" width=\"17\" height=\"13\" rx=\"2.5\"/><path d=\"m4.5 8 7.5 5.5L19.5 8\"/>")),
            Map.entry(
                    "whatsapp",
                    new Drawn(
                            "WhatsApp",
                            "<path d=\"M4 20l1.3-4.2A8.2 8.2 0 1 1 8.5 18.9z\"/>"
                                    + "<path d=\"M9 8.8c-.3 3.4 2.9 6.6 6.3 6.3l.7-1.9-2.1-.9-1 .8c-1-.5-1.6-1.1-2.1-2.1l.8-1-.9-2.1z\"/>")),
            Map.entry(
                    "spotify",
                    new Drawn(
                            "Spotify",
                            "<circle cx=\"12\" cy=\"12\" r=\"8.5\"/>"
                                    + "<path d=\"M7.3 9.6c3.3-.9 6.6-.6 9.5 1M8 12.5c2.7-.7 5.3-.4 7.7.9M8.7 15.3c2-.5 4-.3 5.8.7\"/>")),
            Map.entry(
                    "discord",
                    new Drawn(
                            "Discord",
                            "<path d=\"M8.6 6.2C6.9 6.5 5.8 7 5.1 7.5 3.6 10.6 3 13.9 3.3 17c1.5 1 3 1.5 4.4 1.7l1.1-2.1"
                                    + "c2.1.6 4.3.6 6.4 0l1.1 2.1c1.4-.2 2.9-.7 4.4-1.7.3-3.1-.3-6.4-1.8-9.5-.7-.5-1.8-1-3.5-1.3l-.8 1.5"
                                    + "c-1.7-.3-3.5-.3-5.2 0z\"/><circle cx=\"9.2\" cy=\"12.5\" r=\"1.2\"" + DOT
                                    + "<circle cx=\"14.8\" cy=\"12.5\" r=\"1.2\"" + DOT)),
            Map.entry("website", GLOBE),
            Map.entry("globe", GLOBE));

    private PageIcons() {}

    /// Returns the content of the SVG; a globe for an unknown site.
    static String drawing(String platform) {
        return BY_PLATFORM
                .getOrDefault(platform.toLowerCase(Locale.ROOT), GLOBE)
                .shapes();
    }

    /// Returns the drawing, only for known names.
    static Optional<String> known(String name) {
        return Optional.ofNullable(BY_PLATFORM.get(name.toLowerCase(Locale.ROOT)))
                .map(Drawn::shapes);
    }

    /// Returns the common name of the site; what was typed for an unknown one.
    static String label(String platform) {
        Drawn drawn = BY_PLATFORM.get(platform.toLowerCase(Locale.ROOT));
        return drawn == null ? platform : drawn.label();
    }
}
