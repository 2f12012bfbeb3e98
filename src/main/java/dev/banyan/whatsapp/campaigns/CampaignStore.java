package dev.banyan.whatsapp.campaigns;

import static dev.banyan.schema.Tables.CAMPAIGNS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

final class CampaignStore extends Store {

    record Key(AccountId tenant, UUID id) {}

    /// @param at when the speed was measured; empty: not yet
    /// @param handled how many messages had left then
    record Measured(Optional<Instant> at, long handled) {}

    CampaignStore(Tx tx) {
        super(tx);
    }

    void insert(AccountId tenant, Campaign campaign) {
        sql.insertInto(CAMPAIGNS)
                .set(CAMPAIGNS.ID, campaign.id())
                .set(CAMPAIGNS.TENANT_ID, tenant)
                .set(columns(campaign))
                .set(CAMPAIGNS.STATE, campaign.state().key())
                .set(CAMPAIGNS.NEXT_AT, campaign.createdAt())
                .set(CAMPAIGNS.LAST_POSITION, 0L)
                .set(CAMPAIGNS.MEASURED, 0L)
                .set(CAMPAIGNS.CREATED_AT, campaign.createdAt())
                .execute();
    }

    Optional<Campaign> find(AccountId tenant, UUID id) {
        return sql.selectFrom(CAMPAIGNS).where(is(tenant, id)).fetchOptional(CampaignStore::campaign);
    }

    /// Returns a campaign that nobody else changes before the end of the transaction.
    Optional<Campaign> lock(AccountId tenant, UUID id) {
        return RowLock.on(sql.selectFrom(CAMPAIGNS).where(is(tenant, id)), sql).fetchOptional(CampaignStore::campaign);
    }

    /// Lists campaigns, newest first.
    ///
    /// @param before the last one of the previous page
    List<Campaign> list(AccountId tenant, Optional<UUID> before, int limit) {
        return sql.selectFrom(CAMPAIGNS)
                .where(
                        CAMPAIGNS.TENANT_ID.eq(tenant),
                        before.map(id -> CAMPAIGNS.ID.lt(id)).orElseGet(DSL::noCondition))
                .orderBy(CAMPAIGNS.ID.desc())
                .limit(limit)
                .fetch(CampaignStore::campaign);
    }

    /// Returns running campaigns, and those of these ids.
    List<Campaign> running(AccountId tenant, Collection<UUID> ids, int limit) {
        return sql.selectFrom(CAMPAIGNS)
                .where(
                        CAMPAIGNS.TENANT_ID.eq(tenant),
                        CAMPAIGNS.STATE.eq(CampaignState.RUNNING.key()).or(CAMPAIGNS.ID.in(ids)))
                .orderBy(CAMPAIGNS.ID)
                .limit(limit)
                .fetch(CampaignStore::campaign);
    }

    Map<UUID, String> names(AccountId tenant, Collection<UUID> ids) {
        return sql.select(CAMPAIGNS.ID, CAMPAIGNS.NAME)
                .from(CAMPAIGNS)
                .where(CAMPAIGNS.TENANT_ID.eq(tenant), CAMPAIGNS.ID.in(ids))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Lists campaigns that have not ended, by their text, newest first.
    List<Campaign> unfinished(AccountId tenant, String text, int limit) {
        return sql.selectFrom(CAMPAIGNS)
                .where(
                        CAMPAIGNS.TENANT_ID.eq(tenant),
                        CAMPAIGNS.BODY.eq(text),
                        CAMPAIGNS.STATE.notIn(CampaignState.DONE.key(), CampaignState.CANCELED.key()))
                .orderBy(CAMPAIGNS.ID.desc())
                .limit(limit)
                .fetch(CampaignStore::campaign);
    }

    /// Stores what a person can change in a draft.
    void change(AccountId tenant, Campaign campaign) {
        sql.update(CAMPAIGNS)
                .set(columns(campaign))
                .where(is(tenant, campaign.id()))
                .execute();
    }

    private static Columns columns(Campaign campaign) {
        return new Columns()
                .with(CAMPAIGNS.NAME, campaign.name())
                .with(CAMPAIGNS.MASTER_ID, campaign.pool())
                .with(CAMPAIGNS.BODY, campaign.message().text())
                .with(CAMPAIGNS.CONTENT, campaign.message().column())
                .with(CAMPAIGNS.CATEGORY, campaign.message().category())
                .with(CAMPAIGNS.START_AT, campaign.startAt())
                .with(CAMPAIGNS.UPDATED_AT, campaign.updatedAt());
    }

    /// Stores a state, with when it began and ended, and looks at it now. Its speed is measured anew.
    void become(AccountId tenant, UUID id, CampaignState state, Optional<String> note, Instant now) {
        sql.update(CAMPAIGNS)
                .set(CAMPAIGNS.STATE, state.key())
                .set(CAMPAIGNS.NOTE, note.orElse(null))
                .set(
                        CAMPAIGNS.STARTED_AT,
                        state == CampaignState.RUNNING
                                ? DSL.coalesce(CAMPAIGNS.STARTED_AT, DSL.val(now, CAMPAIGNS.STARTED_AT))
                                : CAMPAIGNS.STARTED_AT)
                .set(CAMPAIGNS.ENDED_AT, state.isOver() ? now : null)
                .set(CAMPAIGNS.NEXT_AT, now)
                .setNull(CAMPAIGNS.MEASURED_AT)
                .setNull(CAMPAIGNS.PER_MINUTE)
                .set(CAMPAIGNS.UPDATED_AT, now)
                .where(is(tenant, id))
                .execute();
    }

    /// @param note what it waits for; empty: nothing in particular
    void lookAgain(AccountId tenant, UUID id, Instant next, Optional<String> note) {
        sql.update(CAMPAIGNS)
                .set(CAMPAIGNS.NEXT_AT, next)
                .set(CAMPAIGNS.NOTE, note.orElse(null))
                .where(is(tenant, id))
                .execute();
    }

    /// Reserves positions for recipients.
    ///
    /// @return the last position that was taken before
    long take(AccountId tenant, UUID id, int count, Instant now) {
        long before = sql.select(CAMPAIGNS.LAST_POSITION)
                .from(CAMPAIGNS)
                .where(is(tenant, id))
                .fetchSingle()
                .value1();
        sql.update(CAMPAIGNS)
                .set(CAMPAIGNS.LAST_POSITION, before + count)
                .set(CAMPAIGNS.UPDATED_AT, now)
                .where(is(tenant, id))
                .execute();
        return before;
    }

    Measured measured(AccountId tenant, UUID id) {
        return sql.select(CAMPAIGNS.MEASURED_AT, CAMPAIGNS.MEASURED)
                .from(CAMPAIGNS)
                .where(is(tenant, id))
                .fetchSingle(row -> new Measured(Optional.ofNullable(row.value1()), row.value2()));
    }

    void measure(AccountId tenant, UUID id, long handled, Optional<Integer> perMinute, Instant now) {
        sql.update(CAMPAIGNS)
                .set(CAMPAIGNS.MEASURED_AT, now)
                .set(CAMPAIGNS.MEASURED, handled)
                .set(CAMPAIGNS.PER_MINUTE, perMinute.orElse(null))
                .where(is(tenant, id))
                .execute();
    }

    void delete(AccountId tenant, UUID id) {
        sql.deleteFrom(CAMPAIGNS).where(is(tenant, id)).execute();
    }

    @AllTenants("a job works on the campaigns of all tenants")
    List<Key> due(Instant now, int limit) {
        return keys(
                CAMPAIGNS
                        .STATE
                        .in(DSL.inline(CampaignState.SCHEDULED.key()), DSL.inline(CampaignState.RUNNING.key()))
                        .and(CAMPAIGNS.NEXT_AT.le(now)),
                limit);
    }

    /// Returns campaigns whose results may still change.
    ///
    /// @param since of those that have ended, only later ones
    @AllTenants("a start reads the results of all tenants again")
    List<Key> fresh(Instant since, int limit) {
        return keys(
                CAMPAIGNS
                        .STATE
                        .in(CampaignState.RUNNING.key(), CampaignState.PAUSED.key())
                        .or(CAMPAIGNS.ENDED_AT.ge(since)),
                limit);
    }

    private List<Key> keys(Condition which, int limit) {
        return sql.select(CAMPAIGNS.TENANT_ID, CAMPAIGNS.ID)
                .from(CAMPAIGNS)
                .where(which)
                .orderBy(CAMPAIGNS.NEXT_AT)
                .limit(limit)
                .fetch(row -> new Key(row.value1(), row.value2()));
    }

    private static Condition is(AccountId tenant, UUID id) {
        return CAMPAIGNS.TENANT_ID.eq(tenant).and(CAMPAIGNS.ID.eq(id));
    }

    private static Campaign campaign(Record row) {
        return new Campaign(
                row.get(CAMPAIGNS.ID),
                row.get(CAMPAIGNS.TENANT_ID),
                row.get(CAMPAIGNS.NAME),
                row.get(CAMPAIGNS.MASTER_ID),
                CampaignMessage.of(
                        row.get(CAMPAIGNS.BODY),
                        Optional.ofNullable(row.get(CAMPAIGNS.CONTENT)),
                        Optional.ofNullable(row.get(CAMPAIGNS.CATEGORY))),
                Keyed.of(CampaignState.class, row.get(CAMPAIGNS.STATE)),
                Optional.ofNullable(row.get(CAMPAIGNS.NOTE)),
                Optional.ofNullable(row.get(CAMPAIGNS.START_AT)),
                Optional.ofNullable(row.get(CAMPAIGNS.STARTED_AT)),
                Optional.ofNullable(row.get(CAMPAIGNS.ENDED_AT)),
                Optional.ofNullable(row.get(CAMPAIGNS.PER_MINUTE)),
                row.get(CAMPAIGNS.CREATED_AT),
                row.get(CAMPAIGNS.UPDATED_AT));
    }
}
