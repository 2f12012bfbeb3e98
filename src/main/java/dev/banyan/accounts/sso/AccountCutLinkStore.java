package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO_CUT_LINKS;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.realm.SsoCutLinkStore;

/// Members’ links that were cut.
final class AccountCutLinkStore extends SsoCutLinkStore<IdentityId> {

    AccountCutLinkStore(Tx tx) {
        super(tx, ACCOUNT_SSO_CUT_LINKS, ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID);
    }
}
