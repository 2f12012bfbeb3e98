package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.Owner;

/// An action of a visitor (LinkToMe contract 5.3).
public sealed interface Event {

    /// Returns the owner of the page or link.
    Owner owner();

    /// Returns the id of the page on which it happened; empty for short links.
    default Optional<String> ofPage() {
        return switch (this) {
            case PageView view -> Optional.of(view.page());
            case LinkClick click -> Optional.of(click.page());
            case LinkUnlock unlock -> Optional.of(unlock.page());
            case ChatBegun begun -> Optional.of(begun.page());
            case Redirect _ -> Optional.empty();
        };
    }

    /// A page was shown.
    record PageView(Owner owner, String page) implements Event {}

    /// A link of a page was followed.
    record LinkClick(Owner owner, String page, String link) implements Event {}

    /// A locked link was opened.
    record LinkUnlock(Owner owner, String page, String link) implements Event {}

    /// "Message us" of a page led to a chat.
    record ChatBegun(Owner owner, String page) implements Event {}

    /// A short link was followed.
    ///
    /// @param variant which of its targets; empty if it has only one
    /// @param isCounted whether the short link has counted the click itself, because it has a limit
    record Redirect(Owner owner, String shortLink, String variant, boolean isCounted) implements Event {}
}
