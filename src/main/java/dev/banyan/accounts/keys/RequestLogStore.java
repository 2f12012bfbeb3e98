package dev.banyan.accounts.keys;

import static dev.banyan.schema.Tables.API_REQUESTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// The requests that programs made with keys.
final class RequestLogStore extends Store {

    RequestLogStore(Tx tx) {
        super(tx);
    }

    void insert(AccountId tenant, List<LoggedRequest> requests) {
        var rows = sql.insertInto(
                API_REQUESTS,
                API_REQUESTS.TENANT_ID,
                API_REQUESTS.ID,
                API_REQUESTS.KEY_ID,
                API_REQUESTS.ROUTE,
                API_REQUESTS.STATUS,
                API_REQUESTS.CODE,
                API_REQUESTS.DURATION_MS,
                API_REQUESTS.REQUEST_ID,
                API_REQUESTS.MADE_AT);
        for (LoggedRequest request : requests) {
            rows = rows.values(
                    tenant,
                    request.id(),
                    request.key(),
                    request.route(),
                    request.status(),
                    request.code().orElse(null),
                    request.took().toMillis(),
                    request.requestId(),
                    request.at());
        }
        rows.execute();
    }

    /// Lists requests, newest first.
    ///
    /// @param after the last one shown
    List<LoggedRequest> list(AccountId tenant, RequestFilter filter, Optional<UUID> after, int limit) {
        return sql.selectFrom(API_REQUESTS)
                .where(
                        API_REQUESTS.TENANT_ID.eq(tenant),
                        filter.key().isEmpty() ? DSL.noCondition() : API_REQUESTS.KEY_ID.eq(filter.key()),
                        filter.statuses()
                                .<Condition>map(range -> API_REQUESTS.STATUS.between(range.getKey(), range.getValue()))
                                .orElse(DSL.noCondition()),
                        filter.route().isEmpty()
                                ? DSL.noCondition()
                                : API_REQUESTS.ROUTE.containsIgnoreCase(filter.route()),
                        after.<Condition>map(API_REQUESTS.ID::lt).orElse(DSL.noCondition()))
                .orderBy(API_REQUESTS.ID.desc())
                .limit(limit)
                .fetch(row -> new LoggedRequest(
                        row.get(API_REQUESTS.ID),
                        row.get(API_REQUESTS.MADE_AT),
                        row.get(API_REQUESTS.KEY_ID),
                        row.get(API_REQUESTS.ROUTE),
                        row.get(API_REQUESTS.STATUS),
                        Optional.ofNullable(row.get(API_REQUESTS.CODE)),
                        Duration.ofMillis(row.get(API_REQUESTS.DURATION_MS)),
                        row.get(API_REQUESTS.REQUEST_ID)));
    }

    @AllTenants("a job deletes old requests of all tenants")
    int deleteBefore(Instant end) {
        return sql.deleteFrom(API_REQUESTS).where(API_REQUESTS.MADE_AT.lt(end)).execute();
    }
}
