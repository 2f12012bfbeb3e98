package dev.banyan.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What somebody is to an account.
public enum MemberRole {
    /// May do everything, for all of the account.
    OWNER("Owner"),
    /// Works on what the public sees ([#MANAGED]), and where an owner says so in the account's projects, workspaces and
    /// pools (design 6); has nothing to do with people, plans and keys ([Role#USER_MANAGER]).
    MANAGER("Manager");

    /// What every manager works on, and what some do, in the words of forms and refusals.
    public static final String MANAGED = "pages, links, appearance, short links and analytics";

    public static final String WORKSPACES = "projects, workspaces and WhatsApp numbers";

    private final String label;

    MemberRole(String label) {
        this.label = label;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As people read it.
    String label() {
        return label;
    }

    /// The same with what the role includes.
    public String label(boolean workspaces) {
        return this == MANAGER && workspaces ? label + " with workspaces" : label;
    }

    public static Optional<MemberRole> of(String key) {
        return Arrays.stream(values()).filter(role -> role.key().equals(key)).findFirst();
    }
}
