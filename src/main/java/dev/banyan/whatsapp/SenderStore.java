package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

public final class SenderStore extends Store {

    private static final Condition REAL = SENDERS.DRIVER.ne(DriverKind.SIMULATOR.key());
    private static final String MASTER = "master";
    private static final String SERVANT = "servant";
    public static final Condition IS_MASTER = SENDERS.ROLE.eq(MASTER);

    private static final Field<String> PORTFOLIO = DSL.field(DSL.select(WHATSAPP_CONNECTIONS.PORTFOLIO_ID)
                    .from(WHATSAPP_CONNECTIONS)
                    .where(
                            WHATSAPP_CONNECTIONS.TENANT_ID.eq(SENDERS.TENANT_ID),
                            WHATSAPP_CONNECTIONS.ID.eq(SENDERS.CONNECTION_ID)))
            .as("portfolio");
    /// The columns of a sender, for [#sender].
    public static final List<Field<?>> FIELDS =
            Stream.concat(Stream.of(SENDERS.fields()), Stream.of(PORTFOLIO)).toList();

    private static final SqlCache FIND = new SqlCache();
    private static final SqlCache SERVANTS = new SqlCache();
    private static final SqlCache REAL_POOL = new SqlCache();
    private static final SqlCache LIST = new SqlCache();
    private static final SqlCache BELONGING = new SqlCache();

    public SenderStore(Tx tx) {
        super(tx);
    }

    /// Locks all senders of a tenant until the end of the transaction. Changes are serialized, so the file that mirrors
    /// the senders is written in the same order.
    public void hold(AccountId tenant) {
        if (lock(tenant)) {
            return;
        }
        sql.insertInto(SENDER_CONFIG_FILES)
                .set(SENDER_CONFIG_FILES.TENANT_ID, tenant)
                .set(SENDER_CONFIG_FILES.EXTRA, "{}")
                .set(SENDER_CONFIG_FILES.UPDATED_AT, Instant.EPOCH)
                .onConflictDoNothing()
                .execute();
        lock(tenant);
    }

    /// @return false if there is nothing to lock yet
    private boolean lock(AccountId tenant) {
        return RowLock.on(
                        sql.select(SENDER_CONFIG_FILES.TENANT_ID)
                                .from(SENDER_CONFIG_FILES)
                                .where(SENDER_CONFIG_FILES.TENANT_ID.eq(tenant)),
                        sql)
                .fetchOptional()
                .isPresent();
    }

    /// @return false if the id or the phone exists in the tenant
    public boolean insert(AccountId tenant, Sender sender) {
        return Tx.changed(sql.insertInto(SENDERS)
                .set(SENDERS.ID, sender.id())
                .set(SENDERS.TENANT_ID, tenant)
                .set(SENDERS.ROLE, sender.isMaster() ? MASTER : SERVANT)
                .set(SENDERS.MASTER_ID, sender.masterId().orElse(null))
                .set(SENDERS.MASTER_ROLE, sender.isMaster() ? null : MASTER)
                .set(
                        SENDERS.MASTER_TYPE,
                        sender.masterType().map(MasterType::key).orElse(null))
                .set(SENDERS.DISPLAY_NAME, sender.displayName())
                .set(SENDERS.PHONE, sender.phone().orElse(null))
                .set(SENDERS.PURPOSE, sender.purpose().orElse(null))
                .set(SENDERS.IS_ENABLED, sender.enabled())
                .set(columns(sender.traits()))
                .set(gateway(sender))
                .set(SENDERS.PAUSE, sender.assignment().pause().map(Pause::key).orElse(null))
                .set(SENDERS.HOME_MASTER_ID, sender.assignment().home().orElse(null))
                .set(SENDERS.BRAND_ACCOUNT_ID, sender.assignment().brand().orElse(null))
                .set(SENDERS.SERVANT_COUNT, sender.servants())
                .set(SENDERS.CREATED_AT, sender.createdAt())
                .set(SENDERS.UPDATED_AT, sender.updatedAt())
                .onConflictDoNothing());
    }

    /// Returns masters and servants, oldest first.
    public List<Sender> list(AccountId tenant) {
        return LIST.fetch(
                SenderStore::sender,
                sql,
                () -> select(tenant, DSL.noCondition()).orderBy(SENDERS.CREATED_AT, SENDERS.ID),
                tenant);
    }

    /// Returns the masters, oldest first.
    public List<Sender> masters(AccountId tenant) {
        return select(tenant, IS_MASTER).orderBy(SENDERS.CREATED_AT, SENDERS.ID).fetch(SenderStore::sender);
    }

    /// Returns the servants of a master, oldest first.
    List<Sender> servants(AccountId tenant, SenderId master) {
        return SERVANTS.fetch(
                SenderStore::sender,
                sql,
                () -> select(tenant, SENDERS.MASTER_ID.eq(master)).orderBy(SENDERS.CREATED_AT, SENDERS.ID),
                tenant,
                master);
    }

    /// Returns whether what this number sends reaches people.
    public boolean isReal(AccountId tenant, SenderId id) {
        return sql.fetchExists(select(tenant, SENDERS.ID.eq(id).and(REAL)));
    }

    /// Returns whether what a servant of this master sends reaches people.
    public boolean hasRealServants(AccountId tenant, SenderId master) {
        return sql.fetchExists(select(tenant, SENDERS.MASTER_ID.eq(master).and(REAL)));
    }

    /// Returns whether a pool has a real number, or has lent its real ones.
    boolean isRealPool(AccountId tenant, SenderId master) {
        return !REAL_POOL
                .fetch(
                        sql,
                        () -> sql.select(SENDERS.ID)
                                .from(SENDERS)
                                .where(
                                        SENDERS.TENANT_ID.eq(tenant),
                                        SENDERS.ID.eq(master).or(belongsTo(master)),
                                        REAL)
                                .limit(DSL.inline(1)),
                        tenant,
                        master,
                        master,
                        master,
                        DriverKind.SIMULATOR.key())
                .isEmpty();
    }

    /// Returns the servants that belong to a master, including those that it has lent, without those lent to it.
    public List<Sender> belonging(AccountId tenant, SenderId master) {
        return BELONGING.fetch(
                SenderStore::sender,
                sql,
                () -> select(tenant, belongsTo(master)).orderBy(SENDERS.CREATED_AT, SENDERS.ID),
                tenant,
                master,
                master);
    }

    private static Condition belongsTo(SenderId master) {
        return SENDERS.HOME_MASTER_ID.eq(master).or(SENDERS.MASTER_ID.eq(master).and(SENDERS.HOME_MASTER_ID.isNull()));
    }

    /// Returns true if one of the account's numbers was linked, whatever became of it.
    public boolean hasLinked(AccountId tenant) {
        return sql.fetchExists(SENDERS, SENDERS.TENANT_ID.eq(tenant), SENDERS.LINKED_AT.isNotNull());
    }

    /// Returns the ids of the servants, oldest first.
    public List<SenderId> servantIds(AccountId tenant, SenderId master, int limit) {
        return sql.select(SENDERS.ID)
                .from(SENDERS)
                .where(owned(tenant), SENDERS.MASTER_ID.eq(master))
                .orderBy(SENDERS.CREATED_AT, SENDERS.ID)
                .limit(limit)
                .fetch(row -> row.value1());
    }

    /// Returns a master and its servants, oldest first; empty if there is no such master.
    public List<Sender> pool(AccountId tenant, SenderId master) {
        return find(tenant, master)
                .filter(Sender::isMaster)
                .map(found -> Stream.concat(Stream.of(found), servants(tenant, master).stream())
                        .toList())
                .orElse(List.of());
    }

    /// Returns how many masters there are, counting up to `limit`.
    int someMasters(AccountId tenant, int limit) {
        return sql.fetchCount(
                sql.selectOne().from(SENDERS).where(owned(tenant), IS_MASTER).limit(limit));
    }

    public Optional<Sender> find(AccountId tenant, SenderId id) {
        return FIND.one(sql, () -> select(tenant, SENDERS.ID.eq(id)), tenant, id)
                .map(SenderStore::sender);
    }

    public List<Sender> findAll(AccountId tenant, Collection<SenderId> ids) {
        return select(tenant, SENDERS.ID.in(ids)).fetch(SenderStore::sender);
    }

    /// Returns the number that is this phone, in any of its forms.
    public Optional<Sender> findByPhone(AccountId tenant, Phone phone) {
        return findByPhones(tenant, List.of(phone)).stream().findFirst();
    }

    public List<Sender> findByPhones(AccountId tenant, Collection<Phone> phones) {
        List<Phone> forms =
                phones.stream().flatMap(phone -> phone.forms().stream()).toList();
        return select(tenant, SENDERS.PHONE.in(forms)).fetch(SenderStore::sender);
    }

    public void addServants(AccountId tenant, SenderId master, long added, Instant now) {
        sql.update(SENDERS)
                .set(SENDERS.SERVANT_COUNT, SENDERS.SERVANT_COUNT.plus(added))
                .set(SENDERS.UPDATED_AT, now)
                .where(owned(tenant), SENDERS.ID.eq(master))
                .execute();
    }

    public void move(AccountId tenant, SenderId servant, SenderId master, Instant now) {
        update(tenant, SENDERS.ID.eq(servant).and(SENDERS.ROLE.eq(SERVANT)), now, in(master, now));
    }

    public void pause(AccountId tenant, SenderId id, Optional<Pause> pause, Instant now) {
        update(tenant, SENDERS.ID.eq(id), now, new Columns().with(SENDERS.PAUSE, pause.map(Pause::key)));
    }

    /// Sets the sub-account that a sender works for.
    public void assign(AccountId tenant, SenderId id, Optional<AccountId> brand, Instant now) {
        update(tenant, SENDERS.ID.eq(id), now, new Columns().with(SENDERS.BRAND_ACCOUNT_ID, brand));
    }

    /// @return how many servants were moved
    public int moveAll(AccountId tenant, SenderId from, SenderId to, Instant now) {
        return update(tenant, SENDERS.MASTER_ID.eq(from), now, in(to, now));
    }

    /// Stores the settings of a sender: name, purpose and [SenderOverrides].
    public void tune(AccountId tenant, Sender sender, Instant now) {
        update(
                tenant,
                SENDERS.ID.eq(sender.id()),
                now,
                columns(sender.traits())
                        .with(SENDERS.DISPLAY_NAME, sender.displayName())
                        .with(SENDERS.PURPOSE, sender.purpose()));
    }

    private int update(AccountId tenant, Condition which, Instant now, Columns changed) {
        return sql.update(SENDERS)
                .set(changed)
                .set(SENDERS.UPDATED_AT, now)
                .where(owned(tenant), which)
                .execute();
    }

    /// In the pool of a master, which is its own.
    private static Columns in(SenderId master, Instant now) {
        return new Columns()
                .with(SENDERS.MASTER_ID, master)
                .with(SENDERS.HOME_MASTER_ID, Optional.empty())
                .with(SENDERS.MOVED_AT, now);
    }

    /// Where a sender is, and its state there.
    private static Columns gateway(Sender sender) {
        return columns(sender.link())
                .with(SENDERS.DRIVER, sender.driver().key())
                .with(SENDERS.CONNECTION_ID, sender.remote().map(Sender.Remote::connection))
                .with(SENDERS.REMOTE_ID, sender.remote().map(Sender.Remote::name));
    }

    private static Columns columns(SenderOverrides traits) {
        return new Columns()
                .with(SENDERS.TAGS, traits.tags().isEmpty() ? "" : " " + String.join(" ", traits.tags()) + " ")
                .with(SENDERS.REGION, traits.region())
                .with(SENDERS.WEIGHT, traits.weight())
                .with(SENDERS.PRIORITY, traits.priority())
                .with(SENDERS.PER_MINUTE, traits.pace().perMinute())
                .with(SENDERS.PER_DAY, traits.pace().perDay())
                .with(SENDERS.IS_WARMING, traits.pace().warmsUp());
    }

    private static Columns columns(Sender.Link link) {
        return new Columns()
                .with(SENDERS.STATE, link.state().key())
                .with(SENDERS.DEVICE_NAME, link.deviceName())
                .with(SENDERS.LINK_ATTEMPTS, link.attempts())
                .with(SENDERS.LAST_ERROR, link.lastError())
                .with(SENDERS.STATE_CHANGED_AT, link.stateChangedAt())
                .with(SENDERS.LINK_STARTED_AT, link.startedAt())
                .with(SENDERS.LINKED_AT, link.linkedAt())
                .with(SENDERS.LAST_ACTIVE_AT, link.lastActiveAt());
    }

    public void setType(AccountId tenant, SenderId master, MasterType type, Instant now) {
        update(tenant, SENDERS.ID.eq(master).and(IS_MASTER), now, new Columns().with(SENDERS.MASTER_TYPE, type.key()));
    }

    /// Stores what linking changes: the connection, and the phone number learnt from it.
    public void saveLink(AccountId tenant, Sender sender) {
        update(
                tenant,
                SENDERS.ID.eq(sender.id()),
                sender.updatedAt(),
                columns(sender.link()).with(SENDERS.PHONE, sender.phone()));
    }

    /// Stores at which gateway a sender is, and its state there.
    public void place(AccountId tenant, Sender sender) {
        update(tenant, SENDERS.ID.eq(sender.id()), sender.updatedAt(), gateway(sender));
        forgetAddresses(tenant, sender.id());
    }

    /// Forgets how contacts are addressed at a gateway.
    private void forgetAddresses(AccountId tenant, SenderId id) {
        sql.deleteFrom(CONTACT_ADDRESSES)
                .where(CONTACT_ADDRESSES.TENANT_ID.eq(tenant), CONTACT_ADDRESSES.SENDER_ID.eq(id))
                .execute();
    }

    /// Finds the number that a gateway calls so.
    public Optional<Sender> findByRemote(AccountId tenant, ConnectionId connection, String remote) {
        return select(tenant, SENDERS.CONNECTION_ID.eq(connection).and(SENDERS.REMOTE_ID.eq(remote)))
                .fetchOptional(SenderStore::sender);
    }

    /// Removes a sender. What a master has lent stays where it is, and a new one with its id inherits no state of it.
    public void delete(AccountId tenant, SenderId id) {
        sql.deleteFrom(SENDERS).where(owned(tenant), SENDERS.ID.eq(id)).execute();
        sql.update(SENDERS)
                .setNull(SENDERS.HOME_MASTER_ID)
                .where(owned(tenant), SENDERS.HOME_MASTER_ID.eq(id))
                .execute();
        // Nothing waits for a number of a pool that is gone.
        sql.update(OUTGOING_MESSAGES)
                .setNull(OUTGOING_MESSAGES.HOME_MASTER_ID)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.HOME_MASTER_ID.eq(id),
                        OUTGOING_MESSAGES.STATE.in(Stream.of(DeliveryState.values())
                                .filter(state -> state.isWaiting() || state.mayBecome(DeliveryState.QUEUED))
                                .map(DeliveryState::key)
                                .toList()))
                .execute();
        forgetAddresses(tenant, id);
        sql.deleteFrom(POOL_STATES)
                .where(POOL_STATES.TENANT_ID.eq(tenant), POOL_STATES.MASTER_ID.eq(id))
                .execute();
    }

    @AllTenants("for the operator to choose from in the console")
    List<AccountId> tenantsWithMasters(int limit) {
        return sql.selectDistinct(SENDERS.TENANT_ID)
                .from(SENDERS)
                .where(IS_MASTER)
                .orderBy(SENDERS.TENANT_ID)
                .limit(limit)
                .fetch(SENDERS.TENANT_ID);
    }

    private SelectConditionStep<Record> select(AccountId tenant, Condition condition) {
        return sql.select(FIELDS).from(SENDERS).where(owned(tenant), condition);
    }

    private static Condition owned(AccountId tenant) {
        return SENDERS.TENANT_ID.eq(tenant);
    }

    @AllTenants("reads a row that was found for its tenant")
    public static Sender sender(Record row) {
        return new Sender(
                row.get(SENDERS.ID),
                row.get(SENDERS.TENANT_ID),
                role(row),
                row.get(SENDERS.DISPLAY_NAME),
                Optional.ofNullable(row.get(SENDERS.PHONE)),
                Keyed.of(DriverKind.class, row.get(SENDERS.DRIVER)),
                Optional.ofNullable(row.get(SENDERS.CONNECTION_ID))
                        .map(connection -> new Sender.Remote(
                                connection, row.get(SENDERS.REMOTE_ID), Optional.ofNullable(row.get(PORTFOLIO)))),
                row.get(SENDERS.IS_ENABLED),
                traits(row),
                new Sender.Assignment(
                        Optional.ofNullable(row.get(SENDERS.PAUSE)).flatMap(Pause::parse),
                        Optional.ofNullable(row.get(SENDERS.HOME_MASTER_ID)),
                        Optional.ofNullable(row.get(SENDERS.BRAND_ACCOUNT_ID))),
                new Sender.Link(
                        SenderState.of(row.get(SENDERS.STATE)),
                        Optional.ofNullable(row.get(SENDERS.DEVICE_NAME)),
                        row.get(SENDERS.LINK_ATTEMPTS),
                        Optional.ofNullable(row.get(SENDERS.LAST_ERROR)),
                        row.get(SENDERS.STATE_CHANGED_AT),
                        Optional.ofNullable(row.get(SENDERS.LINK_STARTED_AT)),
                        Optional.ofNullable(row.get(SENDERS.LINKED_AT)),
                        Optional.ofNullable(row.get(SENDERS.LAST_ACTIVE_AT))),
                row.get(SENDERS.SERVANT_COUNT),
                row.get(SENDERS.CREATED_AT),
                row.get(SENDERS.UPDATED_AT));
    }

    private static SenderOverrides traits(Record row) {
        return new SenderOverrides(
                Stream.of(row.get(SENDERS.TAGS).split(" "))
                        .filter(tag -> !tag.isEmpty())
                        .toList(),
                Optional.ofNullable(row.get(SENDERS.REGION)),
                row.get(SENDERS.WEIGHT),
                row.get(SENDERS.PRIORITY),
                new Pace(
                        Optional.ofNullable(row.get(SENDERS.PER_MINUTE)),
                        Optional.ofNullable(row.get(SENDERS.PER_DAY)),
                        Optional.ofNullable(row.get(SENDERS.IS_WARMING))));
    }

    private static Sender.Role role(Record row) {
        return row.get(SENDERS.ROLE).equals(MASTER)
                ? new Sender.Role.Master(Keyed.of(MasterType.class, row.get(SENDERS.MASTER_TYPE)))
                : new Sender.Role.Servant(row.get(SENDERS.MASTER_ID), row.get(SENDERS.PURPOSE));
    }
}
