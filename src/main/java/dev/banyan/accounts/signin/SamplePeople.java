package dev.banyan.accounts.signin;

import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;

/// Remembers whom the demo made, so that it touches nobody else, and no password that a person has changed since.
@Singleton
public final class SamplePeople {

    private final Database database;

    SamplePeople(Database database) {
        this.database = database;
    }

    /// Returns whether there are people at all.
    public static boolean hasPeople(Database database) {
        return database.read(tx -> new SamplePeopleStore(tx).hasPeople());
    }

    /// Returns whether all of these people are there.
    public static boolean hasPeople(Database database, Collection<String> emails) {
        return database.read(tx -> new SamplePeopleStore(tx).hasPeople(emails));
    }

    /// Returns whether the demo has begun to make people.
    public static boolean hasSamples(Database database) {
        return database.read(tx -> new SamplePeopleStore(tx).hasSamples());
    }

    /// Says that these people are going to be the demo's, before the first of them is made.
    public void plan(Collection<String> emails) {
        database.write(tx -> {
            emails.forEach(new SamplePeopleStore(tx)::plan);
            return emails;
        });
    }

    /// Remembers the password that the person has now as the one that the demo gave.
    public void made(String email) {
        database.write(tx -> {
            current(tx, email).ifPresent(hash -> new SamplePeopleStore(tx).made(email, hash));
            return email;
        });
    }

    public boolean isMade(String email) {
        return database.read(tx -> new SamplePeopleStore(tx).given(email)).isPresent();
    }

    /// Returns whether the person still has the password that the demo gave.
    public boolean keepsPassword(String email) {
        return database.read(tx -> new SamplePeopleStore(tx)
                .given(email)
                .filter(given -> current(tx, email).filter(given::equals).isPresent())
                .isPresent());
    }

    private static Optional<String> current(Tx tx, String email) {
        return new IdentityStore(tx)
                .findByEmail(email)
                .map(person -> person.identity().passwordHash());
    }
}
