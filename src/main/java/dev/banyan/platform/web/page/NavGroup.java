package dev.banyan.platform.web.page;

import module java.base;

/// Links of the sidebar that belong together, and their heading, which may be the name of an account.
public record NavGroup(Optional<String> heading, List<Link> links) {

    /// A link of the sidebar. `count` is shown at its end.
    public record Link(String label, String href, String icon, boolean current, Optional<Count> count) {}

    /// A number beside a link, and the words that say it aloud: "7", "brands". `alert` if it asks for attention.
    public record Count(int number, String words, boolean alert) {}
}
