package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Changes.Field;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Text;
import dev.banyan.themes.Picture;

/// The fields of a link that can be changed, and their rules. An empty text clears a field.
public final class LinkChange {

    public static final Field<Link, String> TITLE = new Field<>();
    public static final Field<Link, String> URL = new Field<>();
    /// What a new entry is; it never changes.
    public static final Field<Link, String> KIND = new Field<>();
    /// The words of a text.
    public static final Field<Link, String> TEXT = new Field<>();
    /// Its new place; a new link without one goes to the end.
    public static final Field<Link, Integer> POSITION = new Field<>();
    public static final Field<Link, Boolean> ACTIVE = new Field<>();
    public static final Field<Link, String> ICON = new Field<>();
    public static final Field<Link, String> THUMBNAIL = new Field<>();
    public static final Field<Link, String> THUMBNAIL_TYPE = new Field<>();
    /// The id of our copy of the picture in [#THUMBNAIL], once it is fetched.
    static final Field<Link, String> THUMBNAIL_IMAGE = new Field<>();
    public static final Field<Link, String> LAYOUT = new Field<>();
    public static final Field<Link, String> ANIMATION = new Field<>();
    public static final Field<Link, Optional<ScheduleChange>> SCHEDULE = new Field<>();
    public static final Field<Link, Optional<LockChange>> LOCK = new Field<>();
    /// The group to move it to; empty moves it to the page itself.
    public static final Field<Link, Optional<String>> GROUP = new Field<>();

    private static final Text TITLE_RULE = Text.line("title", "Title", 100);
    private static final Text TEXT_RULE = new Text("text", "Text", 1, 500, true);
    private static final int LAST_POSITION = 1_000_000;

    private static final Text ICON_RULE = Text.optional("icon", "Icon", 500, false);
    private static final Text THUMBNAIL_RULE = Text.optional("thumbnail", "Thumbnail", 2_048, false);
    private static final int LONGEST_CODE = 100;
    private static final Text MESSAGE = Text.optional("lock.message", "Lock message", 500, true);
    private static final Text CODE = Text.line("lock.code", "Code", LONGEST_CODE);

    private LinkChange() {}

    /// A schedule as typed, in the zone's local time or with an offset.
    public record ScheduleChange(String start, String end, String zone) {}

    public record LockChange(String type, String code, String message) {}

    public static Changes<Link> plain(String title, String url) {
        return Changes.<Link>none().with(TITLE, title).with(URL, url);
    }

    public static Changes<Link> active(boolean active) {
        return Changes.<Link>none().with(ACTIVE, active);
    }

    /// Returns the change for a new link, which needs a title and an address.
    static Changes<Link> asCreation(Changes<Link> wanted) {
        return wanted.with(TITLE, wanted.over(TITLE, "")).with(URL, wanted.over(URL, ""));
    }

    /// Returns the change with a fetched picture.
    static Changes<Link> withPicture(Changes<Link> wanted, Picture picture) {
        return wanted.with(THUMBNAIL, picture.source())
                .with(
                        THUMBNAIL_TYPE,
                        wanted.get(THUMBNAIL_TYPE)
                                .filter(type -> !type.isEmpty())
                                .orElse(LinkStyle.ThumbnailType.IMAGE.key()))
                .withIf(THUMBNAIL_IMAGE, Optional.of(picture.id()).filter(_ -> picture.isHere()));
    }

    /// Creates a change of only the picture of a link; empty removes it.
    static Changes<Link> picture(Optional<Picture> picture) {
        Changes<Link> none = Changes.<Link>none().with(THUMBNAIL, "").with(THUMBNAIL_TYPE, "");
        return picture.map(found -> withPicture(none, found)).orElse(none);
    }

    /// Returns what a change wants an entry to be; empty if there is no such kind.
    static Optional<LinkKind> kind(Link link, Changes<Link> wanted) {
        return wanted.get(KIND)
                .filter(key -> !key.isEmpty())
                .map(LinkKind::parse)
                .orElse(Optional.of(link.kind()));
    }

    /// Returns the rules that the title and the address of a new link break.
    public static List<Invalid> broken(String title, String url) {
        return Stream.of(TITLE_RULE.broken(title), LinkAddresses.broken(url))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Returns the rules that an entry breaks.
    ///
    /// @param isNew whether the entry is created, so that its kind is free
    public static List<Invalid> broken(Link link, Changes<Link> wanted, boolean isNew) {
        List<Invalid> invalid = new ArrayList<>();
        Optional<LinkKind> kind = kind(link, wanted);
        if (kind.isEmpty()) {
            return List.of(new Invalid("type", "type must be one of link, heading, text"));
        }
        if (!isNew && kind.get() != link.kind()) {
            return List.of(new Invalid("type", "type can't be changed"));
        }
        switch (kind.get()) {
            case LINK -> {
                wanted.get(TITLE).flatMap(TITLE_RULE::broken).ifPresent(invalid::add);
                wanted.get(URL).flatMap(LinkAddresses::broken).ifPresent(invalid::add);
            }
            case HEADING -> wanted.get(TITLE).flatMap(TITLE_RULE::broken).ifPresent(invalid::add);
            case TEXT -> {
                Optional<String> words = isNew ? Optional.of(wanted.over(TEXT, "")) : wanted.get(TEXT);
                words.flatMap(TEXT_RULE::broken).ifPresent(invalid::add);
            }
        }
        wanted.get(POSITION).flatMap(LinkChange::brokenPosition).ifPresent(invalid::add);
        wanted.get(ICON).flatMap(ICON_RULE::broken).ifPresent(invalid::add);
        wanted.get(THUMBNAIL).flatMap(THUMBNAIL_RULE::broken).ifPresent(invalid::add);
        brokenPicture(wanted).ifPresent(invalid::add);
        oneOf("thumbnailType", wanted.get(THUMBNAIL_TYPE), LinkStyle.ThumbnailType.values())
                .ifPresent(invalid::add);
        oneOf("layout", wanted.get(LAYOUT), LinkStyle.Layout.values()).ifPresent(invalid::add);
        oneOf("animation", wanted.get(ANIMATION), LinkStyle.Animation.values()).ifPresent(invalid::add);
        wanted.over(SCHEDULE, Optional.empty()).flatMap(LinkChange::broken).ifPresent(invalid::add);
        wanted.over(LOCK, Optional.empty()).map(LinkChange::broken).ifPresent(invalid::addAll);
        return List.copyOf(invalid);
    }

    private static Optional<Invalid> brokenPicture(Changes<Link> wanted) {
        boolean image = wanted.over(THUMBNAIL_TYPE, "").equals(LinkStyle.ThumbnailType.IMAGE.key());
        return wanted.get(THUMBNAIL)
                .filter(typed -> image && !typed.isBlank() && !Thumbnails.isAddress(typed))
                .map(_ -> new Invalid(
                        "thumbnail",
                        "thumbnail must be an http or https address where thumbnailType is image",
                        "Enter a picture URL that starts with https://."));
    }

    private static Optional<Invalid> oneOf(String field, Optional<String> wanted, Keyed[] allowed) {
        List<String> keys = Arrays.stream(allowed).map(Keyed::key).toList();
        return wanted.filter(typed -> !typed.isEmpty() && !keys.contains(typed))
                .map(_ -> new Invalid(field, field + " must be one of " + String.join(", ", keys)));
    }

    private static Optional<Invalid> broken(ScheduleChange wish) {
        return switch (LinkSchedule.read(wish.start(), wish.end(), wish.zone())) {
            case LinkSchedule.Read.Good _ -> Optional.empty();
            case LinkSchedule.Read.Bad bad -> Optional.of(bad.invalid());
        };
    }

    private static List<Invalid> broken(LockChange wish) {
        Optional<LinkLock.Type> type = LinkLock.Type.parse(wish.type());
        if (type.isEmpty()) {
            String types = Arrays.stream(LinkLock.Type.values())
                    .map(LinkLock.Type::key)
                    .collect(Collectors.joining(", "));
            return List.of(new Invalid("lock.type", "lock.type must be one of " + types));
        }
        Optional<Invalid> code = type.get() == LinkLock.Type.CODE ? CODE.broken(wish.code()) : Optional.empty();
        return Stream.of(code, MESSAGE.broken(wish.message()))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Applies a valid change to a link.
    public static Link over(Link link, Changes<Link> wanted) {
        Link changed = changed(link, wanted);
        // A heading and a text are words alone: nothing of a link is kept in them that nobody would see.
        return switch (changed.kind()) {
            case LINK -> changed;
            case HEADING -> words(changed, changed.title(), "");
            case TEXT -> words(changed, "", changed.text());
        };
    }

    private static Link words(Link link, String title, String text) {
        return new Link(
                link.id(),
                link.page(),
                title,
                "",
                link.position(),
                link.active(),
                link.clicks(),
                link.group(),
                LinkStyle.PLAIN,
                link.schedule(),
                Optional.empty(),
                link.kind(),
                text);
    }

    private static Link changed(Link link, Changes<Link> wanted) {
        LinkStyle before = link.decoration();
        String picture = wanted.get(THUMBNAIL).map(String::strip).orElse(before.thumbnail());
        boolean samePicture = picture.equals(before.thumbnail());
        return new Link(
                link.id(),
                link.page(),
                wanted.get(TITLE).map(Text::clean).orElse(link.title()),
                wanted.get(URL).map(LinkAddresses::clean).orElse(link.url()),
                wanted.over(POSITION, link.position()),
                wanted.over(ACTIVE, link.active()),
                link.clicks(),
                wanted.over(GROUP, link.group()),
                new LinkStyle(
                        wanted.get(ICON).map(Text::clean).orElse(before.icon()),
                        picture,
                        wanted.get(THUMBNAIL_TYPE)
                                .map(LinkStyle.ThumbnailType::parse)
                                .orElse(before.thumbnailType()),
                        wanted.get(THUMBNAIL_IMAGE).or(() -> samePicture ? before.thumbnailImage() : Optional.empty()),
                        wanted.get(LAYOUT)
                                .map(key -> LinkStyle.Layout.parse(key).orElse(LinkStyle.Layout.CLASSIC))
                                .orElse(before.layout()),
                        wanted.get(ANIMATION)
                                .map(key -> LinkStyle.Animation.parse(key).orElse(LinkStyle.Animation.NONE))
                                .orElse(before.animation())),
                wanted.get(SCHEDULE).map(typed -> typed.map(LinkChange::made)).orElse(link.schedule()),
                wanted.get(LOCK).map(typed -> typed.map(LinkChange::made)).orElse(link.lock()),
                kind(link, wanted).orElse(link.kind()),
                wanted.get(TEXT).map(Text::clean).orElse(link.text()));
    }

    private static LinkSchedule made(ScheduleChange wish) {
        return switch (LinkSchedule.read(wish.start(), wish.end(), wish.zone())) {
            case LinkSchedule.Read.Good good -> good.schedule();
            case LinkSchedule.Read.Bad bad ->
                throw new IllegalStateException(bad.invalid().apiMessage());
        };
    }

    private static LinkLock made(LockChange wish) {
        LinkLock.Type type = LinkLock.Type.parse(wish.type()).orElseThrow();
        return new LinkLock(type, type == LinkLock.Type.CODE ? wish.code().strip() : "", Text.clean(wish.message()));
    }

    static Optional<Invalid> brokenPosition(int position) {
        return position < 0 || position > LAST_POSITION
                ? Optional.of(new Invalid("order", "order must be a number from 0 to " + LAST_POSITION))
                : Optional.empty();
    }
}
