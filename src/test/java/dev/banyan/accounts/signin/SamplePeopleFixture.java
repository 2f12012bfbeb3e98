package dev.banyan.accounts.signin;

import static dev.banyan.schema.Tables.IDENTITIES;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;

/// People as the demo leaves them.
public final class SamplePeopleFixture {

    private SamplePeopleFixture() {}

    public static void made(Database database, String email) {
        var people = new SamplePeople(database);
        people.plan(Set.of(email));
        people.made(email);
    }

    public static void changePassword(Database database, IdentityId person, String hash) {
        database.write(tx -> tx.sql()
                .update(IDENTITIES)
                .set(IDENTITIES.PASSWORD_HASH, hash)
                .where(IDENTITIES.ID.eq(person))
                .execute());
    }
}
