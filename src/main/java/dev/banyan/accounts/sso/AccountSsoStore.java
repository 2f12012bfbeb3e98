package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO;

import module java.base;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.platform.sso.realm.SsoSettingsStore;
import org.jooq.Record;

/// Settings of members’ single sign-on.
final class AccountSsoStore extends SsoSettingsStore<AccountSso> {

    AccountSsoStore(Tx tx) {
        super(tx, ACCOUNT_SSO);
    }

    @Override
    protected AccountSso read(Record row) {
        return new AccountSso(
                SsoSettings.read(row.get(ACCOUNT_SSO.SETTINGS)),
                Optional.ofNullable(row.get(ACCOUNT_SSO.SECRET)),
                List.of(row.get(ACCOUNT_SSO.EMAIL_DOMAINS).split(" ")),
                row.get(ACCOUNT_SSO.IS_PASSWORD_ON),
                row.get(ACCOUNT_SSO.IS_LINKED_PASSWORD_ON),
                Optional.ofNullable(row.get(ACCOUNT_SSO.EMERGENCY_IDENTITY_ID)),
                Objects.requireNonNull(row.get(ACCOUNT_SSO.TOLD_USERNAME)),
                row.get(ACCOUNT_SSO.CREATED_AT),
                row.get(ACCOUNT_SSO.UPDATED_AT));
    }

    @Override
    protected Columns own(AccountSso wanted) {
        return new Columns()
                .with(ACCOUNT_SSO.EMAIL_DOMAINS, String.join(" ", wanted.emailDomains()))
                .with(ACCOUNT_SSO.EMERGENCY_IDENTITY_ID, wanted.emergency())
                .with(ACCOUNT_SSO.TOLD_USERNAME, wanted.told());
    }
}
