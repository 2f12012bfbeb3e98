package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SSO;

import module java.base;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.platform.sso.realm.SsoSettingsStore;
import dev.banyan.workspaces.sso.StoredSso.Told;
import org.jooq.Record;

/// Settings of workspaces’ single sign-on.
final class WorkspaceSsoStore extends SsoSettingsStore<StoredSso> {

    private final Tx tx;

    WorkspaceSsoStore(Tx tx) {
        super(tx, WORKSPACE_SSO);
        this.tx = tx;
    }

    @Override
    protected StoredSso read(Record row) {
        String workspace = row.get(WORKSPACE_SSO.SUB_CLIENT_ID).value();
        return new StoredSso(
                SsoSettings.read(row.get(WORKSPACE_SSO.SETTINGS)),
                Optional.ofNullable(row.get(WORKSPACE_SSO.SECRET)),
                row.get(WORKSPACE_SSO.IS_PASSWORD_ON),
                row.get(WORKSPACE_SSO.IS_LINKED_PASSWORD_ON),
                Optional.ofNullable(row.get(WORKSPACE_SSO.EMERGENCY_USER_ID)),
                Optional.ofNullable(row.get(WORKSPACE_SSO.TOLD_PATH))
                        .map(path -> new Told(Optional.ofNullable(row.get(WORKSPACE_SSO.TOLD_HOST)), path))
                        .filter(told -> told.host()
                                .filter(host -> !Domains.isOf(tx, host, workspace))
                                .isEmpty()),
                row.get(WORKSPACE_SSO.CREATED_AT),
                row.get(WORKSPACE_SSO.UPDATED_AT));
    }

    /// The address that the provider was told stays as it is ([#tell]).
    @Override
    protected Columns own(StoredSso wanted) {
        return new Columns().with(WORKSPACE_SSO.EMERGENCY_USER_ID, wanted.emergencyUser());
    }

    /// Notes the address that the provider is told from now on.
    void tell(SsoOwner workspace, Told told) {
        sql.update(WORKSPACE_SSO)
                .set(WORKSPACE_SSO.TOLD_HOST, told.host().orElse(null))
                .set(WORKSPACE_SSO.TOLD_PATH, told.shortPath())
                .where(in(workspace))
                .execute();
    }

    /// A workspace with an OpenID provider.
    record Provided(SsoOwner owner, SsoSettings settings) {}

    /// Returns workspaces at OpenID providers, by id.
    @AllTenants("a job looks for those where anyone could become a user")
    List<Provided> atOpenIdProviders(String after, int limit) {
        return sql.selectFrom(WORKSPACE_SSO)
                .where(
                        WORKSPACE_SSO.KIND.eq(SsoProvider.OIDC),
                        WORKSPACE_SSO.SUB_CLIENT_ID.coerce(String.class).gt(after))
                .orderBy(WORKSPACE_SSO.SUB_CLIENT_ID)
                .limit(limit)
                .fetch(row -> new Provided(owner(row), SsoSettings.read(row.get(WORKSPACE_SSO.SETTINGS))));
    }
}
