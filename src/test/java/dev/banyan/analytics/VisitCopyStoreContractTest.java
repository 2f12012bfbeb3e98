package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.analytics.VisitCopyStore.Row;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class VisitCopyStoreContractTest {

    private final Database database;

    VisitCopyStoreContractTest(Database database) {
        this.database = database;
    }

    @Test
    void rowsComeNewestFirstInParts() {
        Owner owner = StoredAccounts.agency(database).owner();
        var counts = new VisitCounts(6, 5, 4, 3, 2, 1);
        var old = new Row(Subject.PAGES, 20_000, counts, "{\"d\":{\"Phone\":5}}");
        var page = new Row(Subject.page("1"), 20_001, counts, "");
        var pages = new Row(Subject.PAGES, 20_001, counts, "");
        database.write(tx -> {
            new VisitCopyStore(tx).add(owner, List.of(old, page, pages));
            return owner;
        });

        List<Row> first = list(owner, Optional.empty(), 2);
        assertThat(first).containsExactly(pages, page);
        assertThat(list(owner, Optional.of(first.getLast()), 2)).containsExactly(old);
    }

    @Test
    void rowsOfTheSameDayAreAddedUp() {
        Owner owner = StoredAccounts.agency(database).owner();
        var phones = new Row(Subject.PAGES, 20_000, new VisitCounts(6, 5, 4, 3, 2, 1), "{\"d\":{\"Phone\":5}}");
        var others = new Row(
                Subject.PAGES, 20_000, new VisitCounts(10, 20, 30, 40, 50, 60), "{\"d\":{\"Phone\":1,\"Tablet\":2}}");
        var next = new Row(Subject.SHORT_LINKS, 20_000, new VisitCounts(1, 1, 1, 1, 1, 1), "");
        database.write(tx -> {
            new VisitCopyStore(tx).add(owner, List.of(phones));
            var store = new VisitCopyStore(tx);
            store.add(owner, store.withParts(owner, List.of(others, next)));
            return owner;
        });

        List<Row> rows = list(owner, Optional.empty(), 9);
        assertThat(rows).hasSize(2).contains(next);
        assertThat(rows.getFirst().counts()).isEqualTo(new VisitCounts(16, 25, 34, 43, 52, 61));
        Breakdown parts = Breakdown.parse(rows.getFirst().parts());
        assertThat(parts.count(Dimension.DEVICE, "Phone")).isEqualTo(6);
        assertThat(parts.count(Dimension.DEVICE, "Tablet")).isEqualTo(2);
    }

    private List<Row> list(Owner owner, Optional<Row> after, int limit) {
        return database.read(tx -> new VisitCopyStore(tx).list(owner, after, limit));
    }
}
