package dev.banyan.platform.web.gate;

import static dev.banyan.schema.Tables.IDEMPOTENCY_KEYS;

import module java.base;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

final class IdempotencyStore extends Store {

    /// What is stored for a key; `requestStamp` identifies a repeated request without revealing its content. `answer`
    /// is empty while the first request runs, or if it never ended.
    record Known(String requestStamp, Optional<Answer> answer) {}

    record Answer(int status, Optional<String> location, Optional<String> body) {}

    IdempotencyStore(Tx tx) {
        super(tx);
    }

    /// @return false if the key exists already
    boolean claim(String caller, String key, String requestStamp, Instant now) {
        return Tx.changed(sql.insertInto(IDEMPOTENCY_KEYS)
                .set(IDEMPOTENCY_KEYS.CALLER, caller)
                .set(IDEMPOTENCY_KEYS.IDEMPOTENCY_KEY, key)
                .set(IDEMPOTENCY_KEYS.REQUEST_DIGEST, requestStamp)
                .set(IDEMPOTENCY_KEYS.CREATED_AT, now)
                .onConflictDoNothing());
    }

    Optional<Known> find(String caller, String key) {
        return sql.select(
                        IDEMPOTENCY_KEYS.REQUEST_DIGEST,
                        IDEMPOTENCY_KEYS.STATUS,
                        IDEMPOTENCY_KEYS.LOCATION,
                        IDEMPOTENCY_KEYS.BODY)
                .from(IDEMPOTENCY_KEYS)
                .where(IDEMPOTENCY_KEYS.CALLER.eq(caller), IDEMPOTENCY_KEYS.IDEMPOTENCY_KEY.eq(key))
                .fetchOptional(row -> new Known(
                        row.value1(),
                        Optional.ofNullable(row.value2())
                                .map(status -> new Answer(
                                        status,
                                        Optional.ofNullable(row.value3()),
                                        Optional.ofNullable(row.value4())))));
    }

    void keep(String caller, String key, Answer answer) {
        sql.update(IDEMPOTENCY_KEYS)
                .set(IDEMPOTENCY_KEYS.STATUS, answer.status())
                .set(IDEMPOTENCY_KEYS.LOCATION, answer.location().orElse(null))
                .set(IDEMPOTENCY_KEYS.BODY, answer.body().orElse(null))
                .where(IDEMPOTENCY_KEYS.CALLER.eq(caller), IDEMPOTENCY_KEYS.IDEMPOTENCY_KEY.eq(key))
                .execute();
    }

    void release(String caller, String key) {
        sql.deleteFrom(IDEMPOTENCY_KEYS)
                .where(IDEMPOTENCY_KEYS.CALLER.eq(caller), IDEMPOTENCY_KEYS.IDEMPOTENCY_KEY.eq(key))
                .execute();
    }

    int deleteOlderThan(Instant instant) {
        return sql.deleteFrom(IDEMPOTENCY_KEYS)
                .where(IDEMPOTENCY_KEYS.CREATED_AT.lt(instant))
                .execute();
    }
}
