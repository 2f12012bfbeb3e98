package dev.banyan.accounts;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static dev.banyan.schema.Tables.MEMBERSHIP_ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/// Members who see an account, or some of its brands, and change nothing.
@OnEveryDatabase
class ReadersContractTest {

    private final Database database;

    ReadersContractTest(Database database) {
        this.database = database;
    }

    @Test
    void aReaderGetsOneBrandAfterTheOther() {
        AccountContext agency = StoredAccounts.agency(database);
        AccountContext other = StoredAccounts.agency(database);
        AccountContext reader = StoredAccounts.agency(database);
        AccountId first = brandOf(agency);
        AccountId second = brandOf(agency);

        letRead(agency, reader.identity(), first);
        letRead(agency, reader.identity(), second);
        letRead(agency, reader.identity(), second);

        assertThat(membership(agency, reader)).get().matches(Membership::readOnly);
        assertThat(membership(agency, reader)).get().matches(found -> !found.everything());
        assertThat(isListed(agency, reader, first)).isTrue();
        assertThat(isListed(agency, reader, second)).isTrue();
        assertThat(isListed(agency, other, first)).isFalse();
        assertThat(membership(agency, other)).isEmpty();
        assertThat(membership(other, reader)).isEmpty();
    }

    @Test
    void whoMayMoreKeepsIt() {
        AccountContext agency = StoredAccounts.agency(database);
        AccountContext worker = StoredAccounts.agency(database);
        AccountId brand = brandOf(agency);
        database.write(
                tx -> new MembershipStore(tx).insert(root(agency), worker.identity(), MemberRights.MANAGER, NOW));

        letRead(agency, agency.identity(), brand);
        letRead(agency, worker.identity(), brand);

        assertThat(membership(agency, agency)).get().matches(Membership::isOwner);
        assertThat(membership(agency, worker)).get().matches(found -> found.everything() && !found.readOnly());
        assertThat(isListed(agency, worker, brand)).isFalse();
    }

    @Test
    void readersWithNothingLeftToReadAreRemovedInTheirAccountAlone() {
        AccountContext agency = StoredAccounts.agency(database);
        AccountContext other = StoredAccounts.agency(database);
        AccountContext reader = StoredAccounts.agency(database);
        AccountContext idle = StoredAccounts.agency(database);
        AccountContext ofAll = StoredAccounts.agency(database);
        letRead(agency, reader.identity(), brandOf(agency));
        letRead(agency, idle.identity(), brandOf(agency));
        letRead(agency, ofAll.identity(), root(agency));
        letRead(other, idle.identity(), brandOf(other));
        database.write(tx -> tx.sql()
                .deleteFrom(MEMBERSHIP_ACCOUNTS)
                .where(MEMBERSHIP_ACCOUNTS.IDENTITY_ID.eq(idle.identity()))
                .execute());

        database.write(tx -> {
            new MembershipStore(tx).removeIdleReaders(root(agency));
            return tx;
        });

        assertThat(membership(agency, idle)).isEmpty();
        assertThat(membership(agency, reader)).isPresent();
        assertThat(membership(agency, ofAll)).isPresent();
        assertThat(membership(agency, agency)).isPresent();
        assertThat(membership(other, idle)).as("of another account").isPresent();
    }

    private AccountId brandOf(AccountContext agency) {
        return StoredAccounts.brandOf(database, agency).acting().id();
    }

    private static AccountId root(AccountContext agency) {
        return agency.root().id();
    }

    private void letRead(AccountContext agency, IdentityId person, AccountId account) {
        database.write(tx -> {
            new MembershipStore(tx).letRead(root(agency), person, account, NOW);
            return tx;
        });
    }

    private Optional<Membership> membership(AccountContext agency, AccountContext person) {
        return database.read(tx -> new MembershipStore(tx).find(root(agency), person.identity()));
    }

    private boolean isListed(AccountContext agency, AccountContext person, AccountId account) {
        return database.read(tx -> new MembershipStore(tx).isListed(root(agency), person.identity(), account));
    }

    @Test
    void allMembersHaveTheirEmailsInTheListOfTheAccount() {
        AccountContext agency = StoredAccounts.agency(database);
        AccountContext reader = StoredAccounts.agency(database);
        letRead(agency, reader.identity(), root(agency));

        assertThat(emails(agency)).containsExactlyInAnyOrder(email(agency), email(reader));
        assertThat(emails(reader)).containsExactly(email(reader));
    }

    private List<String> emails(AccountContext account) {
        return database.read(tx -> new MembershipStore(tx).emails(root(account)));
    }

    private static String email(AccountContext person) {
        return person.root().username() + "@example.com";
    }
}
