package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Remembers the people that the demo created, so that it changes no one else, and no password that a person has
/// changed since.
@Singleton
public record SamplePeople(Database database) {

    public static boolean hasPeople(Database database) {
        return database.read(tx -> new SamplePeopleStore(tx).hasPeople());
    }

    /// Returns true if all of these people exist.
    public static boolean hasPeople(Database database, Collection<String> emails) {
        return database.read(tx -> new SamplePeopleStore(tx).hasPeople(emails));
    }

    /// Returns true if the demo has started to create people.
    public static boolean hasSamples(Database database) {
        return database.read(tx -> new SamplePeopleStore(tx).hasSamples());
    }

    /// Returns the emails of those who still have the password that the demo set and printed, in order.
    public static List<String> keepingPasswords(Database database) {
        return database.read(tx -> new SamplePeopleStore(tx).keepingPasswords());
    }

    /// Marks these people as the demo's, before the first of them is created.
    public void plan(Collection<String> emails) {
        database.write(tx -> {
            emails.forEach(new SamplePeopleStore(tx)::plan);
            return emails;
        });
    }

    /// Stores the person's current password as the one that the demo set.
    public void made(String email) {
        database.write(tx -> {
            current(tx, email).ifPresent(hash -> new SamplePeopleStore(tx).made(email, hash));
            return email;
        });
    }

    public boolean isMade(String email) {
        return database.read(tx -> new SamplePeopleStore(tx).given(email)).isPresent();
    }

    /// Returns true if the person still has the password that the demo set.
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
