package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SSO_CUT_LINKS;

import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.realm.SsoCutLinkStore;

/// Users’ links that were cut.
final class WorkspaceCutLinkStore extends SsoCutLinkStore<Integer> {

    WorkspaceCutLinkStore(Tx tx) {
        super(tx, WORKSPACE_SSO_CUT_LINKS, WORKSPACE_SSO_CUT_LINKS.USER_ID);
    }
}
