package dev.banyan.accounts.signin;

import static dev.banyan.schema.Tables.IDENTITIES;
import static dev.banyan.schema.Tables.SAMPLE_PEOPLE;

import module java.base;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// The people that the demo created, and the hashes of the passwords that it set.
final class SamplePeopleStore extends Store {

    SamplePeopleStore(Tx tx) {
        super(tx);
    }

    boolean hasPeople() {
        return sql.fetchExists(IDENTITIES);
    }

    boolean hasPeople(Collection<String> emails) {
        return sql.fetchCount(IDENTITIES, IDENTITIES.EMAIL.in(emails)) == emails.size();
    }

    boolean hasSamples() {
        return sql.fetchExists(SAMPLE_PEOPLE);
    }

    List<String> keepingPasswords() {
        return sql.select(SAMPLE_PEOPLE.EMAIL)
                .from(SAMPLE_PEOPLE)
                .join(IDENTITIES)
                .on(IDENTITIES.EMAIL.eq(SAMPLE_PEOPLE.EMAIL))
                .where(IDENTITIES.PASSWORD_HASH.eq(SAMPLE_PEOPLE.PASSWORD_HASH))
                .orderBy(SAMPLE_PEOPLE.EMAIL)
                .fetch(SAMPLE_PEOPLE.EMAIL);
    }

    void plan(String email) {
        sql.insertInto(SAMPLE_PEOPLE)
                .set(SAMPLE_PEOPLE.EMAIL, email)
                .set(SAMPLE_PEOPLE.PASSWORD_HASH, "")
                .onConflictDoNothing()
                .execute();
    }

    void made(String email, String passwordHash) {
        sql.update(SAMPLE_PEOPLE)
                .set(SAMPLE_PEOPLE.PASSWORD_HASH, passwordHash)
                .where(SAMPLE_PEOPLE.EMAIL.eq(email))
                .execute();
    }

    /// Returns the hash of the password that the demo set; empty for a person who was not created yet.
    Optional<String> given(String email) {
        return sql.fetchOptionalValue(
                SAMPLE_PEOPLE.PASSWORD_HASH, SAMPLE_PEOPLE.EMAIL.eq(email).and(SAMPLE_PEOPLE.PASSWORD_HASH.ne("")));
    }
}
