package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SSO_LINKS;

import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.realm.SsoLinkStore;

/// Who users are at their providers.
final class WorkspaceSsoLinkStore extends SsoLinkStore<Integer> {

    WorkspaceSsoLinkStore(Tx tx) {
        super(tx, WORKSPACE_SSO_LINKS, WORKSPACE_SSO_LINKS.USER_ID);
    }

    /// Makes a user nobody at any provider.
    void unlink(SsoOwner workspace, int user) {
        sql.deleteFrom(WORKSPACE_SSO_LINKS).where(of(workspace, user)).execute();
    }
}
