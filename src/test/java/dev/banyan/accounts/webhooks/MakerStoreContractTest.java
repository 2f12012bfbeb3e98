package dev.banyan.accounts.webhooks;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.webhooks.MakerStore.Listed;
import dev.banyan.accounts.webhooks.MakerStore.Member;
import dev.banyan.accounts.webhooks.MakerStore.Worker;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/// The rights of those who set up webhooks.
@OnEveryDatabase
class MakerStoreContractTest {

    private final Database database;
    private final AccountContext agency;
    private final AccountContext other;
    private final AccountContext reader;
    private final AccountId brand;

    MakerStoreContractTest(Database database) {
        this.database = database;
        this.agency = StoredAccounts.agency(database);
        this.other = StoredAccounts.agency(database);
        this.reader = StoredAccounts.agency(database);
        this.brand = StoredAccounts.brandOf(database, agency).acting().id();
        database.write(tx -> {
            new MembershipStore(tx).letRead(agency.root().id(), reader.identity(), brand, NOW);
            return true;
        });
    }

    private Map<Member, Worker> workers(AccountContext account, IdentityId person) {
        return database.read(
                tx -> new MakerStore(tx).workers(List.of(account.root().id()), List.of(person)));
    }

    private Set<Listed> listed(AccountContext account, IdentityId person) {
        return database.read(
                tx -> new MakerStore(tx).listed(List.of(account.root().id()), List.of(person)));
    }

    private Map<IdentityId, String> emails(IdentityId person) {
        return database.read(tx -> new MakerStore(tx).emails(List.of(person)));
    }

    private Member readerOfAgency() {
        return new Member(agency.root().id(), reader.identity());
    }

    @Test
    void whatPeopleMayIsReadInTheirAccounts() {
        assertThat(workers(agency, reader.identity())).hasSize(1).hasEntrySatisfying(readerOfAgency(), found -> {
            assertThat(found.membership().readOnly()).isTrue();
            assertThat(found.refusedAt()).isEmpty();
        });
        assertThat(workers(agency, other.identity())).isEmpty();
        assertThat(workers(other, reader.identity())).isEmpty();
    }

    @Test
    void theBrandsThatPeopleWorkForAreRead() {
        assertThat(listed(agency, reader.identity())).containsExactly(new Listed(readerOfAgency(), brand));
        assertThat(listed(agency, other.identity())).isEmpty();
        assertThat(listed(other, reader.identity())).isEmpty();
    }

    @Test
    void emailsAreOfThePeopleAskedFor() {
        assertThat(emails(reader.identity()))
                .containsOnly(Map.entry(reader.identity(), reader.root().username() + "@example.com"));
        assertThat(emails(StoredAccounts.newIdentityId())).isEmpty();
    }
}
