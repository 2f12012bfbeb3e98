package dev.banyan.platform.db;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.schema.DefaultSchema;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Everything that belongs to one sub-account, in all tables, when it gets another tenant (docs/decisions/0054). Which
/// rows are its own follows from the schema: those with its `account_id`, those of its workspaces, and those of the
/// pools that work for it. `TenantRowsTest` compares that with every table, so that a new one cannot be forgotten.
public final class TenantRows extends Store {

    /// Rows about the account that stay with its former tenant: what people did, and files that they made.
    static final Set<String> STAY = Set.of("account_exports", "audit_events", "erased_accounts");

    /// Written again from the account's names.
    static final Set<String> WRITTEN_AGAIN = Set.of("account_words");

    /// Rows of a pool, by its master.
    static final List<String> BY_MASTER = List.of(
            "failover_decisions",
            "failover_settings",
            "incoming_messages",
            "outgoing_messages",
            "pool_alerts",
            "pool_contacts",
            "pool_settings",
            "pool_states",
            "sender_events");

    /// Rows of single numbers.
    static final List<String> BY_SENDER = List.of(
            "campaign_first_contacts",
            "contact_addresses",
            "message_reactions",
            "sender_hours",
            "sender_ratings",
            "set_aside_events");

    /// Rows whose parent says whose they are.
    static final Set<String> BY_PARENT = Set.of(
            "campaign_counts",
            "campaign_recipients",
            "campaigns",
            "gateway_webhooks",
            "senders",
            "webhook_deliveries",
            "whatsapp_connections");

    private static final String WORKSPACE = "sub_client_id";
    private static final String PROJECT = "project_id";
    private static final String ACCOUNT = "account_id";
    private static final Field<String> TENANT = text("tenant_id");
    private static final Field<String> ID = text("id");
    private static final Field<String> CONNECTION = text("connection_id");
    private static final Field<String> MASTER = text("master_id");
    private static final Field<String> HOME_MASTER = text("home_master_id");
    private static final Field<String> BRAND = text("brand_account_id");
    private static final Field<String> CLIENT = text("whatsapp_client_id");
    private static final Table<?> SENDERS = table(name("senders"));
    private static final Table<?> DOMAINS = table(name("domains"));

    /// What is counted for people, by table.
    private static final Map<String, String> COUNTED = counted();

    /// Numbers that work for the account.
    ///
    /// @param moving masters of the pools that go along
    /// @param senders all numbers in those pools
    /// @param connections the gateways that only these numbers use
    /// @param staying masters of pools that stay, each with the reason
    public record Numbers(
            List<String> moving, List<String> senders, List<String> connections, Map<String, String> staying) {

        static final Numbers NONE = new Numbers(List.of(), List.of(), List.of(), Map.of());

        public Numbers {
            connections = List.copyOf(connections);
            moving = List.copyOf(moving);
            senders = List.copyOf(senders);
            staying = Map.copyOf(staying);
        }
    }

    private final Owner from;
    private final FormerSide former;
    private final AccountId to;

    /// @param from the sub-account with its tenant
    /// @param to its next tenant: another root account, or itself if it becomes one
    public TenantRows(Tx tx, Owner from, AccountId to) {
        super(tx);
        this.from = from;
        this.former = new FormerSide(sql, from, workspaces());
        this.to = to;
    }

    private static Map<String, String> counted() {
        var counted = new LinkedHashMap<String, String>();
        counted.put("pages", "pages");
        counted.put("links", "links");
        counted.put("short_links", "shortLinks");
        counted.put("projects", "projects");
        counted.put("sub_clients", "workspaces");
        counted.put("domains", "domains");
        return counted;
    }

    private static Field<String> text(String column) {
        return field(name(column), String.class);
    }

    static List<String> tables(Predicate<Table<?>> which) {
        return DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .filter(table -> has(table, "tenant_id"))
                .filter(which)
                .map(Table::getName)
                .toList();
    }

    private static boolean has(Table<?> table, String column) {
        return table.field(column) != null;
    }

    /// Returns the tables whose rows name the account.
    static List<String> ofAccounts() {
        return tables(table -> has(table, ACCOUNT)
                && Stream.of(STAY, FormerSide.END, WRITTEN_AGAIN).noneMatch(some -> some.contains(table.getName())));
    }

    /// Returns the tables whose rows name a workspace, and not the account.
    static List<String> ofWorkspaces() {
        return tables(
                table -> has(table, WORKSPACE) && !has(table, ACCOUNT) && !FormerSide.END.contains(table.getName()));
    }

    static List<String> ofProjects() {
        return tables(table -> has(table, PROJECT) && !has(table, WORKSPACE) && !has(table, ACCOUNT));
    }

    /// Counts what goes along, by the name that people know: `pages`, `links`, `workspaces`.
    public Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        COUNTED.forEach((table, name) -> counts.put(name, (long) sql.fetchCount(
                DSL.selectOne().from(table(name(table))).where(table.equals("sub_clients") ? ofProject() : own()))));
        return counts;
    }

    /// Counts what of the former side ends, by table; leaves out what there is none of.
    public Map<String, Long> ending() {
        return former.counts();
    }

    private Condition own() {
        return TENANT.eq(from.tenant().toString())
                .and(text(ACCOUNT).eq(from.account().toString()));
    }

    private Condition ofTenant() {
        return TENANT.eq(from.tenant().toString());
    }

    private Select<Record1<String>> projects() {
        return select(ID).from(table(name("projects"))).where(own());
    }

    private Condition ofProject() {
        return ofTenant().and(text(PROJECT).in(projects()));
    }

    private Select<Record1<String>> workspaces() {
        return select(ID).from(table(name("sub_clients"))).where(ofProject());
    }

    /// Returns the pools that work for the account: those assigned to it, and those of its workspaces. A pool stays if
    /// other numbers depend on it, or if its new tenant has a number with the same name.
    public Numbers numbers() {
        List<String> masters = sql.select(ID)
                .from(SENDERS)
                .where(
                        ofTenant(),
                        text("role").eq("master"),
                        BRAND.eq(from.account().toString())
                                .or(ID.in(select(CLIENT)
                                        .from(table(name("sub_clients")))
                                        .where(ofProject(), CLIENT.isNotNull()))))
                .orderBy(ID)
                .fetch(ID);
        if (masters.isEmpty()) {
            return Numbers.NONE;
        }
        var staying = new LinkedHashMap<String, String>();
        Set<String> all = new LinkedHashSet<>(senders(masters));
        for (String master : masters) {
            List<String> senders = senders(List.of(master));
            if (isLent(master)) {
                staying.put(master, "it shares servants with another pool");
            } else if (sharesConnection(senders, all)) {
                staying.put(master, "other numbers use its connection");
            } else if (isTaken(senders)) {
                staying.put(master, "there is a number with the same name or phone already");
            }
        }
        List<String> moving =
                masters.stream().filter(master -> !staying.containsKey(master)).toList();
        List<String> senders = moving.isEmpty() ? List.of() : senders(moving);
        return new Numbers(moving, senders, connections(senders), staying);
    }

    private List<String> connections(List<String> senders) {
        return sql.selectDistinct(CONNECTION)
                .from(SENDERS)
                .where(ofTenant(), ID.in(senders), CONNECTION.isNotNull())
                .fetch(CONNECTION);
    }

    private List<String> senders(Collection<String> masters) {
        return sql.select(ID)
                .from(SENDERS)
                .where(ofTenant(), ID.in(masters).or(MASTER.in(masters)))
                .orderBy(ID)
                .fetch(ID);
    }

    private boolean isLent(String master) {
        return sql.fetchExists(selectOne()
                .from(SENDERS)
                .where(
                        ofTenant(),
                        HOME_MASTER.isNotNull(),
                        MASTER.eq(master).or(HOME_MASTER.eq(master)).or(ID.eq(master))));
    }

    private boolean sharesConnection(Collection<String> senders, Collection<String> all) {
        return sql.fetchExists(selectOne()
                .from(SENDERS)
                .where(
                        ofTenant(),
                        ID.notIn(all),
                        CONNECTION.in(select(CONNECTION)
                                .from(SENDERS)
                                .where(ofTenant(), ID.in(senders), CONNECTION.isNotNull()))));
    }

    private boolean isTaken(Collection<String> senders) {
        Field<String> phone = text("phone");
        return sql.fetchExists(selectOne()
                .from(SENDERS)
                .where(
                        TENANT.eq(to.toString()),
                        ID.in(senders).or(phone.in(select(phone).from(SENDERS).where(ofTenant(), ID.in(senders))))));
    }

    /// Returns true while a message of these pools is with a gateway, which still has to say what became of it.
    public boolean isSending(Numbers numbers) {
        return sql.fetchExists(selectOne()
                .from(table(name("outgoing_messages")))
                .where(ofTenant(), MASTER.in(numbers.moving()), text("state").eq("sending")));
    }

    /// Gives all rows to the new tenant. Foreign keys are checked when all are there.
    public void move(Numbers numbers) {
        boolean isPostgres = sql.family() == SQLDialect.POSTGRES;
        sql.execute(isPostgres ? "SET CONSTRAINTS ALL DEFERRED" : "PRAGMA defer_foreign_keys = ON");
        former.end();
        sql.deleteFrom(DOMAINS).where(repeatedHosts(from, to)).execute();
        leave(numbers);
        if (!numbers.moving().isEmpty()) {
            movePools(numbers);
        }
        // Rows before those that say whose they are.
        ofWorkspaces().stream()
                .filter(table -> !table.equals("sub_clients"))
                .forEach(table -> move(table, text(WORKSPACE).in(workspaces())));
        move(
                "webhook_deliveries",
                text("endpoint_id")
                        .in(select(ID).from(table(name("webhook_endpoints"))).where(own())));
        ofProjects().forEach(table -> move(table, text(PROJECT).in(projects())));
        ofAccounts()
                .forEach(table -> move(table, text(ACCOUNT).eq(from.account().toString())));
        moveAccount();
        if (isPostgres) {
            sql.execute("SET CONSTRAINTS ALL IMMEDIATE");
        } else {
            sql.execute("PRAGMA defer_foreign_keys = OFF");
        }
    }

    private void move(String table, Condition condition) {
        sql.update(table(name(table)))
                .set(TENANT, to.toString())
                .where(ofTenant(), condition)
                .execute();
    }

    /// Finds the domains that give way: a tenant has a host once, and both sides may have entered it. The one that is
    /// proved stays; without proofs, the one that moves.
    static Condition repeatedHosts(Owner from, AccountId to) {
        Field<String> host = text("host");
        Field<String> serving = text("serving_host");
        Condition moving = TENANT.eq(from.tenant().toString())
                .and(text(ACCOUNT).eq(from.account().toString()));
        Condition there = TENANT.eq(to.toString());
        return there.and(serving.isNull())
                .and(host.in(select(host).from(DOMAINS).where(moving)))
                .or(moving.and(host.in(select(serving).from(DOMAINS).where(there, serving.isNotNull()))));
    }

    /// Pools that stay no longer work for the account.
    private void leave(Numbers numbers) {
        if (!numbers.staying().isEmpty()) {
            sql.update(table(name("sub_clients")))
                    .setNull(CLIENT)
                    .where(ofProject(), CLIENT.in(numbers.staying().keySet()))
                    .execute();
            sql.update(SENDERS)
                    .setNull(BRAND)
                    .where(ofTenant(), ID.in(senders(numbers.staying().keySet())))
                    .execute();
        }
    }

    private void movePools(Numbers numbers) {
        Condition ofMasters = MASTER.in(numbers.moving());
        Field<String> sender = text("sender_id");
        Condition ofSenders = sender.in(numbers.senders());
        sql.deleteFrom(table(name("sender_proxies")))
                .where(ofTenant(), ofSenders)
                .execute();
        copyOptOuts(numbers);
        renameRepeatedOrders(ofMasters);
        Select<Record1<String>> campaigns =
                select(ID).from(table(name("campaigns"))).where(ofTenant(), ofMasters);
        for (String table : List.of("campaign_counts", "campaign_recipients")) {
            move(table, text("campaign_id").in(campaigns));
        }
        move("campaigns", ofMasters);
        BY_MASTER.forEach(table -> move(table, ofMasters));
        BY_SENDER.forEach(table -> move(table, ofSenders));
        moveConnections(numbers);
        if (to.equals(from.account())) { // a root account has no brand to work for
            sql.update(SENDERS)
                    .setNull(BRAND)
                    .where(ofTenant(), ID.in(numbers.senders()))
                    .execute();
        }
        move("senders", ID.in(numbers.senders()));
    }

    private void moveConnections(Numbers numbers) {
        List<String> connections = numbers.connections();
        move("gateway_webhooks", CONNECTION.in(connections));
        Field<String> title = text("name");
        Table<?> others = table(name("whatsapp_connections")).as("others");
        sql.update(table(name("whatsapp_connections")))
                .set(title, DSL.left(title, 80).concat(" ").concat(DSL.left(ID, 8)))
                .where(
                        ofTenant(),
                        ID.in(connections),
                        exists(selectOne()
                                .from(others)
                                .where(
                                        field(name("others", "tenant_id"), String.class)
                                                .eq(to.toString()),
                                        field(name("others", "name"), String.class)
                                                .eq(field(name("whatsapp_connections", "name"), String.class)))))
                .execute();
        move("whatsapp_connections", ID.in(connections));
    }

    /// Contacts who want no more messages from these numbers stay free of them.
    private void copyOptOuts(Numbers numbers) {
        Table<?> optOuts = DefaultSchema.DEFAULT_SCHEMA.getTable("opt_outs");
        List<Field<?>> columns = Stream.of(optOuts.fields())
                .<Field<?>>map(column -> field(column.getUnqualifiedName()))
                .toList();
        List<Field<?>> values = columns.stream()
                .<Field<?>>map(column -> column.getName().equals("tenant_id") ? val(to.toString()) : column)
                .toList();
        sql.insertInto(table(name("opt_outs")), columns)
                .select(select(values)
                        .from(table(name("opt_outs")))
                        .where(ofTenant(), text("sender_id").in(numbers.senders())))
                .onConflictDoNothing()
                .execute();
    }

    /// Keys of orders are unique in a tenant: where the new one has used a key, the order gets its own id as key.
    private void renameRepeatedOrders(Condition ofMasters) {
        Table<?> others = table(name("outgoing_messages")).as("others");
        sql.update(table(name("outgoing_messages")))
                .set(text("idempotency_key"), ID)
                .where(
                        ofTenant(),
                        ofMasters,
                        exists(selectOne()
                                .from(others)
                                .where(
                                        field(name("others", "tenant_id"), String.class)
                                                .eq(to.toString()),
                                        field(name("others", "idempotency_key"), String.class)
                                                .eq(field(
                                                        name("outgoing_messages", "idempotency_key"), String.class)))))
                .execute();
    }

    /// What the former agency wrote about the account for itself goes with no one.
    private void moveAccount() {
        boolean isRoot = to.equals(from.account());
        sql.update(table(name("accounts")))
                .set(TENANT, to.toString())
                .set(text("parent_id"), isRoot ? null : to.toString())
                .set(text("parent_kind"), isRoot ? null : "root")
                .set(text("kind"), isRoot ? "root" : "sub")
                .setNull(text("internal_label"))
                .setNull(text("notes"))
                .setNull(text("notify"))
                .setNull(field(name("suspends_at"), Long.class))
                .set(field(name("is_kept"), Integer.class), 0)
                .set(field(name("is_manager_shown"), Integer.class), 0)
                .where(
                        text("parent_id").eq(from.tenant().toString()),
                        ID.eq(from.account().toString()))
                .execute();
    }
}
