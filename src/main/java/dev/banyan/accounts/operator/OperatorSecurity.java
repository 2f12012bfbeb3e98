package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.db.Database;

/// What `doctor` asks about the people of a server, whose database may be read only.
public final class OperatorSecurity {

    private OperatorSecurity() {}

    /// Returns the emails of operators who sign in with a password alone, in order.
    public static List<String> withoutSecondFactor(Database database) {
        return database.read(tx -> new IdentityStore(tx).operatorsWithoutFactor());
    }

    /// Returns when the first person came, which is when a server began to have data.
    public static Optional<Instant> firstPerson(Database database) {
        return database.read(tx -> new IdentityStore(tx).oldest());
    }
}
