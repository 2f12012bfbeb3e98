package dev.banyan.accounts;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static dev.banyan.accounts.StoredAccounts.newRoot;
import static dev.banyan.accounts.StoredAccounts.newSub;
import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.PACKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.accounts.context.HiddenAreaStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryDatabase
class AccountStoreContractTest {

    private final Database database;

    AccountStoreContractTest(Database database) {
        this.database = database;
    }

    @Test
    void anAccountIsFoundAsItWasStored() {
        Account root = stored(newRoot());
        var sub = new Account(
                newRoot().id(),
                Optional.of(root.id()),
                "brand-" + root.username(),
                "Crème & 麵包店 🥐 <b>",
                Optional.of("hello@brand.example"),
                Optional.of("line one\nline “two”; DROP TABLE accounts"),
                AccountStatus.ACTIVE,
                Optional.empty(),
                Tier.FREE,
                Optional.empty(),
                false,
                false,
                Optional.of(StoredAccounts.newIdentityId()),
                NOW);
        stored(sub);

        assertThat(find(store -> store.find(root.id()))).contains(root);
        assertThat(find(store -> store.find(sub.id()))).contains(sub);
        assertThat(find(store -> store.findByUsername(sub.username()))).contains(sub);
        assertThat(find(store -> store.findSubAccount(root.id(), sub.id()))).contains(sub);
        Map<AccountId, Account> some = database.read(tx -> new AccountStore(tx)
                .findAll(Set.of(root.id(), sub.id(), newRoot().id())));
        assertThat(some).isEqualTo(Map.of(root.id(), root, sub.id(), sub));
        assertThat(locked(sub.id())).contains(sub);
    }

    @Test
    void aProfileIsItsOwnersToChange() {
        Account root = stored(newRoot());
        Account sub = stored(newSub(root.id()));
        Account other = stored(newRoot());

        write(store -> store.setProfile(
                new dev.banyan.platform.Owner(other.id(), sub.id()),
                "Stolen",
                Optional.empty(),
                Optional.empty(),
                NOW));
        assertThat(find(store -> store.find(sub.id()))).as("of another tenant").contains(sub);

        write(store -> store.setProfile(
                sub.owner(), "Corner Books", Optional.of("Open late"), Optional.of("a@b.example"), NOW));
        Account changed = find(store -> store.find(sub.id())).orElseThrow();
        assertThat(changed.displayName()).isEqualTo("Corner Books");
        assertThat(changed.bio()).contains("Open late");
        assertThat(changed.email()).contains("a@b.example");
        assertThat(find(store -> store.find(root.id()))).contains(root);

        write(store -> store.replaceEmail(sub.id(), "else@b.example", "new@b.example", NOW));
        assertThat(find(store -> store.find(sub.id())).orElseThrow().email()).contains("a@b.example");
        write(store -> store.replaceEmail(sub.id(), "a@b.example", "new@b.example", NOW));
        assertThat(find(store -> store.find(sub.id())).orElseThrow().email()).contains("new@b.example");
    }

    @Test
    void wordsAreWrittenAgain() {
        Account root = stored(newRoot());
        Account sub = stored(newSub(root.id()));
        database.write(tx -> tx.sql().execute("DELETE FROM account_words"));
        write(store -> store.findable(sub.owner()));
        int words = database.read(tx -> tx.sql().fetchCount(dev.banyan.schema.Tables.ACCOUNT_WORDS));
        assertThat(words).isPositive();
    }

    @Test
    void aUsernameBelongsToOneAccountOfTheWholeServer() {
        Account first = stored(newRoot());
        Account other = stored(newRoot());
        Account second = named(newSub(other.id()), first.username());

        assertThat(isTaken(first.username())).isTrue();
        assertThat(insert(second)).isFalse();

        assertThat(find(store -> store.find(second.id()))).isEmpty();
        assertThat(find(store -> store.findByUsername(first.username()))).contains(first);
    }

    @Test
    void manyClaimsOfOneNameAtTheSameTimeHaveOneWinner() {
        String name = newRoot().username();

        List<Boolean> claimed = AtOnce.run(20, _ -> insert(named(newRoot(), name)));

        assertThat(claimed).filteredOn(won -> won).hasSize(1);
        assertThat(database.<Integer>read(tx -> tx.sql().fetchCount(ACCOUNTS, ACCOUNTS.USERNAME.eq(name))))
                .as("accounts left behind by those who lost")
                .isEqualTo(1);
    }

    @Test
    void aForeignTenantFindsNothing() {
        Account root = stored(newRoot());
        Account sub = stored(newSub(root.id()));
        Account stranger = stored(newRoot());

        assertThat(find(store -> store.findSubAccount(stranger.id(), sub.id()))).isEmpty();
        assertThat(find(store -> store.findSubAccount(root.id(), root.id()))).isEmpty();
        assertThat(ids(stranger.id(), "", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void subAccountsAreListedNewestFirstAndPageByPage() {
        Account root = stored(newRoot());
        List<AccountId> newestFirst = IntStream.range(0, 7)
                .mapToObj(_ -> stored(newSub(root.id())).id())
                .toList()
                .reversed();

        assertThat(ids(root.id(), "", Optional.empty(), 100)).isEqualTo(newestFirst);
        var paged = new ArrayList<AccountId>();
        List<AccountId> page = ids(root.id(), "", Optional.empty(), 3);
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = ids(root.id(), "", Optional.of(page.getLast()), 3);
        }
        assertThat(paged).isEqualTo(newestFirst);
    }

    @Test
    void deletedSubAccountsAreNotListedAndSuspendedOnesAre() {
        Account root = stored(newRoot());
        Account suspended = stored(newSub(root.id()));
        Account deleted = stored(newSub(root.id()));
        setStatus(suspended, AccountStatus.SUSPENDED);
        setStatus(deleted, AccountStatus.DELETED);

        assertThat(ids(root.id(), "", Optional.empty(), 10)).containsExactly(suspended.id());
        assertThat(find(store -> store.find(deleted.id())).map(Account::status)).contains(AccountStatus.DELETED);
    }

    @Test
    void aSearchFindsBeginningsOfWordsWhateverTheirCase() {
        Account root = stored(newRoot());
        Account bakery = stored(displayed(newSub(root.id()), "Harbour Bakery"));
        stored(displayed(newSub(root.id()), "Pottery"));

        assertThat(ids(root.id(), "HARB bak", Optional.empty(), 10)).containsExactly(bakery.id());
        assertThat(ids(root.id(), "bakery, harbour!", Optional.empty(), 10)).containsExactly(bakery.id());
        assertThat(ids(root.id(), "harb pot", Optional.empty(), 10)).isEmpty();
        assertThat(ids(root.id(), "arbour", Optional.empty(), 10)).isEmpty();
        assertThat(ids(root.id(), bakery.username().toUpperCase(java.util.Locale.ROOT), Optional.empty(), 10))
                .containsExactly(bakery.id());
        assertThat(ids(stored(newRoot()).id(), "harb", Optional.empty(), 10)).isEmpty();
        assertThat(roots(root.username(), Optional.empty(), 10))
                .extracting(Account::id)
                .contains(root.id())
                .doesNotContain(bakery.id());
    }

    @Test
    void aSearchForAJumpFindsTheBestAmongThoseThatAMemberMaySee() {
        Account root = stored(newRoot());
        Account bakery = stored(displayed(newSub(root.id()), "Harbour Bakery"));
        Account cafe = stored(displayed(newSub(root.id()), "Harbours"));
        stored(displayed(newSub(stored(newRoot()).id()), "Harbour"));

        assertThat(jump(root, Optional.empty(), "harbour")).containsExactly(bakery.id(), cafe.id());
        assertThat(jump(root, Optional.of(Set.of(cafe.id())), "harbour")).containsExactly(cafe.id());
        setStatus(bakery, AccountStatus.DELETED);
        assertThat(jump(root, Optional.empty(), "harbour")).containsExactly(cafe.id());
    }

    private List<AccountId> jump(Account root, Optional<Set<AccountId>> among, String search) {
        return database.read(tx -> new SubAccountStore(tx).search(root.id(), among, search, 5)).stream()
                .map(row -> row.account().id())
                .toList();
    }

    @Test
    void theHiddenAreasOfAnAccountAreItsOwn() {
        AccountId tenant = stored(newRoot()).id();
        AccountId stranger = stored(newRoot()).id();
        assertThat(hidden(tenant)).isEmpty();

        hide(tenant, Set.of(Area.NUMBERS, Area.SHORT_LINKS));
        assertThat(hidden(tenant)).contains(Set.of(Area.NUMBERS, Area.SHORT_LINKS));
        assertThat(hidden(stranger)).isEmpty();
        hide(tenant, Set.of());
        assertThat(hidden(tenant)).contains(Set.of());
    }

    private Optional<Set<Area>> hidden(AccountId tenant) {
        return database.read(tx -> new HiddenAreaStore(tx).find(tenant));
    }

    private void hide(AccountId tenant, Set<Area> areas) {
        database.write(tx -> {
            new HiddenAreaStore(tx).set(tenant, areas, NOW);
            return "done";
        });
    }

    @Test
    void aSearchFindsNamesOfAnyScript() {
        Account root = stored(newRoot());
        Account school = stored(displayed(newSub(root.id()), "École Ñandú"));
        Account bakery = stored(displayed(newSub(root.id()), "麵包店"));
        Account workshop = stored(displayed(newSub(root.id()), "ورشة الخزف"));

        for (String typed : List.of("École", "ecole", "ECOLE nandu", "ñan")) {
            assertThat(ids(root.id(), typed, Optional.empty(), 10)).as(typed).containsExactly(school.id());
        }
        for (String typed : List.of("包", "麵包", "店")) {
            assertThat(ids(root.id(), typed, Optional.empty(), 10)).as(typed).containsExactly(bakery.id());
        }
        assertThat(ids(root.id(), "الخ", Optional.empty(), 10)).containsExactly(workshop.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "!", "\\", "'", "\"", "%%", "* ?"})
    void typedWildcardsFindNothing(String typed) {
        Account root = stored(newRoot());
        stored(displayed(newSub(root.id()), "Plain 100 axb"));

        assertThat(ids(root.id(), typed, Optional.empty(), 10)).isEmpty();
        assertThat(ids(root.id(), "pl" + typed + "100", Optional.empty(), 10)).hasSize(1);
        assertThat(ids(root.id(), "a" + typed + "b", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void aSearchThatFindsHundredsIsInOrderToo() {
        Account root = stored(newRoot());
        List<AccountId> newestFirst = database.<List<AccountId>>write(tx -> IntStream.range(0, 520)
                        .mapToObj(_ -> {
                            Account sub = displayed(newSub(root.id()), "Crowd");
                            new AccountStore(tx).insert(sub, NOW);
                            return sub.id();
                        })
                        .toList())
                .reversed();

        assertThat(ids(root.id(), "crowd", Optional.empty(), 3)).isEqualTo(newestFirst.subList(0, 3));
        assertThat(ids(root.id(), "crowd", Optional.of(newestFirst.get(516)), 10))
                .isEqualTo(newestFirst.subList(517, 520));
        assertThat(ids(root.id(), "crowd account", Optional.empty(), 3)).isEqualTo(newestFirst.subList(0, 3));
        assertThat(ids(root.id(), "crowd nobody", Optional.empty(), 3)).isEmpty();
    }

    @Test
    void severalWordsOfEachOfHundredsLeaveNoneOut() {
        Account root = stored(newRoot());
        List<AccountId> newestFirst = database.<List<AccountId>>write(tx -> IntStream.range(100, 400)
                        .mapToObj(i -> {
                            // In letters, because a digit begins another word; the words of one stay together.
                            String twin = "Twin" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
                            Account sub = displayed(newSub(root.id()), twin + "a " + twin + "b");
                            new AccountStore(tx).insert(sub, NOW);
                            return sub.id();
                        })
                        .toList())
                .reversed();

        assertThat(ids(root.id(), "twin", Optional.empty(), 3)).isEqualTo(newestFirst.subList(0, 3));
    }

    @Test
    void whatIsRenamedIsFoundByItsNewNameAndByItsLabel() {
        Account root = stored(newRoot());
        Account sub = stored(displayed(newSub(root.id()), "Old Mill"));
        database.write(tx -> {
            new SubAccountStore(tx)
                    .update(
                            root.id(),
                            sub.id(),
                            SubAccountFields.NONE
                                    .with(SubAccountField.DISPLAY_NAME, "Windmill")
                                    .with(SubAccountField.INTERNAL_LABEL, "Key customer")
                                    .with(SubAccountField.NOTES, "unseen"),
                            NOW);
            return sub;
        });

        assertThat(ids(root.id(), "windm", Optional.empty(), 10)).containsExactly(sub.id());
        assertThat(ids(root.id(), "customer", Optional.empty(), 10)).containsExactly(sub.id());
        assertThat(ids(root.id(), "old", Optional.empty(), 10)).isEmpty();
        assertThat(ids(root.id(), "unseen", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void whatNeedsAttentionIsCountedForItsAgencyAlone() {
        Account root = stored(newRoot());
        Account stranger = stored(newRoot());
        setStatus(stored(newSub(root.id())), AccountStatus.SUSPENDED);
        Account full = stored(newSub(root.id()));
        database.write(tx -> {
            tx.sql()
                    .execute(
                            "UPDATE accounts SET suspends_at = 5 WHERE id = ?",
                            full.id().toString());
            return full;
        });

        assertThat(suspended(root)).isEqualTo(1);
        assertThat(suspended(stranger)).isZero();
        assertThat(database.<Integer>read(
                        tx -> new SubAccountStore(tx).readOnly(root.id(), 5).count()))
                .isEqualTo(1);
        assertThat(database.<Integer>read(
                        tx -> new SubAccountStore(tx).readOnly(stranger.id(), 5).count()))
                .isZero();
    }

    private int suspended(Account agency) {
        return database.<Integer>read(tx -> new SubAccountStore(tx).countSuspended(agency.id(), 5));
    }

    @Test
    void theNameOfADeletedSubAccountIsFreeForItsOwnAgencyAlone() {
        Account root = stored(newRoot());
        Account stranger = stored(newRoot());
        Account first = stored(newSub(root.id()));
        Account second = named(newSub(root.id()), first.username());

        assertThat(insert(second)).as("while it lives").isFalse();
        setStatus(first, AccountStatus.DELETED);
        assertThat(isTaken(first.username())).as("for a new root").isTrue();
        assertThat(insert(named(newSub(stranger.id()), first.username()))).isFalse();
        assertThat(insert(named(newRoot(), first.username()))).isFalse();
        assertThat(insert(second)).isTrue();
        assertThat(find(store -> store.findByUsername(first.username())).map(Account::id))
                .contains(second.id());
        assertThat(database.<Boolean>write(tx -> new AccountStore(tx).claim(first, first.username())))
                .as("the first one's claim, while the second lives")
                .isFalse();
    }

    @Test
    void aFormerNameLeadsOnUntilItIsReleased() {
        Account root = stored(newRoot());
        Account stranger = stored(newRoot());
        Account sub = stored(newSub(root.id()));
        String renamed = "renamed-" + sub.username();
        Instant until = NOW.plus(Duration.ofDays(90));
        var elsewhere = new Owner(stranger.id(), sub.id());

        assertThat(database.<Boolean>write(tx -> new AccountStore(tx).rename(sub, root.username(), until, NOW)))
                .as("a name of another")
                .isFalse();
        assertThat(database.<Boolean>write(tx -> new AccountStore(tx).rename(sub, renamed, until, NOW)))
                .isTrue();
        assertThat(find(store -> store.findByUsername(sub.username())).map(Account::username))
                .contains(renamed);
        assertThat(find(store -> store.findByUsername(renamed)).map(Account::id))
                .contains(sub.id());
        assertThat(database.<Set<String>>read(tx -> new AccountStore(tx).formerNames(sub.owner())))
                .containsExactly(sub.username());
        assertThat(database.<Set<String>>read(tx -> new AccountStore(tx).formerNames(elsewhere)))
                .isEmpty();
        assertThat(insert(named(newSub(root.id()), sub.username()))).isFalse();
        assertThat(database.<Optional<AccountId>>read(tx -> new SubAccountStore(tx)
                        .findByUsername(root.id(), sub.username())
                        .map(row -> row.account().id())))
                .contains(sub.id());
        assertThat(database.<Boolean>read(tx -> new SubAccountStore(tx)
                        .findByUsername(stranger.id(), sub.username())
                        .isPresent()))
                .isFalse();

        database.<Map<String, AccountId>>write(tx -> new AccountStore(tx).release(until.minusMillis(1)));
        assertThat(isTaken(sub.username())).isTrue();
        assertThat(database.<Map<String, AccountId>>write(tx -> new AccountStore(tx).release(until)))
                .containsEntry(sub.username(), sub.id());
        assertThat(insert(named(newSub(stranger.id()), sub.username()))).isTrue();
        assertThat(isTaken(renamed)).isTrue();
    }

    @Test
    void aNameThatAProviderKnowsIsNotReleased() {
        Account root = stored(newRoot());
        Instant until = NOW.plus(Duration.ofDays(90));
        assertThat(database.<Boolean>write(
                        tx -> new AccountStore(tx).rename(root, "renamed-" + root.username(), until, NOW)))
                .isTrue();
        database.<Integer>write(tx -> tx.sql()
                .execute(
                        "INSERT INTO account_sso (tenant_id, kind, settings, email_domains, is_password_on, created_at,"
                                + " updated_at, told_username) VALUES (?, 'oidc', '{}', 'people.example', 1, 1, 1, ?)",
                        root.id().toString(),
                        root.username()));
        database.<Map<String, AccountId>>write(tx -> new AccountStore(tx).release(until));
        assertThat(isTaken(root.username())).isTrue();

        database.<Integer>write(tx -> tx.sql()
                .execute(
                        "UPDATE account_sso SET told_username = ? WHERE tenant_id = ?",
                        "renamed-" + root.username(),
                        root.id().toString()));
        database.<Map<String, AccountId>>write(tx -> new AccountStore(tx).release(until));
        assertThat(isTaken(root.username())).isFalse();
    }

    @Test
    void rootsAreListedNewestFirstWithoutSubAccounts() {
        Account older = stored(newRoot());
        Account newer = stored(newRoot());
        Account sub = stored(newSub(older.id()));

        List<AccountId> found =
                roots("", Optional.empty(), 1_000).stream().map(Account::id).toList();

        assertThat(found).containsSubsequence(newer.id(), older.id()).doesNotContain(sub.id());
        assertThat(roots("", Optional.of(newer.id()), 1))
                .extracting(Account::id)
                .containsExactly(older.id());
    }

    @Test
    void aPlanIsStoredAndReplacedWhole() {
        Account rich = stored(newRoot());
        Account poor = stored(newRoot());
        var first = new Plan(Tier.PRO, Optional.of(AgencyPermission.PRO), Map.of(Pack.TEN, 1, Pack.THREE, 2));
        var second = new Plan(Tier.PREMIUM, Optional.empty(), Map.of(Pack.TWENTY_FIVE, 99));

        assertThat(planAfter(rich, first)).isEqualTo(first);
        assertThat(planAfter(rich, Plan.UNLIMITED)).isEqualTo(Plan.UNLIMITED);
        assertThat(planAfter(rich, second)).isEqualTo(second);

        Map<AccountId, Plan> plans = database.read(tx -> {
            var store = new AccountStore(tx);
            return store.plans(List.of(
                    store.find(rich.id()).orElseThrow(), store.find(poor.id()).orElseThrow()));
        });
        assertThat(plans).containsExactlyInAnyOrderEntriesOf(Map.of(rich.id(), second, poor.id(), Plan.FREE));
    }

    @Test
    void theChecklistOfOneAccountIsHiddenAndShown() {
        Account one = stored(newRoot());
        Account other = stored(newRoot());

        assertThat(checklistHiddenAfter(one, true)).isTrue();
        assertThat(database.<Account>read(
                                tx -> new AccountStore(tx).find(other.id()).orElseThrow())
                        .checklistHidden())
                .isFalse();
        assertThat(checklistHiddenAfter(one, false)).isFalse();
    }

    private boolean checklistHiddenAfter(Account account, boolean hidden) {
        return database.write(tx -> {
            var store = new AccountStore(tx);
            store.setChecklistHidden(account.id(), hidden);
            return store.find(account.id()).orElseThrow().checklistHidden();
        });
    }

    @Test
    void aSubAccountOfASubAccountCannotBeStored() {
        Account root = stored(newRoot());
        Account sub = stored(newSub(root.id()));
        Account below = newSub(sub.id());

        assertRefused(tx -> new AccountStore(tx).insert(below, NOW));
        assertThat(find(store -> store.find(below.id()))).isEmpty();
    }

    @Test
    void aParentCannotBecomeAChildNorAChildAParent() {
        Account root = stored(newRoot());
        Account sub = stored(newSub(root.id()));
        Account other = stored(newRoot());

        assertRefused(tx -> moveBelow(tx, root, sub.id()));
        assertRefused(tx -> moveBelow(tx, root, other.id()));
        assertRefused(tx -> moveBelow(tx, root, root.id()));
        assertRefused(tx -> moveBelow(tx, sub, sub.id()));
        assertThat(find(store -> store.find(root.id()))).contains(root);
    }

    @Test
    void aSubAccountCannotBelongToAnotherTenantThanItsParents() {
        Account root = stored(newRoot());
        Account stranger = stored(newRoot());
        Account sub = stored(newSub(root.id()));

        assertRefused(tx -> tx.sql()
                .update(ACCOUNTS)
                .set(ACCOUNTS.TENANT_ID, stranger.id())
                .where(ACCOUNTS.ID.eq(sub.id()))
                .execute());
        assertRefused(tx -> tx.sql()
                .update(ACCOUNTS)
                .set(ACCOUNTS.PARENT_ID, stranger.id())
                .where(ACCOUNTS.ID.eq(sub.id()))
                .execute());
    }

    @Test
    void aSubAccountCannotHaveTheAgencyPermission() {
        Account sub = stored(newSub(stored(newRoot()).id()));

        assertRefused(tx -> tx.sql()
                .update(ACCOUNTS)
                .set(ACCOUNTS.AGENCY_PERMISSION, "agency-pro")
                .where(ACCOUNTS.ID.eq(sub.id()))
                .execute());
    }

    @Test
    void anAccountWithSubAccountsCannotBeRemovedFromUnderThem() {
        Account root = stored(newRoot());
        stored(newSub(root.id()));

        assertRefused(tx ->
                tx.sql().deleteFrom(ACCOUNTS).where(ACCOUNTS.ID.eq(root.id())).execute());
    }

    @Test
    void unknownStatesTiersAndPacksCannotBeStored() {
        Account root = stored(newRoot());

        assertRefused(
                tx -> tx.sql().update(ACCOUNTS).set(ACCOUNTS.STATUS, "asleep").execute());
        assertRefused(tx -> tx.sql().update(ACCOUNTS).set(ACCOUNTS.TIER, "gold").execute());
        assertRefused(tx -> insertPack(tx, root, 7, 1));
        assertRefused(tx -> insertPack(tx, root, 10, 0));
        assertRefused(tx -> insertPack(tx, newRoot(), 10, 1));
    }

    private static void insertPack(Tx tx, Account root, int size, int quantity) {
        tx.sql()
                .insertInto(PACKS)
                .set(PACKS.TENANT_ID, root.id())
                .set(PACKS.SIZE, size)
                .set(PACKS.QUANTITY, quantity)
                .execute();
    }

    private static void moveBelow(Tx tx, Account account, AccountId parent) {
        tx.sql()
                .update(ACCOUNTS)
                .set(ACCOUNTS.KIND, "sub")
                .set(ACCOUNTS.TENANT_ID, parent)
                .set(ACCOUNTS.PARENT_ID, parent)
                .set(ACCOUNTS.PARENT_KIND, "root")
                .where(ACCOUNTS.ID.eq(account.id()))
                .execute();
    }

    private void assertRefused(Consumer<Tx> change) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> database.write(tx -> {
                    change.accept(tx);
                    return "stored";
                }));
    }

    private Plan planAfter(Account root, Plan plan) {
        return database.write(tx -> {
            var store = new AccountStore(tx);
            store.setPlan(root.id(), plan, NOW);
            return store.plan(store.find(root.id()).orElseThrow());
        });
    }

    private void setStatus(Account account, AccountStatus status) {
        database.write(tx -> tx.sql()
                .update(ACCOUNTS)
                .set(ACCOUNTS.STATUS, status.key())
                .where(ACCOUNTS.ID.eq(account.id()))
                .execute());
    }

    private List<AccountId> ids(AccountId tenant, String search, Optional<AccountId> after, int limit) {
        List<Account> found = database.read(tx -> new AccountStore(tx).subAccounts(tenant, search, after, limit));
        return found.stream().map(Account::id).toList();
    }

    private Account stored(Account account) {
        assertThat(insert(account)).isTrue();
        return account;
    }

    private static Account named(Account account, String username) {
        return new Account(
                account.id(),
                account.parent(),
                username,
                account.displayName(),
                account.email(),
                account.bio(),
                account.status(),
                Optional.empty(),
                account.ownTier(),
                account.agencyPermission(),
                false,
                false,
                account.createdBy(),
                account.createdAt());
    }

    private static Account displayed(Account account, String displayName) {
        return new Account(
                account.id(),
                account.parent(),
                account.username(),
                displayName,
                account.email(),
                account.bio(),
                account.status(),
                Optional.empty(),
                account.ownTier(),
                account.agencyPermission(),
                false,
                false,
                account.createdBy(),
                account.createdAt());
    }

    private boolean insert(Account account) {
        return database.write(tx -> new AccountStore(tx).insert(account, NOW));
    }

    private boolean isTaken(String username) {
        return database.read(tx -> new AccountStore(tx).isTaken(username));
    }

    private void write(Consumer<AccountStore> work) {
        database.write(tx -> {
            work.accept(new AccountStore(tx));
            return "done";
        });
    }

    private Optional<Account> find(Function<AccountStore, Optional<Account>> work) {
        return database.read(tx -> work.apply(new AccountStore(tx)));
    }

    private Optional<Account> locked(AccountId id) {
        return database.write(tx -> new AccountStore(tx).lock(id));
    }

    private List<Account> roots(String search, Optional<AccountId> after, int limit) {
        return database.read(tx -> new AccountStore(tx).roots(RootQuery.all(search, after), limit));
    }
}
