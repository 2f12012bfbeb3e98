package dev.banyan.analytics;

import static dev.banyan.schema.Tables.VISIT_SALTS;

import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// The daily salts of the whole server.
final class SaltStore extends Store {

    SaltStore(Tx tx) {
        super(tx);
    }

    /// Returns the salt of a day, after storing `fresh` if it has none yet.
    String saltOf(int day, String fresh) {
        sql.insertInto(VISIT_SALTS)
                .set(VISIT_SALTS.DAY, day)
                .set(VISIT_SALTS.SALT, fresh)
                .onConflictDoNothing()
                .execute();
        return sql.select(VISIT_SALTS.SALT)
                .from(VISIT_SALTS)
                .where(VISIT_SALTS.DAY.eq(day))
                .fetchSingle()
                .value1();
    }

    int forgetBefore(int day) {
        return sql.deleteFrom(VISIT_SALTS).where(VISIT_SALTS.DAY.lt(day)).execute();
    }
}
