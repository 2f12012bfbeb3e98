package dev.banyan.accounts;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Keyed;

/// The roles of the API and their permissions (LinkToMe contract 3.3). For managers, [AccountGuard] uses this table;
/// what others may do depends on more than a role, and the operations decide it.
public enum Role implements Keyed {
    USER("user"),
    USER_MANAGER("user_manager"),
    AGENCY_ADMIN("agency_admin_user"),
    SUB_ACCOUNT("sub_account_user"),
    OPERATOR("site_super_admin");

    private static final List<String> EVERYBODY = List.of("read:dashboard", "read:profile", "write:profile");
    private static final List<String> CONTENT = List.of(
            "read:links",
            "write:links",
            "read:pages",
            "write:pages",
            "read:appearance",
            "write:appearance",
            "read:analytics",
            "read:shortlinks",
            "write:shortlinks");
    private static final List<String> OWN_SIGN_IN =
            List.of("write:2fauth", "write:password", "write:email", "write:phone", "read:usersettings");

    /// What people without an account of their own may do while they act for none: look after their sign-in.
    public static final List<String> WITHOUT_ACCOUNT = all(EVERYBODY, OWN_SIGN_IN);

    private static final List<String> MANAGEMENT = List.of(
            "read:users",
            "manage:users",
            "invite:user_manager",
            "list:user_manager",
            "remove:user_manager",
            "respond:user_manager",
            "read:apiauth",
            "create:apiauth",
            "update:apiauth",
            "delete:apiauth",
            "read:subscription",
            "write:subscription");

    private final String key;

    Role(String key) {
        this.key = key;
    }

    @JsonValue
    @Override
    public String key() {
        return key;
    }

    public List<String> permissions() {
        return switch (this) {
            case USER -> all(EVERYBODY, CONTENT, OWN_SIGN_IN, MANAGEMENT);
            case AGENCY_ADMIN -> all(EVERYBODY, CONTENT, OWN_SIGN_IN, MANAGEMENT, List.of("manage:subaccounts"));
            case USER_MANAGER, SUB_ACCOUNT -> all(EVERYBODY, CONTENT);
            case OPERATOR -> all(EVERYBODY, OWN_SIGN_IN, List.of("read:siteadmin", "write:siteadmin"));
        };
    }

    @SafeVarargs
    private static List<String> all(List<String>... groups) {
        return Stream.of(groups).flatMap(List::stream).toList();
    }
}
