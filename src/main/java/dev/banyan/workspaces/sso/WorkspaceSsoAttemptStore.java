package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SSO_ATTEMPTS;

import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.realm.SsoAttemptStore;

/// Sign-ins of users.
final class WorkspaceSsoAttemptStore extends SsoAttemptStore {

    WorkspaceSsoAttemptStore(Tx tx) {
        super(tx, WORKSPACE_SSO_ATTEMPTS);
    }
}
