package dev.banyan.analytics;

import dev.banyan.platform.Owner;

/// What a visitor did (LinkToMe contract 5.3).
public sealed interface Event {

    /// Whose page or link it was.
    Owner owner();

    /// A page was shown.
    record PageView(Owner owner, String page) implements Event {}

    /// A link of a page was followed.
    record LinkClick(Owner owner, String page, String link) implements Event {}

    /// A locked link was opened.
    record LinkUnlock(Owner owner, String page, String link) implements Event {}

    /// A short link was followed.
    ///
    /// @param variant which of its targets; empty where it has one
    /// @param isCounted whether its short link has counted the click itself, because it has a limit
    record Redirect(Owner owner, String shortLink, String variant, boolean isCounted) implements Event {}
}
