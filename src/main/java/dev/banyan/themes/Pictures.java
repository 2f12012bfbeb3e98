package dev.banyan.themes;

import module java.base;
import dev.banyan.accounts.AccountContents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.settings.PictureDrawing;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.RemovedFileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Pictures and videos of pages, whose bytes we serve ourselves. A file is written before its row, and removed
/// after it by a job.
@Singleton
public final class Pictures implements AccountContents, Recurring, PictureDrawing {

    /// Limit of an upload in bytes.
    public static final int LARGEST = 10 * 1_048_576;

    private static final String FOLDER = "media";
    private static final Crop SQUARE = new Crop(50, 50, 100, 1);
    private static final Duration MAY_BE_UNNAMED = Duration.ofDays(1);
    private static final int LOOKED_AT = 500;
    private static final String BEFORE_ALL = "";
    private static final long MEGABYTE = 1_048_576;

    /// The result of storing a picture.
    public sealed interface StoreResult {

        /// @param isStill whether only the first frame of an animation was kept
        record Done(Picture media, boolean isStill) implements StoreResult {}

        /// @param why a full sentence for people
        record Refused(String why) implements StoreResult {}
    }

    /// The result of preparing a picture for another account.
    public sealed interface Uploaded {

        /// @param picture a single one
        record Done(PictureCopies picture) implements Uploaded {}

        /// @param why a full sentence for people
        record Refused(String why) implements Uploaded {}
    }

    /// A file as sent to browsers.
    ///
    /// @param type such as `image/png`
    record Served(Owner owner, StoredFile file, String type, long size) {}

    private final Database database;
    private final FileStore files;
    private final Settings settings;
    private final Quotas quotas;
    private final PictureFetch fetch;
    private final List<PictureNames> names;
    private final Clock clock;
    private final Uuids uuids;
    private final PictureBytes bytes = new PictureBytes();

    /// Where the next run of the job continues; reset by a restart.
    private String lookedAt = BEFORE_ALL;

    Pictures(
            Database database,
            FileStore files,
            Settings settings,
            Quotas quotas,
            PictureFetch fetch,
            @All List<PictureNames> names,
            Clock clock,
            Uuids uuids) {
        this.database = database;
        this.files = files;
        this.settings = settings;
        this.quotas = quotas;
        this.fetch = fetch;
        this.names = names;
        this.clock = clock;
        this.uuids = uuids;
    }

    /// The number and total size of pictures that an account may have.
    private record Room(int images, long bytes) {

        static Room of(Tier tier) {
            return switch (tier) {
                case FREE -> new Room(20, 20 * MEGABYTE);
                case PRO -> new Room(100, 100 * MEGABYTE);
                case PREMIUM -> new Room(300, 300 * MEGABYTE);
                case ENTERPRISE -> new Room(2_000, 2_000 * MEGABYTE);
            };
        }
    }

    public StoreResult upload(AccountContext context, PictureUse use, byte[] given) {
        return upload(context, use, given, Crop.NONE);
    }

    /// Stores a part of an uploaded picture.
    public StoreResult upload(AccountContext context, PictureUse use, byte[] given, Crop crop) {
        String id = uuids.next().toString();
        return keep(context, use, given, crop, id, settings.baseUrl() + Picture.pathOf(id));
    }

    /// Fetches and stores a picture. Its address is requested only once; one of ours is not requested at all.
    public StoreResult fetch(AccountContext context, PictureUse use, String address) {
        Optional<Picture> ours = ours(context.owner(), address);
        if (ours.isPresent()) {
            return new StoreResult.Done(ours.get(), false);
        }
        Optional<String> full = full(context);
        if (full.isPresent()) {
            return new StoreResult.Refused(full.get());
        }
        return switch (fetch.get(address, LARGEST)) {
            case PictureFetch.Fetched.Good good ->
                keep(context, use, good.bytes(), Crop.NONE, uuids.next().toString(), address);
            case PictureFetch.Fetched.Bad bad -> new StoreResult.Refused(bad.why());
        };
    }

    private Optional<Picture> ours(Owner owner, String address) {
        String prefix = settings.baseUrl() + Picture.pathOf("");
        return address.startsWith(prefix)
                ? database.read(
                                owner.tenant(),
                                tx -> new ImageStore(tx).find(owner, address.substring(prefix.length())))
                        .map(image -> new Picture(address, image.id()))
                : Optional.empty();
    }

    private Optional<String> full(AccountContext context) {
        return database.read(tx -> full(tx, context.owner(), 1));
    }

    private Optional<String> full(Tx tx, Owner owner, long more) {
        ImageStore.StorageUsed kept = new ImageStore(tx).kept(owner);
        Tier tier = quotas.effectiveTier(tx, owner);
        Room room = Room.of(tier);
        return kept.images() >= room.images() || kept.bytes() + more > room.bytes()
                ? Optional.of("The " + tier.label() + " plan stores up to " + room.images() + " pictures and videos, "
                        + room.bytes() / MEGABYTE
                        + " MB in total. Unused ones are deleted within two days.")
                : Optional.empty();
    }

    private StoreResult keep(
            AccountContext context, PictureUse use, byte[] given, Crop crop, String id, String source) {
        Optional<String> full = full(context);
        if (full.isPresent()) {
            return new StoreResult.Refused(full.get());
        }
        return switch (bytes.make(given, use, crop)) {
            case PictureBytes.DecodeResult.Bad bad -> new StoreResult.Refused(bad.why());
            case PictureBytes.DecodeResult.Good good ->
                save(context.owner(), good, new Picture(source, id), PictureBytes.isAnimated(given));
        };
    }

    private StoreResult save(Owner owner, PictureBytes.DecodeResult.Good made, Picture picture, boolean isStill) {
        String id = picture.id();
        String path = path(owner, id, made.ending());
        var image = new Image(
                id,
                picture.source(),
                made.type(),
                made.bytes().length,
                made.width(),
                made.height(),
                path,
                clock.instant());
        files.put(path, StoredFile.of(made.bytes()));
        Optional<String> full = database.write(tx -> {
            Optional<String> noRoom = full(tx, owner, image.size());
            if (noRoom.isEmpty()) {
                new ImageStore(tx).insert(owner, image);
            }
            return noRoom;
        });
        if (full.isPresent()) {
            files.remove(path);
            return new StoreResult.Refused(full.get());
        }
        return new StoreResult.Done(picture, isStill);
    }

    @Override
    public Drawn square(byte[] given) {
        return switch (bytes.make(given, PictureUse.AVATAR, SQUARE)) {
            case PictureBytes.DecodeResult.Bad bad -> new Drawn.Bad(bad.why());
            case PictureBytes.DecodeResult.Good good ->
                new Drawn.Good(good.bytes(), good.ending(), PictureBytes.isAnimated(given));
        };
    }

    /// Decodes and writes a picture for an account that need not exist yet; [#insert] adds its row. Called outside of
    /// any transaction.
    public Uploaded prepare(Owner to, PictureUse use, byte[] given) {
        return switch (bytes.make(given, use)) {
            case PictureBytes.DecodeResult.Bad bad -> new Uploaded.Refused(bad.why());
            case PictureBytes.DecodeResult.Good good -> {
                String id = uuids.next().toString();
                var image = new Image(
                        id,
                        settings.baseUrl() + Picture.pathOf(id),
                        good.type(),
                        good.bytes().length,
                        good.width(),
                        good.height(),
                        path(to, id, good.ending()),
                        clock.instant());
                files.put(image.path(), StoredFile.of(good.bytes()));
                yield new Uploaded.Done(new PictureCopies(
                        to, Map.of(id, new Picture(image.source(), id)), List.of(new PictureCopies.Row(id, image))));
            }
        };
    }

    /// Copies the files of an account's pictures for another account, which need not exist yet; [#insert] adds their
    /// rows. Called outside of any transaction. Ids that the account doesn't have are left out.
    public PictureCopies copy(Owner from, Owner to, Collection<String> ids) {
        List<Image> images = ids.isEmpty() ? List.of() : database.read(tx -> new ImageStore(tx).find(from, ids));
        var copies = new HashMap<String, Picture>();
        var rows = new ArrayList<PictureCopies.Row>();
        for (Image image : images) {
            String id = uuids.next().toString();
            String path = path(to, id, image.path().substring(image.path().lastIndexOf('.') + 1));
            if (!files.copy(image.path(), path)) {
                continue;
            }
            String ours = settings.baseUrl() + Picture.pathOf("");
            String source = image.source().startsWith(ours) ? settings.baseUrl() + Picture.pathOf(id) : image.source();
            copies.put(image.id(), new Picture(source, id));
            rows.add(new PictureCopies.Row(
                    image.id(),
                    new Image(
                            id,
                            source,
                            image.type(),
                            image.size(),
                            image.width(),
                            image.height(),
                            path,
                            clock.instant())));
        }
        return new PictureCopies(to, Map.copyOf(copies), List.copyOf(rows));
    }

    /// Adds the rows of copied pictures as far as the account has room for them.
    ///
    /// @return those that were added, by the id of what they are a copy of
    public Map<String, Picture> insert(Tx tx, PictureCopies copies) {
        if (copies.rows().isEmpty()) {
            return Map.of();
        }
        var store = new ImageStore(tx);
        ImageStore.StorageUsed kept = store.kept(copies.to());
        Room room = Room.of(quotas.effectiveTier(tx, copies.to()));
        int images = kept.images();
        long size = kept.bytes();
        var added = new HashMap<String, Picture>();
        for (PictureCopies.Row row : copies.rows()) {
            if (images < room.images() && size + row.image().size() <= room.bytes()) {
                store.insert(copies.to(), row.image());
                added.put(row.original(), copies.byOriginal().get(row.original()));
                images++;
                size += row.image().size();
            }
        }
        return Map.copyOf(added);
    }

    /// Deletes the files of those copies that got no row.
    ///
    /// @param inserted what [#insert] returned; empty if nothing was committed
    public void discard(PictureCopies copies, Set<String> inserted) {
        copies.rows().stream()
                .filter(row -> !inserted.contains(row.original()))
                .forEach(row -> files.remove(row.image().path()));
    }

    private static String path(Owner owner, String id, String ending) {
        return FOLDER + "/" + owner.account().value() + "/" + id + "." + ending;
    }

    /// Finds a file for a browser, by its address alone.
    Optional<Served> served(String id) {
        return database.read(tx -> new ImageStore(tx).findForVisitor(id))
                .flatMap(found -> files.find(found.image().path())
                        .map(file -> new Served(
                                found.owner(),
                                file,
                                found.image().type(),
                                found.image().size())));
    }

    /// Returns the bytes of a public picture, by its path.
    public Optional<byte[]> read(String path) {
        String prefix = Picture.pathOf("");
        return Optional.of(path)
                .filter(one -> one.startsWith(prefix))
                .flatMap(one -> served(one.substring(prefix.length())))
                .map(served -> served.file().bytes());
    }

    /// Deletes unused pictures a day after they were stored, because a form may be open that long. Every run checks
    /// some of them, so that all are checked in time.
    public synchronized void removeUnnamed() {
        Instant before = clock.instant().minus(MAY_BE_UNNAMED);
        String from = lookedAt;
        List<ImageStore.Owned> some = database.read(tx -> new ImageStore(tx).after(from, before, LOOKED_AT));
        some.stream()
                .collect(Collectors.groupingBy(ImageStore.Owned::owner))
                .forEach((owner, images) -> removeUnnamed(
                        owner, images.stream().map(ImageStore.Owned::image).toList()));
        lookedAt = some.size() < LOOKED_AT ? BEFORE_ALL : some.getLast().image().id();
    }

    @Override
    public Job job() {
        return Job.scheduled("10m", "3m", "tidy-pictures", "Deletes pictures that no page shows.", this::removeUnnamed);
    }

    private void removeUnnamed(Owner owner, List<Image> images) {
        database.write(tx -> {
            Set<String> ids = images.stream().map(Image::id).collect(Collectors.toSet());
            var named = new HashSet<String>();
            new AppearanceStore(tx).ofAccount(owner).forEach(look -> named.addAll(look.media()));
            names.forEach(other -> named.addAll(other.named(tx, owner, ids)));
            List<Image> gone =
                    images.stream().filter(image -> !named.contains(image.id())).toList();
            return remove(tx, owner, gone);
        });
    }

    private int remove(Tx tx, Owner owner, List<Image> gone) {
        var removed = new RemovedFileStore(tx);
        gone.forEach(image -> removed.add(image.path(), clock.instant()));
        return gone.isEmpty()
                ? 0
                : new ImageStore(tx).delete(owner, gone.stream().map(Image::id).toList());
    }

    @Override
    public long clicks(Tx tx, Owner owner) {
        return 0;
    }

    @Override
    public int eraseSome(Tx tx, Owner owner, int most) {
        return remove(tx, owner, new ImageStore(tx).some(owner, most));
    }
}
