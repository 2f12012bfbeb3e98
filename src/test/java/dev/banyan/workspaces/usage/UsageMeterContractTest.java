package dev.banyan.workspaces.usage;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.mail.TestMails;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.ConversationEvents.Written;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.TestUsage;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceBrand;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.ShortIds;
import org.junit.jupiter.api.Test;

/// Counters of workspaces in the database, written by two servers.
@OnEveryDatabase
class UsageMeterContractTest {

    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final TestClock clock = new TestClock();
    private final Instant now = clock.instant();
    private final LocalDate today = UsagePeriods.dayOf(now, ZoneOffset.UTC);
    private final String month = UsagePeriods.month(today);
    private final Database database;
    private final Owner owner;
    private final AccountId tenant;
    private final ProjectId project = new ProjectId(UUIDS.next());
    private final WorkspaceId room;
    private final WorkspaceId other;
    private final UsageMeter one;
    private final UsageMeter two;

    UsageMeterContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.agency(database).owner();
        this.tenant = owner.tenant();
        database.write(tx -> {
            new ProjectStore(tx)
                    .insert(
                            owner,
                            new Project(
                                    project,
                                    owner,
                                    "P",
                                    Optional.empty(),
                                    true,
                                    true,
                                    RegistrationProof.NONE,
                                    0,
                                    now,
                                    now),
                            false);
            return "done";
        });
        this.room = workspace();
        this.other = workspace();
        Settings settings = Settings.forTests(Path.of("target"));
        this.one = meter(settings);
        this.two = meter(settings);
    }

    private UsageMeter meter(Settings settings) {
        return new UsageMeter(
                database,
                new UsageWarnings(TestMails.waitingIn(database, settings, clock), settings),
                new AccountDays(database, clock),
                clock);
    }

    private WorkspaceId workspace() {
        WorkspaceId id = WorkspaceId.next(now);
        return database.write(tx -> {
            new WorkspaceStore(tx)
                    .insert(
                            owner,
                            new Workspace(
                                    id,
                                    owner,
                                    project,
                                    "Room",
                                    Optional.empty(),
                                    Optional.empty(),
                                    new ShortIds().next(ids -> java.util.Set.of()),
                                    "room",
                                    Optional.empty(),
                                    true,
                                    false,
                                    false,
                                    0,
                                    now,
                                    now,
                                    WorkspaceBrand.NONE));
            return id;
        });
    }

    private UsageCounts used(WorkspaceId workspace, String period) {
        return database.read(tx -> new WorkspaceUsageStore(tx).find(tenant, workspace, period));
    }

    private void limit(Map<UsageKind, Long> most) {
        database.write(tx -> {
            new WorkspaceUsageStore(tx).setLimits(tenant, room, new UsageLimits(most));
            return most;
        });
    }

    private List<String> mails() {
        return database.read(tx -> tx.sql()
                .fetch("SELECT subject FROM mails WHERE subject LIKE 'Room:%'")
                .into(String.class));
    }

    /// A day of a busy workspace is one row of the day and one of the month, however many messages it has.
    @Test
    void aMillionMessagesOfADayAreTwoRows() {
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 100_000; i++) {
                one.written(new Written(room, Author.CONTACT));
            }
            one.write();
        }
        assertThat(used(room, UsagePeriods.day(today)).messagesIn()).isEqualTo(1_000_000);
        assertThat(used(room, month).messagesIn()).isEqualTo(1_000_000);
        long rows = database.read(tx -> tx.sql()
                .fetchSingle("SELECT count(*) FROM workspace_usage WHERE sub_client_id = ?", room.value())
                .get(0, Long.class));
        assertThat(rows).isEqualTo(2);
    }

    @Test
    void twoServersAddUp() {
        one.written(new Written(room, Author.CONTACT));
        one.written(new Written(room, Author.USER));
        one.written(new Written(room, Author.NOTE));
        one.written(new Written(room, Author.AGENT));
        two.written(new Written(room, Author.ASSISTANT));
        two.sent(room, 5);
        two.tokens(room, 120);
        two.written(new Written(other, Author.CONTACT));
        assertThat(used(room, today.toString())).isEqualTo(UsageCounts.NONE);
        one.write();
        two.write();
        two.write();
        assertThat(used(room, today.toString())).isEqualTo(new UsageCounts(2, 7, 120, 0, 0));
        assertThat(used(room, month)).isEqualTo(new UsageCounts(2, 7, 120, 0, 0));
        assertThat(used(other, month)).isEqualTo(new UsageCounts(1, 0, 0, 0, 0));
    }

    /// The job runs every second: whoever writes meanwhile doesn't return before what it took is stored.
    @Test
    void onceARunHasEndedAllBeforeItIsStored() {
        one.sent(room, 5);
        AtOnce.run(4, _ -> {
            one.write();
            assertThat(used(room, month).messagesOut()).isEqualTo(5);
            return room;
        });
    }

    @Test
    void aUserIsActiveOncePerDayAndMonth() {
        one.active(tenant, room, 3);
        one.active(tenant, room, 3);
        one.active(tenant, room, 4);
        one.write();
        two.active(tenant, room, 3);
        two.write();
        assertThat(used(room, today.toString()).activeUsers()).isEqualTo(2);
        clock.forward(Duration.ofDays(1));
        LocalDate tomorrow = UsagePeriods.dayOf(clock.instant(), ZoneOffset.UTC);
        one.active(tenant, room, 3);
        one.write();
        assertThat(used(room, tomorrow.toString()).activeUsers()).isEqualTo(1);
        assertThat(used(room, month).activeUsers()).isEqualTo(2);
        clock.forward(Duration.ofHours(12)); // the first day is over in every zone
        assertThat(one.forgetExpired()).isPositive();
        clock.forward(Duration.ofDays(40));
        one.forgetExpired();
        assertThat(database.<Integer>read(tx -> tx.sql()
                        .fetchCount(tx.sql()
                                .selectOne()
                                .from("workspace_active_users")
                                .where("sub_client_id = '" + room.value() + "'"))))
                .isZero();
    }

    /// A day is the account's. When it chooses another zone, days keep their names and counters.
    @Test
    void aDayIsThatOfTheAccountsTimeZone() {
        inZone("Asia/Dubai");
        clock.forward(Duration.ofHours(9)); // 23:00 there
        UsageMeter there = TestUsage.on(database, clock);
        there.sent(room, 1);
        there.active(tenant, room, 3);
        clock.forward(Duration.ofHours(1)); // the next day there, before anything is written
        there.sent(room, 2);
        there.active(tenant, room, 3);
        there.write();
        assertThat(used(room, "2026-11-20")).isEqualTo(new UsageCounts(0, 1, 0, 1, 0));
        assertThat(used(room, "2026-11-21")).isEqualTo(new UsageCounts(0, 2, 0, 1, 0));

        inZone("America/Los_Angeles");
        UsageMeter moved = TestUsage.on(database, clock);
        moved.sent(room, 4);
        moved.active(tenant, room, 3);
        moved.write();
        assertThat(used(room, "2026-11-20")).isEqualTo(new UsageCounts(0, 5, 0, 1, 0));
        assertThat(used(room, "2026-11-21")).isEqualTo(new UsageCounts(0, 2, 0, 1, 0));
        assertThat(used(room, month)).isEqualTo(new UsageCounts(0, 7, 0, 1, 0));
    }

    @Test
    void aLimitBeginsAgainWithTheMonthOfTheAccount() {
        limit(Map.of(UsageKind.MESSAGES_OUT, 1L));
        inZone("Asia/Dubai");
        Instant before = Instant.parse("2026-11-30T19:59:59Z");
        database.write(tx -> {
            new WorkspaceUsageStore(tx).add(tenant, room, "2026-11", new UsageCounts(0, 1, 0, 0, 0));
            return room;
        });
        assertThat(isFull(before)).isTrue();
        assertThat(isFull(before.plusSeconds(1))).as("December in Dubai").isFalse();
        inZone("America/Los_Angeles");
        assertThat(isFull(before.plusSeconds(1))).as("November there").isTrue();
    }

    private boolean isFull(Instant at) {
        return database.read(tx -> UsageLimits.sending(tx, tenant, room, at).isPresent());
    }

    private void inZone(String zone) {
        database.write(tx -> {
            new AccountStore(tx).setZone(tenant, ZoneId.of(zone), now);
            return zone;
        });
    }

    @Test
    void theSizeOfTheFilesIsWrittenAlong() {
        database.write(tx -> new AttachmentStore(tx).claim(tenant, room, 5_000, 10_000));
        one.written(new Written(room, Author.CONTACT));
        one.write();
        assertThat(used(room, today.toString()).storedBytes()).isEqualTo(5_000);
        assertThat(database.<Long>read(tx -> new WorkspaceUsageStore(tx)
                        .storedBefore(tenant, room, today.plusDays(1).toString())))
                .isEqualTo(5_000);
        assertThat(database.<Long>read(tx -> new WorkspaceUsageStore(tx).storedBefore(tenant, room, today.toString())))
                .isZero();
    }

    @Test
    void eachWarningIsMailedOnceAMonth() {
        database.write(tx -> new WorkspaceUserStore(tx)
                .insert(
                        tenant,
                        room,
                        "layla",
                        "layla@guests.example",
                        "hash",
                        WorkspaceRole.ADMIN,
                        Optional.empty(),
                        now));
        limit(Map.of(UsageKind.MESSAGES_OUT, 10L, UsageKind.MESSAGES_IN, 100L));
        int before = mails().size();
        one.sent(room, 7);
        one.write();
        assertThat(mails()).hasSize(before);
        one.sent(room, 1);
        one.write();
        two.sent(room, 1);
        two.write();
        List<String> warned = mails();
        // an owner of the account, and the workspace's admin
        assertThat(warned).hasSizeGreaterThan(before).allMatch(subject -> subject.contains("80 % of the limit"));
        assertThat(database.<Boolean>read(
                        tx -> UsageLimits.sending(tx, tenant, room, now).isPresent()))
                .isFalse();
        one.sent(room, 3);
        one.write();
        assertThat(mails().stream().filter(subject -> subject.contains("is reached")))
                .hasSize(warned.size() - before);
        assertThat(database.<Boolean>read(
                        tx -> UsageLimits.sending(tx, tenant, room, now).isPresent()))
                .isTrue();
        two.sent(room, 3);
        two.write();
        assertThat(mails()).hasSize(before + 2 * (warned.size() - before));
    }

    @Test
    void warningsAreForgottenWithTheLimits() {
        assertThat(warned()).isTrue();
        assertThat(warned()).isFalse();
        database.write(tx -> {
            new WorkspaceUsageStore(tx).forgetWarnings(tenant, room, today);
            return tx;
        });
        assertThat(warned()).isTrue();
    }

    private boolean warned() {
        return database.write(
                tx -> new WorkspaceUsageStore(tx).warn(tenant, room, month, UsageKind.TOKENS, UsageLimits.WARNED_AT));
    }

    @Test
    void limitsAreReplacedAsAWhole() {
        limit(Map.of(UsageKind.TOKENS, 5L, UsageKind.STORAGE, 10L));
        assertThat(database.<UsageLimits>read(tx -> new WorkspaceUsageStore(tx).limits(tenant, room)))
                .isEqualTo(new UsageLimits(Map.of(UsageKind.TOKENS, 5L, UsageKind.STORAGE, 10L)));
        assertThat(database.<Long>read(tx -> UsageLimits.storage(tx, tenant, room, 100)))
                .isEqualTo(10);
        assertThat(database.<Long>read(tx -> UsageLimits.storage(tx, tenant, other, 100)))
                .isEqualTo(100);
        limit(Map.of());
        assertThat(database.<UsageLimits>read(tx -> new WorkspaceUsageStore(tx).limits(tenant, room)))
                .isEqualTo(UsageLimits.NONE);
    }

    @Test
    void countersOfADeletedWorkspaceAreDropped() {
        one.sent(new WorkspaceId("scl_1_gonegoneg"), 1);
        one.sent(room, 1);
        one.write();
        assertThat(used(room, month).messagesOut()).isEqualTo(1);
    }

    @Test
    void aMonthsDaysAreListedWithIt() {
        database.write(tx -> {
            var store = new WorkspaceUsageStore(tx);
            store.add(tenant, room, "2026-10-31", new UsageCounts(1, 0, 0, 0, 0));
            store.add(tenant, room, "2026-11", new UsageCounts(9, 0, 0, 0, 0));
            store.add(tenant, room, "2026-11-02", new UsageCounts(2, 0, 0, 0, 0));
            store.add(tenant, room, "2026-12", new UsageCounts(3, 0, 0, 0, 0));
            return "done";
        });
        assertThat(database.<Map<String, UsageCounts>>read(
                                tx -> new WorkspaceUsageStore(tx).list(tenant, room, "2026-11", "2026-11-30"))
                        .keySet())
                .containsExactly("2026-11", "2026-11-02");
    }
}
