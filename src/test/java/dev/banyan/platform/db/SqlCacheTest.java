package dev.banyan.platform.db;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.StoredAccounts;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SqlCacheTest {

    private final Database database;
    private final SqlCache query = new SqlCache();

    SqlCacheTest(Database database) {
        this.database = database;
    }

    private Optional<String> nameOf(Account account, boolean hidden, Object... values) {
        return database.read(tx -> query.one(
                        tx.sql(),
                        () -> tx.sql()
                                .select(ACCOUNTS.USERNAME)
                                .from(ACCOUNTS)
                                .where(
                                        ACCOUNTS.ID.eq(account.id()),
                                        ACCOUNTS.IS_CHECKLIST_HIDDEN.eq(hidden),
                                        ACCOUNTS.CREATED_AT.le(account.createdAt())),
                        values)
                .map(row -> row.get(ACCOUNTS.USERNAME)));
    }

    @Test
    void laterUsesHaveTheirOwnValues() {
        for (Account account : List.of(
                StoredAccounts.agency(database).root(),
                StoredAccounts.agency(database).root())) {
            assertThat(nameOf(account, false, account.id(), false, account.createdAt()))
                    .contains(account.username());
            assertThat(nameOf(account, true, account.id(), true, account.createdAt()))
                    .isEmpty();
        }
    }

    @Test
    void valuesInAnotherOrderAreRefused() {
        Account account = StoredAccounts.agency(database).root();
        assertThatThrownBy(() -> nameOf(account, false, account.createdAt(), false, account.id()))
                .hasMessageContaining("not those of the query");
        assertThatThrownBy(() -> nameOf(account, false, account.id())).hasMessageContaining("not those of the query");
    }

    @Test
    void severalRowsAreNotOne() {
        StoredAccounts.agency(database);
        StoredAccounts.agency(database);
        assertThatThrownBy(() -> database.read(tx -> new SqlCache()
                        .one(tx.sql(), () -> tx.sql().select(ACCOUNTS.ID).from(ACCOUNTS))))
                .hasMessageContaining("More than one row");
    }
}
