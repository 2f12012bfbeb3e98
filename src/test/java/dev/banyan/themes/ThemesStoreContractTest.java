package dev.banyan.themes;

import static dev.banyan.schema.Tables.PAGES;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.pages.PageId;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class ThemesStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final Owner brand;

    ThemesStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        this.brand = StoredAccounts.brandOf(database, agency).owner();
    }

    private void write(Consumer<dev.banyan.platform.db.Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return "";
        });
    }

    private UUID page() {
        UUID id = UUIDS.next();
        write(tx -> tx.sql()
                .insertInto(PAGES)
                .set(PAGES.ID, new PageId(id))
                .set(PAGES.TENANT_ID, owner.tenant())
                .set(PAGES.ACCOUNT_ID, owner.account())
                .set(PAGES.SLUG, "p" + id.toString().substring(24))
                .set(PAGES.NAME, "Page")
                .set(PAGES.IS_DEFAULT, false)
                .set(PAGES.LINK_COUNT, 0L)
                .set(PAGES.CREATED_AT, NOW)
                .set(PAGES.UPDATED_AT, NOW)
                .execute());
        return id;
    }

    @Test
    void anAppearanceIsFoundAsItWasSavedAndByItsOwnerAlone() {
        UUID page = page();
        Appearance look = Appearance.DEFAULT
                .withTheme(Theme.HONEYCOMB)
                .withProfileImage(Optional.of(new Picture("https://a.example/ü.png", "id-1")));
        assertThat(database.<Optional<Appearance>>read(tx -> new AppearanceStore(tx).find(owner, page)))
                .isEmpty();

        write(tx -> new AppearanceStore(tx).save(owner, page, Appearance.DEFAULT, NOW));
        write(tx -> new AppearanceStore(tx).save(owner, page, look, NOW));

        assertThat(database.<Optional<Appearance>>read(tx -> new AppearanceStore(tx).find(owner, page)))
                .contains(look);
        assertThat(database.<Optional<Appearance>>read(tx -> new AppearanceStore(tx).find(brand, page)))
                .isEmpty();
        assertThat(database.<Map<UUID, Appearance>>read(
                        tx -> new AppearanceStore(tx).ofPages(owner.tenant(), List.of(page, UUID.randomUUID()))))
                .isEqualTo(Map.of(page, look));
        assertThat(database.<List<Appearance>>read(tx -> new AppearanceStore(tx).ofAccount(owner)))
                .contains(look);
        assertThat(database.<List<Appearance>>read(tx -> new AppearanceStore(tx).ofAccount(brand)))
                .isEmpty();
    }

    @Test
    void aLookThatCameWithOthersKeepsTheOneBeforeUntilTheNextChange() {
        UUID page = page();
        UUID push = UUIDS.next();
        Appearance before = Appearance.DEFAULT.withTheme(Theme.HONEYCOMB);
        write(tx -> new AppearanceStore(tx).save(owner, page, before, NOW));
        write(tx -> new AppearanceStore(tx).push(owner, page, Appearance.DEFAULT, push, NOW));
        write(tx -> new AppearanceStore(tx).push(brand, page, before, push, NOW));

        assertThat(database.<Optional<Appearance>>read(tx -> new AppearanceStore(tx).find(owner, page)))
                .contains(Appearance.DEFAULT);
        assertThat(database.<List<Appearance>>read(tx -> new AppearanceStore(tx).ofAccount(owner)))
                .contains(before);
        assertThat(database.<Optional<AppearanceStore.Push>>read(
                        tx -> new AppearanceStore(tx).lastPush(owner.tenant())))
                .contains(new AppearanceStore.Push(push, NOW, 1));
        assertThat(database.<Map<AccountId, UUID>>read(tx -> new AppearanceStore(tx).pushed(owner.tenant(), push)))
                .isEqualTo(Map.of(owner.account(), page));

        write(tx -> new AppearanceStore(tx).forgetFormer(NOW));
        assertThat(undone(brand, page, push)).isEmpty();
        assertThat(undone(owner, page, push)).contains(before);
        assertThat(undone(owner, page, push)).isEmpty();
        write(tx -> new AppearanceStore(tx).push(owner, page, Appearance.DEFAULT, push, NOW));
        write(tx -> new AppearanceStore(tx).save(owner, page, before, NOW));
        assertThat(undone(owner, page, push)).isEmpty();
        write(tx -> new AppearanceStore(tx).push(owner, page, Appearance.DEFAULT, push, NOW));
        write(tx -> new AppearanceStore(tx).forgetFormer(NOW.plusMillis(1)));
        assertThat(database.<Optional<AppearanceStore.Push>>read(
                        tx -> new AppearanceStore(tx).lastPush(owner.tenant())))
                .isEmpty();
    }

    private Optional<Appearance> undone(Owner whose, UUID page, UUID push) {
        return database.write(tx -> new AppearanceStore(tx).undo(whose, page, push, NOW));
    }

    @Test
    void onlyTheLastOfManyLooksGoBackInTurn() {
        UUID page = page();
        List<UUID> pushes = Stream.generate(UUIDS::next).limit(200).toList();
        for (UUID push : pushes) {
            write(tx -> new AppearanceStore(tx).push(owner, page, Appearance.DEFAULT, push, NOW));
        }
        assertThat(pushes.reversed().stream()
                        .map(push -> undone(owner, page, push))
                        .takeWhile(Optional::isPresent))
                .isNotEmpty();
        assertThat(database.<Optional<AppearanceStore.Push>>read(
                        tx -> new AppearanceStore(tx).lastPush(owner.tenant())))
                .isEmpty();
    }

    @Test
    void looksThatCameOneAfterAnotherGoBackInTurn() {
        UUID page = page();
        UUID first = UUIDS.next();
        UUID second = UUIDS.next();
        Appearance before = Appearance.DEFAULT.withTheme(Theme.HONEYCOMB);
        write(tx -> new AppearanceStore(tx).save(owner, page, before, NOW));
        write(tx -> new AppearanceStore(tx).push(owner, page, Appearance.DEFAULT, first, NOW));
        write(tx ->
                new AppearanceStore(tx).push(owner, page, before.withTheme(Theme.LAGOON), second, NOW.plusMillis(1)));
        assertThat(database.<List<Appearance>>read(tx -> new AppearanceStore(tx).ofAccount(owner)))
                .contains(before, Appearance.DEFAULT);

        assertThat(undone(owner, page, first)).isEmpty();
        assertThat(undone(brand, page, second)).isEmpty();
        assertThat(undone(owner, page, second)).isPresent();
        assertThat(database.<Optional<Appearance>>read(tx -> new AppearanceStore(tx).find(owner, page)))
                .contains(Appearance.DEFAULT);
        assertThat(database.<Optional<AppearanceStore.Push>>read(
                        tx -> new AppearanceStore(tx).lastPush(owner.tenant())))
                .contains(new AppearanceStore.Push(first, NOW, 1));

        assertThat(undone(owner, page, first)).contains(before);
        assertThat(database.<Optional<Appearance>>read(tx -> new AppearanceStore(tx).find(owner, page)))
                .contains(before);
        assertThat(database.<Optional<AppearanceStore.Push>>read(
                        tx -> new AppearanceStore(tx).lastPush(owner.tenant())))
                .isEmpty();
    }

    private Image image(Owner whose, Instant at) {
        String id = UUIDS.next().toString();
        var image = new Image(id, "https://a.example/x", "image/png", 700, 20, 10, "media/x/" + id + ".png", at);
        write(tx -> new ImageStore(tx).insert(whose, image));
        return image;
    }

    @Test
    void imagesAreCountedFoundAndRemovedByTheirOwner() {
        Image one = image(owner, NOW);
        Image two = image(owner, NOW);
        Image other = image(brand, NOW);

        assertThat(database.<ImageStore.StorageUsed>read(tx -> new ImageStore(tx).kept(owner)))
                .isEqualTo(new ImageStore.StorageUsed(2, 1_400));
        assertThat(database.<Optional<Image>>read(tx -> new ImageStore(tx).find(owner, one.id())))
                .contains(one);
        assertThat(database.<Optional<Image>>read(tx -> new ImageStore(tx).find(owner, other.id())))
                .isEmpty();
        assertThat(database.<List<Image>>read(tx -> new ImageStore(tx).find(owner, List.of(one.id(), other.id()))))
                .containsExactly(one);
        assertThat(database.<Optional<ImageStore.Owned>>read(tx -> new ImageStore(tx).findForVisitor(other.id()))
                        .map(ImageStore.Owned::image))
                .contains(other);
        assertThat(database.<Integer>write(tx -> new ImageStore(tx).delete(owner, List.of(one.id(), other.id()))))
                .isEqualTo(1);
        assertThat(database.<List<Image>>read(tx -> new ImageStore(tx).some(owner, 10)))
                .containsExactly(two);
        assertThat(database.<List<Image>>read(tx -> new ImageStore(tx).some(brand, 10)))
                .containsExactly(other);
    }

    @Test
    void theJobWalksThroughTheOldOnes() {
        Image old = image(owner, NOW);
        Image young = image(owner, NOW.plusSeconds(1));
        List<ImageStore.Owned> found = database.read(tx -> new ImageStore(tx).after("", NOW.plusMillis(1), 1_000));
        assertThat(found)
                .contains(new ImageStore.Owned(owner, old))
                .noneMatch(one -> one.image().equals(young));
        List<ImageStore.Owned> after =
                database.read(tx -> new ImageStore(tx).after(old.id(), NOW.plusMillis(1), 1_000));
        assertThat(after).doesNotContain(new ImageStore.Owned(owner, old));
    }
}
