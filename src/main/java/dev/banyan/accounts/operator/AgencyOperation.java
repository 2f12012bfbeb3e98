package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.Keyed;

/// What agencies do with their sub-accounts, and by which requests, from programs and our own pages alike.
enum AgencyOperation implements Keyed {
    SWITCH("Switch", "POST (/api/admin/SwitchTo(SubAccount|ParentAccount)|/admin/context)"),
    LIST("List", "GET (/api/admin/GetSubAccounts|/admin/brands)"),
    CREATE("Create", "POST (/api/admin/CreateSubAccount|/admin/users/sub-accounts)"),
    UPDATE("Change", "(PUT /api/admin/UpdateSubAccount|POST /admin/users/sub-accounts/[^/]+)"),
    STATUS(
            "Suspend and reactivate",
            "POST (/api/admin/UpdateSubAccountStatus|/admin/users/sub-accounts/[^/]+/(suspend|reactivate))"),
    DELETE("Delete", "((DELETE|POST) /api/admin/DeleteSubAccount|POST /admin/users/sub-accounts/[^/]+/delete)"),
    RESTORE("Restore", "POST (/api/admin/RestoreSubAccount|/admin/users/sub-accounts/[^/]+/restore)");

    /// The display name.
    final String label;
    private final Pattern routes;

    AgencyOperation(String label, String routes) {
        this.label = label;
        this.routes = Pattern.compile(routes);
    }

    /// @param route method and canonical path, such as `POST /admin/context`
    static Optional<AgencyOperation> of(String route) {
        return Arrays.stream(values())
                .filter(operation -> operation.routes.matcher(route).matches())
                .findFirst();
    }
}
