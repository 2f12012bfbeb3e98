package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Text;

/// The fields of a sub-account that its agency edits, each described once: its name in the API, in forms and in the
/// audit; its column; and the rule for what people type. The store, the operations, the audit's details and the checks
/// go through all of them. A value is a text, as typed or as stored; an empty one is no value.
public enum SubAccountField implements Keyed {
    DISPLAY_NAME("displayName", "display_name", Names.DISPLAY_NAME::broken),

    /// Shown only, never used to log in.
    EMAIL("email", "email", typed -> typed.isBlank() ? Optional.empty() : Names.brokenEmail(typed)),

    BIO("bio", "bio", Names.BIO::broken),

    /// The agency's own name for it.
    INTERNAL_LABEL("internalLabel", "internal_label", Names.INTERNAL_LABEL::broken),

    NOTES("notes", "notes", Names.NOTES::broken),

    /// The kind of customer or purpose that it is for: `client`, `brand` or `other`.
    TYPE("type", "category", Names::brokenType),

    /// `true` if its public pages say who manages it.
    SHOW_MANAGED_BY("showManagedBy", "is_manager_shown", _ -> Optional.empty()),

    /// Who gets notices about it: `parent`, `subaccount` or `both`; empty for the server's default.
    NOTIFY("notify", "notify", Names::brokenNotify),

    /// The language of its public pages: a code such as `ar`; empty for its agency's.
    LANGUAGE("language", "language", Names::brokenLanguage);

    private final String key;
    final String column;
    private final Function<String, Optional<Invalid>> rule;

    SubAccountField(String key, String column, Function<String, Optional<Invalid>> rule) {
        this.key = key;
        this.column = column;
        this.rule = rule;
    }

    @Override
    public String key() {
        return key;
    }

    Optional<Invalid> broken(String typed) {
        return rule.apply(typed);
    }

    /// Returns what is stored for a text that breaks no rule.
    String stored(String typed) {
        return this == EMAIL ? Names.lower(typed) : Text.clean(typed);
    }
}
