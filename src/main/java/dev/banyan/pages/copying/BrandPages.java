package dev.banyan.pages.copying;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.brands.BrandContent;
import dev.banyan.accounts.brands.BrandNames;
import dev.banyan.accounts.brands.BrandPart;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.brands.LeftOut.Kind;
import dev.banyan.pages.DeletedDocument;
import dev.banyan.pages.LinkGroupStore;
import dev.banyan.pages.LinkStore;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageStore;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.SocialIconStore;
import dev.banyan.platform.FilledText;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.themes.AppearanceSnapshots;
import dev.banyan.themes.Picture;
import dev.banyan.themes.PictureCopies;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Pictures;
import jakarta.inject.Singleton;

/// The pages that a new brand begins with: their texts, looks, links and groups. Social icons are taken along where
/// their address names the brand, because others lead to somebody else.
@Singleton
record BrandPages(
        PageCopies copies, AppearanceSnapshots looks, Pictures pictures, Audit audit, Clock clock, Uuids uuids)
        implements BrandContent {

    static final String KEY = "pages";
    private static final int LONGEST_NAME = 100;

    /// The stored form. Fields may be added; older documents lack them.
    ///
    /// @param pages the default one first
    record Snapshot(List<DeletedDocument> pages, List<SocialIcon> icons) {}

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String snapshot(Tx tx, Owner owner, Set<BrandPart> parts) {
        String brand = new AccountStore(tx)
                .find(owner.account())
                .map(Account::displayName)
                .orElse("");
        boolean links = parts.contains(BrandPart.LINKS);
        List<DeletedDocument> pages = new PageStore(tx)
                .list(owner).stream()
                        .map(page -> DeletedDocument.ofPage(
                                page.name().equals(brand) ? named(page, BrandNames.BRAND) : page,
                                links ? new LinkGroupStore(tx).list(owner, page.id()) : List.of(),
                                links ? new LinkStore(tx).list(owner, page.id()) : List.of(),
                                parts.contains(BrandPart.LOOK)
                                        ? looks.of(tx, owner, page.id().toString())
                                        : Optional.empty(),
                                Optional.empty()))
                        .toList();
        return JsonDocument.write(new Snapshot(
                pages,
                new SocialIconStore(tx)
                        .list(owner).stream()
                                .filter(icon -> links && BrandNames.areNamedIn(icon.url()))
                                .toList()));
    }

    private static Page named(Page page, String name) {
        return new Page(
                page.id(),
                page.owner(),
                page.slug(),
                name,
                page.isDefault(),
                page.published(),
                page.position(),
                page.links(),
                page.createdAt(),
                page.updatedAt(),
                page.zone());
    }

    @Override
    public String blank() {
        var page = new DeletedDocument.OfPage("home", BrandNames.BRAND, true, 0, 0, Optional.empty());
        return JsonDocument.write(new Snapshot(
                List.of(new DeletedDocument(
                        uuids.next().toString(),
                        Optional.of(page),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())),
                List.of()));
    }

    @Override
    public Preparation prepare(Owner from, Owner to, String snapshot, Optional<byte[]> picture) {
        Snapshot read = JsonDocument.read(snapshot, Snapshot.class);
        PictureCopies profile = PictureCopies.none(to);
        if (picture.isPresent()) {
            switch (pictures.prepare(to, PictureUse.AVATAR, picture.get())) {
                case Pictures.Uploaded.Refused(String why) -> {
                    return new Preparation.PictureRefused(why);
                }
                case Pictures.Uploaded.Done(PictureCopies uploaded) -> profile = uploaded;
            }
        }
        Set<String> ids = read.pages().stream()
                .flatMap(page -> PageCopies.pictures(page).stream())
                .collect(Collectors.toSet());
        return new Preparation.Ready(new Ready(to, read, ids, pictures.copy(from, to, ids), profile));
    }

    /// Pages whose pictures are copied.
    private final class Ready implements Prepared {

        private final Owner to;
        private final Snapshot snapshot;
        private final Set<String> wanted;
        private final PictureCopies copied;
        private final PictureCopies profile;
        private Set<String> inserted = Set.of();
        private boolean hasProfile;

        Ready(Owner to, Snapshot snapshot, Set<String> wanted, PictureCopies copied, PictureCopies profile) {
            this.to = to;
            this.snapshot = snapshot;
            this.wanted = wanted;
            this.copied = copied;
            this.profile = profile;
        }

        @Override
        public Given give(Tx tx, Actor actor, BrandNames names) {
            Optional<Picture> face =
                    pictures.insert(tx, profile).values().stream().findFirst();
            hasProfile = face.isPresent();
            Map<String, Picture> there = pictures.insert(tx, copied);
            inserted = there.keySet();
            var counts = new LeftOut.Counts();
            counts.add(
                    Kind.PICTURES,
                    wanted.size() - there.size() + (profile.rows().isEmpty() || hasProfile ? 0 : 1));
            var target = new PageCopies.Target(to, names, there, face);
            Optional<Page> first = Optional.empty();
            for (DeletedDocument document : snapshot.pages()) {
                DeletedDocument.OfPage kept = document.page().orElseThrow();
                Optional<Page> page =
                        copies.write(tx, target, document, kept.slug(), names.text(kept.name(), LONGEST_NAME), counts);
                first = first.or(() -> page);
                page.ifPresent(one ->
                        audit.note(tx, actor, to, "PageCreated", one.id().toString(), Map.of("slug", one.slug())));
            }
            var icons = new SocialIconStore(tx);
            snapshot.icons()
                    .forEach(icon -> icons.insert(
                            to,
                            new SocialIcon(
                                    uuids.next().toString(),
                                    icon.platform(),
                                    names.address(icon.url()),
                                    icon.position(),
                                    icon.active()),
                            clock.instant()));
            return new Given(first.map(page -> "/admin/pages/" + page.id()), counts.list());
        }

        @Override
        public Kept keep(Tx tx) {
            Map<String, Picture> there = pictures.insert(tx, copied);
            inserted = there.keySet();
            var counts = new LeftOut.Counts();
            counts.add(Kind.PICTURES, wanted.size() - there.size());
            String text = FilledText.of(
                    JsonDocument.write(snapshot),
                    there.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, copy -> copy.getValue().id())));
            return new Kept(text, counts.list());
        }

        @Override
        public void close(boolean committed) {
            pictures.discard(copied, committed ? inserted : Set.of());
            pictures.discard(
                    profile,
                    committed && hasProfile ? new HashSet<>(profile.byOriginal().keySet()) : Set.of());
        }
    }
}
