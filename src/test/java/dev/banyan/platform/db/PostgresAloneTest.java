package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import org.junit.jupiter.api.Test;

/// PostgreSQL for a server that shares it with no other.
class PostgresAloneTest extends DatabaseContract {

    PostgresAloneTest() {
        super(place());
    }

    private static Supplier<Database> place() {
        String url = TestDatabases.migratedPostgresUrl();
        return () -> PostgresDatabase.patient(url, TestDatabases.CONNECTIONS, true);
    }

    @Test
    void readersShareAnswers() {
        assertThatReadersShareAnswersUntilSomethingIsWritten();
    }

    private record Visible() {}

    /// Row-level security hides the rows of others from a reader that is limited to one tenant: "there is none" is no
    /// answer for everybody.
    @Test
    void anAnswerForOneTenantIsForNobodyElse() {
        var one = new AccountId(new UUID(0, 1));
        var other = new AccountId(new UUID(0, 2));

        assertThat(database.<String>read(one, tx -> tx.once(new Visible(), _ -> "of one")))
                .isEqualTo("of one");
        assertThat(database.<String>read(other, tx -> tx.once(new Visible(), _ -> "of the other")))
                .isEqualTo("of the other");
        assertThat(database.<String>read(tx -> tx.once(new Visible(), _ -> "of all")))
                .isEqualTo("of all");
    }

    /// Whether it happened is not known, so nobody is told what was before.
    @Test
    void aWriteThatFailsEndsThemToo() {
        assertThat(kept("before")).isEqualTo("before");
        try {
            database.write(tx -> {
                throw new IllegalStateException("on purpose");
            });
        } catch (IllegalStateException _) {
            // as wanted
        }
        assertThat(kept("after")).isEqualTo("after");
    }

    private record Kept() {}

    private String kept(String now) {
        return database.read(tx -> tx.once(new Kept(), _ -> now));
    }
}
