package dev.banyan.accounts.sso;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static dev.banyan.schema.Tables.ACCOUNT_SSO_CUT_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import org.junit.jupiter.api.Test;

/// Links to members' providers that were cut.
@OnEveryDatabase
class AccountCutLinkStoreContractTest {

    private static final String ISSUER = "https://login.example.com";

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final IdentityId person;
    private final IdentityId other;

    AccountCutLinkStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        AccountContext another = StoredAccounts.agency(database);
        this.tenant = agency.root().id();
        this.person = agency.identity();
        this.stranger = another.root().id();
        this.other = another.identity();
    }

    private <T> T with(Function<AccountCutLinkStore, T> work) {
        return database.write(tx -> work.apply(new AccountCutLinkStore(tx)));
    }

    private void cut(AccountId of, String subject, IdentityId whose, String email) {
        database.write(tx -> tx.sql()
                .insertInto(ACCOUNT_SSO_CUT_LINKS)
                .set(ACCOUNT_SSO_CUT_LINKS.TENANT_ID, of)
                .set(ACCOUNT_SSO_CUT_LINKS.ISSUER, ISSUER)
                .set(ACCOUNT_SSO_CUT_LINKS.SUBJECT, subject)
                .set(ACCOUNT_SSO_CUT_LINKS.IDENTITY_ID, whose)
                .set(ACCOUNT_SSO_CUT_LINKS.EMAIL, email)
                .set(ACCOUNT_SSO_CUT_LINKS.LINKED_AT, NOW)
                .set(ACCOUNT_SSO_CUT_LINKS.CUT_AT, NOW)
                .execute());
    }

    private Optional<IdentityId> find(AccountId of, String subject) {
        return with(store -> store.find(SsoOwner.of(of), ISSUER, subject));
    }

    private boolean isCut(AccountId of, String issuer, IdentityId whose) {
        return with(store -> store.isCut(SsoOwner.of(of), issuer, whose));
    }

    private List<CutLink<IdentityId>> list(AccountId of, int limit) {
        return with(store -> store.list(SsoOwner.of(of), limit));
    }

    @Test
    void aCutLinkIsKnownInItsAccount() {
        cut(tenant, "1", person, "amira@people.example");

        assertThat(find(tenant, "1")).contains(person);
        assertThat(find(tenant, "2")).isEmpty();
        assertThat(find(stranger, "1")).isEmpty();
        assertThat(isCut(tenant, ISSUER, person)).isTrue();
        assertThat(isCut(tenant, "https://other.example", person)).isFalse();
        assertThat(isCut(tenant, ISSUER, other)).isFalse();
        assertThat(isCut(stranger, ISSUER, person)).isFalse();
        assertThat(list(stranger, 9)).isEmpty();
    }

    @Test
    void cutLinksAreListedByEmail() {
        cut(tenant, "1", person, "zoe@people.example");
        cut(tenant, "2", other, "amira@people.example");

        var amira = new CutLink<>(SsoOwner.of(tenant), ISSUER, other, "amira@people.example", NOW);
        var zoe = new CutLink<>(SsoOwner.of(tenant), ISSUER, person, "zoe@people.example", NOW);
        assertThat(list(tenant, 9)).containsExactly(amira, zoe);
        assertThat(list(tenant, 1)).containsExactly(amira);
    }

    @Test
    void onlyThePersonsLinksAreForgottenAndOnlyInTheAccount() {
        cut(tenant, "1", person, "zoe@people.example");
        cut(tenant, "2", other, "amira@people.example");
        cut(stranger, "1", person, "zoe@people.example");

        delete(tenant, person);

        assertThat(isCut(tenant, ISSUER, person)).isFalse();
        assertThat(isCut(tenant, ISSUER, other)).isTrue();
        assertThat(isCut(stranger, ISSUER, person)).isTrue();
    }

    private void delete(AccountId of, IdentityId whose) {
        with(store -> {
            store.delete(SsoOwner.of(of), whose);
            return true;
        });
    }
}
