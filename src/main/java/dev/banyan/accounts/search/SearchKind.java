package dev.banyan.accounts.search;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Keyed;

/// What the search finds, in the order in which it is shown.
public enum SearchKind implements Keyed {
    BRAND("Brands", "users"),
    PAGE("Pages", "page"),
    LINK("Links", "link"),
    SHORT_LINK("Short links", "link"),
    PROJECT("Projects", "layers"),
    WORKSPACE("Workspaces", "layers"),
    CONTACT("Contacts", "chat"),
    NUMBER("Numbers", "pool"),
    MEMBER("Members", "user"),
    COMMAND("Commands", "plus"),
    PLACE("Go to", "next");

    /// The heading of the group.
    public final String label;
    public final String icon;

    SearchKind(String label, String icon) {
        this.label = label;
        this.icon = icon;
    }

    /// The word in JSON, such as `shortLink`.
    @JsonValue
    @Override
    public String key() {
        return this == SHORT_LINK ? "shortLink" : name().toLowerCase(Locale.ROOT);
    }
}
