package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Keyed;

/// The role of a member in an account.
public enum MemberRole implements Keyed {
    /// May do everything, in the whole account.
    OWNER("Owner"),
    /// Works on what the public sees ([#MANAGED]), and on the account's projects, workspaces and pools where an owner
    /// allows it (design 6). Has no access to people, plans and keys ([Role#USER_MANAGER]).
    MANAGER("Manager");

    /// What every manager works on, and what some do, as forms and refusals say it.
    public static final String MANAGED = "pages, links, appearance, short links and analytics";

    public static final String WORKSPACES = "projects, workspaces and WhatsApp numbers";

    /// The role's display name.
    final String label;

    MemberRole(String label) {
        this.label = label;
    }

    /// Returns the role's display name together with what the role includes.
    public String label(boolean workspaces) {
        return this == MANAGER && workspaces ? label + " with workspaces" : label;
    }

    public static Optional<MemberRole> of(String key) {
        return Keyed.parse(MemberRole.class, key);
    }
}
