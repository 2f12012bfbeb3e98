package dev.banyan.whatsapp.contacts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Lookup;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.Business;
import dev.banyan.whatsapp.ContactAddress.UserId;
import dev.banyan.whatsapp.contacts.ContactMergeStore.Kind;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// Under which business the people of a connection are kept, and what moves when its portfolio becomes known.
final class PortfolioPeopleStore extends Store {

    /// A connection whose portfolio is known, but whose people aren't kept under it.
    record Waiting(AccountId tenant, ConnectionId connection) {}

    /// @param isFirst whether its people are kept under the connection until now
    record Change(Business.Portfolio portfolio, boolean isFirst) {}

    /// Where the address of a person stands.
    private record Place(TableField<?, AccountId> owner, TableField<?, ContactAddress> address) {}

    private static final List<Place> KEPT = List.of(
            new Place(INCOMING_MESSAGES.TENANT_ID, INCOMING_MESSAGES.PHONE),
            new Place(OUTGOING_MESSAGES.TENANT_ID, OUTGOING_MESSAGES.PHONE),
            new Place(CAMPAIGN_RECIPIENTS.TENANT_ID, CAMPAIGN_RECIPIENTS.PHONE),
            new Place(OPT_OUTS.TENANT_ID, OPT_OUTS.PHONE),
            new Place(POOL_CONTACTS.TENANT_ID, POOL_CONTACTS.PHONE),
            new Place(MESSAGE_REACTIONS.TENANT_ID, MESSAGE_REACTIONS.PHONE));

    PortfolioPeopleStore(Tx tx) {
        super(tx);
    }

    /// Returns what people are called whom connections know by an id, under the business that their people are kept
    /// under: those of these addresses for which it is another one. Who was said to be someone else stays apart.
    Map<ContactAddress, ContactAddress> named(AccountId tenant, Collection<? extends ContactAddress> addresses) {
        Map<ConnectionId, List<UserId>> all = addresses.stream()
                .<UserId>mapMulti((address, next) -> connection(address).ifPresent(_ -> next.accept((UserId) address)))
                .collect(Collectors.groupingBy(user -> connection(user).orElseThrow()));
        var named = new HashMap<ContactAddress, ContactAddress>();
        all.forEach((connection, users) -> select(tenant, connection)
                .fetchOptional(WHATSAPP_CONNECTIONS.PEOPLE_PORTFOLIO_ID)
                .map(Business.Portfolio::new)
                .ifPresent(portfolio -> {
                    Set<ContactAddress> parted = parted(tenant, connection);
                    users.stream()
                            .filter(user -> !parted.contains(user))
                            .forEach(user -> named.put(user, new UserId(user.id(), portfolio)));
                }));
        return named;
    }

    ContactAddress named(AccountId tenant, ContactAddress address) {
        return named(tenant, List.of(address)).getOrDefault(address, address);
    }

    /// The same for what is about to be kept: until the end of the transaction, it stays so.
    ContactAddress namedToKeep(AccountId tenant, ContactAddress address) {
        ContactAddress named = named(tenant, address);
        return connection(named)
                .map(connection -> {
                    RowLock.shared(select(tenant, connection), sql).fetch();
                    return named(tenant, address);
                })
                .orElse(named);
    }

    private static Optional<ConnectionId> connection(ContactAddress address) {
        return address instanceof UserId(String _, Business.At(ConnectionId connection))
                ? Optional.of(connection)
                : Optional.empty();
    }

    private SelectConditionStep<Record1<String>> select(AccountId tenant, ConnectionId connection) {
        return sql.select(WHATSAPP_CONNECTIONS.PEOPLE_PORTFOLIO_ID)
                .from(WHATSAPP_CONNECTIONS)
                .where(WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant), WHATSAPP_CONNECTIONS.ID.eq(connection));
    }

    /// Returns the people of a connection of whom someone has said that they are not those of its portfolio.
    Set<ContactAddress> parted(AccountId tenant, ConnectionId connection) {
        return new HashSet<>(sql.selectDistinct(CONTACT_MERGES.FORMER)
                .from(CONTACT_MERGES)
                .where(
                        CONTACT_MERGES.TENANT_ID.eq(tenant),
                        CONTACT_MERGES.UNDONE_AT.isNotNull(),
                        isOf(CONTACT_MERGES.FORMER, new Business.At(connection)))
                .fetch(row -> row.value1()));
    }

    @AllTenants("a job looks for what earlier versions have left in all accounts")
    List<Waiting> waiting(int limit) {
        return sql.select(WHATSAPP_CONNECTIONS.TENANT_ID, WHATSAPP_CONNECTIONS.ID)
                .from(WHATSAPP_CONNECTIONS)
                .where(
                        WHATSAPP_CONNECTIONS.PORTFOLIO_ID.isNotNull(),
                        WHATSAPP_CONNECTIONS.PORTFOLIO_ID.isDistinctFrom(WHATSAPP_CONNECTIONS.PEOPLE_PORTFOLIO_ID))
                .orderBy(WHATSAPP_CONNECTIONS.ID)
                .limit(limit)
                .fetch(row -> new Waiting(row.value1(), row.value2()));
    }

    /// Returns the portfolio of a connection if its people are kept under another one, or under the connection, and
    /// keeps others from changing that.
    Optional<Change> lock(AccountId tenant, ConnectionId connection) {
        return RowLock.on(
                        sql.select(WHATSAPP_CONNECTIONS.PORTFOLIO_ID, WHATSAPP_CONNECTIONS.PEOPLE_PORTFOLIO_ID)
                                .from(WHATSAPP_CONNECTIONS)
                                .where(
                                        WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant),
                                        WHATSAPP_CONNECTIONS.ID.eq(connection)),
                        sql)
                .fetchOptional()
                .filter(row -> row.value1() != null && !row.value1().equals(row.value2()))
                .flatMap(row -> Business.Portfolio.parse(row.value1())
                        .map(portfolio -> new Change(portfolio, row.value2() == null)));
    }

    void keepUnder(AccountId tenant, ConnectionId connection, Business.Portfolio portfolio) {
        sql.update(WHATSAPP_CONNECTIONS)
                .set(WHATSAPP_CONNECTIONS.PEOPLE_PORTFOLIO_ID, portfolio.id())
                .where(WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant), WHATSAPP_CONNECTIONS.ID.eq(connection))
                .execute();
    }

    /// Returns the people who are known by a connection alone, and weren't said to be others than the portfolio's.
    Set<ContactAddress> people(AccountId tenant, ConnectionId connection, Business.Portfolio portfolio) {
        var people = new HashSet<ContactAddress>();
        for (Place place : KEPT) {
            people.addAll(sql.selectDistinct(place.address())
                    .from(place.address().getTable())
                    .where(place.owner().eq(tenant), isOf(place.address(), new Business.At(connection)))
                    .fetch(row -> row.value1()));
        }
        people.addAll(aliases(tenant, connection, portfolio));
        people.removeAll(parted(tenant, connection));
        return people;
    }

    /// Returns the aliases that a connection told, unless the portfolio's are known.
    private List<ContactAddress> aliases(AccountId tenant, ConnectionId connection, Business.Portfolio portfolio) {
        var business = new Business.At(connection);
        Field<ContactAddress> name = renamed(CONTACT_ALIASES.ALIAS, business, portfolio);
        var other = CONTACT_ALIASES.as("other");
        return sql.select(CONTACT_ALIASES.ALIAS)
                .from(CONTACT_ALIASES)
                .where(
                        CONTACT_ALIASES.TENANT_ID.eq(tenant),
                        isOf(CONTACT_ALIASES.ALIAS, business),
                        CONTACT_ALIASES.CONTACT.ne(name),
                        Lookup.findsNone(sql.selectOne()
                                .from(other)
                                .where(other.TENANT_ID.eq(CONTACT_ALIASES.TENANT_ID), other.ALIAS.eq(name))))
                .fetch(row -> row.value1());
    }

    private static <T> Field<T> renamed(TableField<?, T> address, Business from, Business to) {
        return DSL.replace(address.coerce(String.class), "@" + from.key(), "@" + to.key())
                .coerce(address);
    }

    private static Condition isOf(Field<ContactAddress> address, Business business) {
        return address.coerce(String.class).endsWith("@" + business.key());
    }

    /// Returns those of these addresses under which something is kept.
    Set<ContactAddress> kept(AccountId tenant, Collection<ContactAddress> addresses) {
        var kept = new HashSet<ContactAddress>();
        for (Place place : KEPT) {
            kept.addAll(sql.selectDistinct(place.address())
                    .from(place.address().getTable())
                    .where(place.owner().eq(tenant), place.address().in(addresses))
                    .fetch(row -> row.value1()));
        }
        return kept;
    }

    /// Gives what is kept under these addresses to those of the same people under another business, under which nothing
    /// is kept yet.
    void rename(AccountId tenant, Collection<ContactAddress> people, Business from, Business to) {
        for (Place place : KEPT) {
            rename(
                    place.address(),
                    from,
                    to,
                    place.owner().eq(tenant),
                    place.address().in(people));
        }
    }

    /// Merges that were made before are of the same people.
    ///
    /// @param names of the people, under the other business
    void renameMerges(AccountId tenant, Map<ContactAddress, ContactAddress> names, Business from, Business to) {
        Condition own = CONTACT_MERGES.TENANT_ID.eq(tenant);
        Set<ContactAddress> people = names.keySet();
        rename(CONTACT_MERGES.FORMER, from, to, own, CONTACT_MERGES.FORMER.in(people));
        rename(CONTACT_MERGES.CONTACT, from, to, own, CONTACT_MERGES.CONTACT.in(people));
        rename(
                CONTACT_MERGE_KEYS.MOVED,
                from,
                to,
                CONTACT_MERGE_KEYS.TENANT_ID.eq(tenant),
                CONTACT_MERGE_KEYS.MERGE_ID.in(DSL.select(CONTACT_MERGES.ID)
                        .from(CONTACT_MERGES)
                        .where(
                                CONTACT_MERGES.TENANT_ID.eq(CONTACT_MERGE_KEYS.TENANT_ID),
                                CONTACT_MERGES
                                        .FORMER
                                        .in(names.values())
                                        .or(CONTACT_MERGES.CONTACT.in(names.values())))),
                CONTACT_MERGE_KEYS.KIND.in(Kind.ALIAS.key(), Kind.OPT_OUT.key()),
                CONTACT_MERGE_KEYS.MOVED.in(
                        people.stream().map(ContactAddress::key).toList()));
    }

    private <T> void rename(TableField<?, T> address, Business from, Business to, Condition... which) {
        sql.update(address.getTable())
                .set(address, renamed(address, from, to))
                .where(which)
                .execute();
    }
}
