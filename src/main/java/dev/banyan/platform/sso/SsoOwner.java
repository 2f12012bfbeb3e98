package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.AccountId;

/// Whose people a provider signs in: an account’s members, or the users of one of its workspaces.
///
/// @param workspace empty: the members of the account
public record SsoOwner(AccountId tenant, Optional<String> workspace) {

    public static SsoOwner of(AccountId tenant) {
        return new SsoOwner(tenant, Optional.empty());
    }

    public static SsoOwner of(AccountId tenant, String workspace) {
        return new SsoOwner(tenant, Optional.of(workspace));
    }

    /// Returns the id of the workspace or of the account, for logs and the audit.
    public String id() {
        return workspace.orElseGet(tenant::toString);
    }
}
