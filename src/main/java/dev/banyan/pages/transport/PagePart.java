package dev.banyan.pages.transport;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.exports.AccountPart;
import dev.banyan.accounts.exports.AccountPart.Taken;
import dev.banyan.accounts.exports.ExportFolder;
import dev.banyan.accounts.exports.ImportFolder;
import dev.banyan.accounts.exports.ImportedIds;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkGroupStore;
import dev.banyan.pages.LinkStore;
import dev.banyan.pages.MessageButtonStore;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageStore;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.SocialIconStore;
import dev.banyan.pages.looks.IconBatch;
import dev.banyan.pages.transport.PageDocuments.OfIcon;
import dev.banyan.pages.transport.PageDocuments.OfPicture;
import dev.banyan.pages.transport.PageReading.ReadPage;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.files.UnusableArchive;
import dev.banyan.themes.AppearanceCopies;
import dev.banyan.themes.AppearanceSnapshots;
import dev.banyan.themes.CarriedPictures;
import dev.banyan.themes.CarriedPictures.Brought;
import dev.banyan.themes.CarriedPictures.Carried;
import dev.banyan.themes.PictureCopies;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Pictures;
import jakarta.inject.Singleton;

/// The pages of an account in an archive: `pages.json`, `icons.json`, `pictures.json` and the pictures that pages show.
@Singleton
record PagePart(AppearanceSnapshots looks, CarriedPictures carried, Pictures pictures, PageWriting writing)
        implements AccountPart {

    static final String PAGES = "pages.json";
    static final String ICONS = "icons.json";
    static final String PICTURES = "pictures.json";
    static final String FOLDER = "pictures/";
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_PICTURES = 20_000;

    @Override
    public int order() {
        return 10;
    }

    @Override
    public void write(Tx tx, Owner owner, ExportFolder to) {
        var shown = new LinkedHashMap<String, PictureUse>();
        to.array(
                PAGES, page -> new PageStore(tx).list(owner).forEach(one -> page.accept(document(tx, one, shown, to))));
        List<SocialIcon> icons = new SocialIconStore(tx).list(owner);
        to.json(
                ICONS,
                icons.stream()
                        .map(icon -> new OfIcon(icon.platform(), icon.url(), icon.position(), icon.active()))
                        .toList());
        to.count("icons", icons.size());
        List<Carried> kept = carried.list(tx, owner, shown.keySet());
        to.json(
                PICTURES,
                kept.stream()
                        .map(one -> new OfPicture(
                                one.id(),
                                shown.getOrDefault(one.id(), PictureUse.THUMBNAIL)
                                        .key(),
                                one.name(),
                                Optional.of(one.source()).filter(source -> !source.isEmpty())))
                        .toList());
        to.count("pictures", kept.size());
        kept.forEach(one -> to.later(FOLDER + one.name(), out -> {
            Optional<StoredFile> file = carried.file(one);
            if (file.isPresent()) {
                try (InputStream content = file.get().open()) {
                    content.transferTo(out);
                }
            }
        }));
    }

    private PageDocuments.PageDocument document(Tx tx, Page page, Map<String, PictureUse> shown, ExportFolder to) {
        Owner owner = page.owner();
        List<LinkGroup> groups = new LinkGroupStore(tx).list(owner, page.id());
        List<Link> links = new LinkStore(tx).list(owner, page.id());
        Optional<String> look = looks.of(tx, owner, page.id().toString());
        look.map(AppearanceCopies::uses).ifPresent(shown::putAll);
        links.forEach(link ->
                link.decoration().thumbnailImage().ifPresent(id -> shown.putIfAbsent(id, PictureUse.THUMBNAIL)));
        to.count("pages", 1);
        to.count("links", links.size());
        to.count("groups", groups.size());
        return PageDocuments.of(page, groups, links, look, new MessageButtonStore(tx).find(owner, page.id()));
    }

    @Override
    public Prepared prepare(Owner to, ImportFolder from) throws UnusableArchive {
        var pages = new ArrayList<ReadPage>();
        var seen = new HashSet<String>();
        from.array(PAGES, MOST_PAGES, page -> {
            ReadPage read = PageReading.page(page);
            if (!seen.add(read.id()) || !seen.add("slug " + read.slug())) {
                throw new UnusableArchive("It has the page “" + read.slug() + "” twice");
            }
            pages.add(read);
        });
        var icons = new ArrayList<SocialIcon>();
        from.array(ICONS, IconBatch.MOST, icon -> icons.add(PageReading.icon(icon)));
        Bringing bringing = bring(to, from);
        return new Ready(to, List.copyOf(pages), List.copyOf(icons), bringing);
    }

    /// Pictures whose files are copied.
    ///
    /// @param refused how many can't be drawn
    private record Bringing(PictureCopies copies, long refused) {}

    private Bringing bring(Owner to, ImportFolder from) throws UnusableArchive {
        var brought = new ArrayList<PictureCopies>();
        long[] refused = {0};
        boolean complete = false;
        try {
            var seen = new HashSet<String>();
            from.array(PICTURES, MOST_PICTURES, picture -> {
                Optional<PictureCopies> copy = bring(to, from, picture, seen);
                copy.ifPresentOrElse(brought::add, () -> refused[0]++);
            });
            complete = true;
            return new Bringing(PictureCopies.of(to, brought), refused[0]);
        } finally {
            if (!complete) {
                brought.forEach(copy -> pictures.discard(copy, Set.of()));
            }
        }
    }

    private Optional<PictureCopies> bring(Owner to, ImportFolder from, JsonNode picture, Set<String> seen)
            throws UnusableArchive {
        String id = PageReading.id(picture.path("id"));
        if (!seen.add(id)) {
            throw new UnusableArchive("It has the picture " + id + " twice");
        }
        Optional<PictureUse> use =
                Keyed.parse(PictureUse.class, picture.path("use").asText(""));
        Optional<byte[]> bytes = from.bytes(FOLDER + picture.path("file").asText(""), Pictures.LARGEST);
        if (use.isEmpty() || bytes.isEmpty()) {
            return Optional.empty();
        }
        return switch (carried.bring(to, use.get(), id, picture.path("source").asText(""), bytes.get())) {
            case Brought.Done(PictureCopies copy) -> Optional.of(copy);
            case Brought.Refused _ -> Optional.empty();
        };
    }

    /// Pages whose pictures are copied.
    private final class Ready implements Prepared {

        private final Owner to;
        private final List<ReadPage> pages;
        private final List<SocialIcon> icons;
        private final Bringing bringing;
        private Set<String> inserted = Set.of();

        Ready(Owner to, List<ReadPage> pages, List<SocialIcon> icons, Bringing bringing) {
            this.to = to;
            this.pages = pages;
            this.icons = icons;
            this.bringing = bringing;
        }

        @Override
        public Taken take(Tx tx, Actor actor, Account account, ImportedIds ids) {
            var there = pictures.insert(tx, bringing.copies());
            inserted = there.keySet();
            long left = bringing.copies().rows().size() - there.size() + bringing.refused();
            return writing.write(tx, to, pages, icons, there, left, ids);
        }

        @Override
        public void close(boolean committed) {
            pictures.discard(bringing.copies(), committed ? inserted : Set.of());
        }
    }
}
