package dev.banyan.pages;

import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.WebAddresses;
import dev.banyan.themes.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A new link, or the changes of a link; empty or kept fields stay unchanged.
///
/// @param position its new place; for a new link empty means the end
/// @param group the group to move it to; cleared, it moves to the page itself
/// @param thumbnailImage the id of our copy of the picture in `thumbnail`, once it is fetched
public record LinkChange(
        Optional<String> title,
        Optional<String> url,
        Optional<Integer> position,
        Optional<Boolean> active,
        FieldChange<String> icon,
        FieldChange<String> thumbnail,
        FieldChange<String> thumbnailType,
        FieldChange<String> layout,
        FieldChange<String> animation,
        FieldChange<ScheduleChange> schedule,
        FieldChange<LockChange> lock,
        FieldChange<String> group,
        Optional<String> thumbnailImage) {

    private static final Text TITLE = Text.line("title", "Title", 100);
    private static final int LAST_POSITION = 1_000_000;

    private static final Text ICON = Text.optional("icon", "Icon", 500, false);
    private static final Text THUMBNAIL = Text.optional("thumbnail", "Thumbnail", 2_048, false);
    private static final int LONGEST_CODE = 100;
    private static final Text MESSAGE = Text.optional("lock.message", "Message of the lock", 500, true);
    private static final Text CODE = Text.line("lock.code", "Code", LONGEST_CODE);

    public LinkChange(
            Optional<String> title,
            Optional<String> url,
            Optional<Integer> position,
            Optional<Boolean> active,
            FieldChange<String> icon,
            FieldChange<String> thumbnail,
            FieldChange<String> thumbnailType,
            FieldChange<String> layout,
            FieldChange<String> animation,
            FieldChange<ScheduleChange> schedule,
            FieldChange<LockChange> lock,
            FieldChange<String> group) {
        this(
                title,
                url,
                position,
                active,
                icon,
                thumbnail,
                thumbnailType,
                layout,
                animation,
                schedule,
                lock,
                group,
                Optional.empty());
    }

    /// A schedule as typed, in the zone's local time or with an offset.
    public record ScheduleChange(String start, String end, String zone) {}

    public record LockChange(String type, String code, String message) {}

    private static final LinkChange NOTHING = new LinkChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            FieldChange.keep(),
            FieldChange.keep(),
            FieldChange.keep(),
            FieldChange.keep(),
            FieldChange.keep(),
            FieldChange.keep(),
            FieldChange.keep(),
            FieldChange.keep());

    public static LinkChange plain(String title, String url) {
        return of(Optional.of(title), Optional.of(url), Optional.empty(), Optional.empty());
    }

    public static LinkChange active(boolean active) {
        return of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(active));
    }

    static LinkChange of(
            Optional<String> title, Optional<String> url, Optional<Integer> position, Optional<Boolean> active) {
        return new LinkChange(
                title,
                url,
                position,
                active,
                NOTHING.icon,
                NOTHING.thumbnail,
                NOTHING.thumbnailType,
                NOTHING.layout,
                NOTHING.animation,
                NOTHING.schedule,
                NOTHING.lock,
                NOTHING.group);
    }

    /// Returns the change for a new link, which needs a title and an address.
    LinkChange asCreation() {
        return new LinkChange(
                title.or(() -> Optional.of("")),
                url.or(() -> Optional.of("")),
                position,
                active,
                icon,
                thumbnail,
                thumbnailType,
                layout,
                animation,
                schedule,
                lock,
                group,
                thumbnailImage);
    }

    /// Returns the change with a fetched picture.
    LinkChange withPicture(Picture picture) {
        return new LinkChange(
                title,
                url,
                position,
                active,
                icon,
                FieldChange.set(picture.source()),
                thumbnailType.wanted().isPresent()
                        ? thumbnailType
                        : FieldChange.set(LinkStyle.ThumbnailType.IMAGE.key()),
                layout,
                animation,
                schedule,
                lock,
                group,
                Optional.of(picture.id()).filter(_ -> picture.isHere()));
    }

    /// Creates a change of only the picture of a link; empty removes it.
    static LinkChange picture(Optional<Picture> picture) {
        LinkChange none = new LinkChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOTHING.icon,
                new FieldChange.Clear<>(),
                new FieldChange.Clear<>(),
                NOTHING.layout,
                NOTHING.animation,
                NOTHING.schedule,
                NOTHING.lock,
                NOTHING.group);
        return picture.map(none::withPicture).orElse(none);
    }

    List<Invalid> broken() {
        List<Invalid> invalid = new ArrayList<>();
        title.flatMap(TITLE::broken).ifPresent(invalid::add);
        url.flatMap(WebAddresses::broken).ifPresent(invalid::add);
        position.flatMap(LinkChange::brokenPosition).ifPresent(invalid::add);
        icon.wanted().flatMap(ICON::broken).ifPresent(invalid::add);
        thumbnail.wanted().flatMap(THUMBNAIL::broken).ifPresent(invalid::add);
        brokenPicture().ifPresent(invalid::add);
        oneOf("thumbnailType", thumbnailType, LinkStyle.ThumbnailType.values(), true)
                .ifPresent(invalid::add);
        oneOf("layout", layout, LinkStyle.Layout.values(), false).ifPresent(invalid::add);
        oneOf("animation", animation, LinkStyle.Animation.values(), false).ifPresent(invalid::add);
        schedule.wanted().flatMap(LinkChange::broken).ifPresent(invalid::add);
        lock.wanted().map(LinkChange::broken).ifPresent(invalid::addAll);
        return List.copyOf(invalid);
    }

    private Optional<Invalid> brokenPicture() {
        boolean image = thumbnailType
                .wanted()
                .filter(LinkStyle.ThumbnailType.IMAGE.key()::equals)
                .isPresent();
        return thumbnail
                .wanted()
                .filter(typed -> image && !typed.isBlank() && !Thumbnails.isAddress(typed))
                .map(_ -> new Invalid(
                        "thumbnail",
                        "thumbnail must be an http or https address where thumbnailType is image",
                        "Give the address of a picture, with https:// before it."));
    }

    private static <E extends Enum<E>> Optional<Invalid> oneOf(
            String field, FieldChange<String> wish, E[] allowed, boolean mayBeEmpty) {
        List<String> keys = Arrays.stream(allowed).map(LinkChange::key).toList();
        return wish.wanted()
                .filter(typed -> !keys.contains(typed) && !(mayBeEmpty && typed.isEmpty()))
                .map(_ -> new Invalid(field, field + " must be one of " + String.join(", ", keys)));
    }

    private static String key(Enum<?> value) {
        return switch (value) {
            case LinkStyle.ThumbnailType type -> type.key();
            case LinkStyle.Layout layout -> layout.key();
            case LinkStyle.Animation animation -> animation.key();
            default -> value.name();
        };
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

    /// Applies this change to a link; the change must be valid.
    Link applyTo(Link link) {
        LinkStyle before = link.decoration();
        String picture = thumbnail.map(String::strip).over(before.thumbnail(), "");
        Optional<LinkStyle.ThumbnailType> type =
                thumbnailType.map(LinkStyle.ThumbnailType::parse).over(before.thumbnailType(), Optional.empty());
        boolean samePicture = picture.equals(before.thumbnail());
        return new Link(
                link.id(),
                link.page(),
                title.map(String::strip).orElse(link.title()),
                url.map(String::strip).orElse(link.url()),
                position.orElse(link.position()),
                active.orElse(link.active()),
                link.clicks(),
                group.map(Optional::of).over(link.group(), Optional.empty()),
                new LinkStyle(
                        icon.map(String::strip).over(before.icon(), ""),
                        picture,
                        type,
                        thumbnailImage.or(() -> samePicture ? before.thumbnailImage() : Optional.empty()),
                        layout.map(key -> LinkStyle.Layout.parse(key).orElseThrow())
                                .over(before.layout(), LinkStyle.Layout.CLASSIC),
                        animation
                                .map(key -> LinkStyle.Animation.parse(key).orElseThrow())
                                .over(before.animation(), LinkStyle.Animation.NONE)),
                schedule.map(LinkChange::made).over(link.schedule(), Optional.empty()),
                lock.map(LinkChange::made).over(link.lock(), Optional.empty()));
    }

    private static Optional<LinkSchedule> made(ScheduleChange wish) {
        return switch (LinkSchedule.read(wish.start(), wish.end(), wish.zone())) {
            case LinkSchedule.Read.Good good -> Optional.of(good.schedule());
            case LinkSchedule.Read.Bad bad ->
                throw new IllegalStateException(bad.invalid().apiMessage());
        };
    }

    private static Optional<LinkLock> made(LockChange wish) {
        LinkLock.Type type = LinkLock.Type.parse(wish.type()).orElseThrow();
        return Optional.of(new LinkLock(
                type,
                type == LinkLock.Type.CODE ? wish.code().strip() : "",
                wish.message().strip()));
    }

    static Optional<Invalid> brokenPosition(int position) {
        return position < 0 || position > LAST_POSITION
                ? Optional.of(new Invalid("order", "order must be a number from 0 to " + LAST_POSITION))
                : Optional.empty();
    }
}
