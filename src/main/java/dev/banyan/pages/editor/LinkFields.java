package dev.banyan.pages.editor;

import dev.banyan.pages.FieldChange;
import dev.banyan.pages.LinkChange;
import jakarta.ws.rs.FormParam;
import java.util.Optional;

/// The fields of the form of one link. Fields that are not sent stay unchanged: parts that the tier doesn't have are
/// shown but can't be filled in.
class LinkFields {

    @FormParam("title")
    Optional<String> title = Optional.empty();

    @FormParam("url")
    Optional<String> url = Optional.empty();

    @FormParam("icon")
    Optional<String> icon = Optional.empty();

    @FormParam("thumbnail")
    Optional<String> thumbnail = Optional.empty();

    @FormParam("thumbnailType")
    Optional<String> thumbnailType = Optional.empty();

    @FormParam("layout")
    Optional<String> layout = Optional.empty();

    @FormParam("animation")
    Optional<String> animation = Optional.empty();

    @FormParam("group")
    Optional<String> group = Optional.empty();

    @FormParam("startDate")
    Optional<String> startDate = Optional.empty();

    @FormParam("endDate")
    Optional<String> endDate = Optional.empty();

    @FormParam("timezone")
    Optional<String> timezone = Optional.empty();

    @FormParam("lockType")
    Optional<String> lockType = Optional.empty();

    @FormParam("lockCode")
    Optional<String> lockCode = Optional.empty();

    @FormParam("lockMessage")
    Optional<String> lockMessage = Optional.empty();

    LinkChange wish() {
        return new LinkChange(
                Optional.of(title.orElse("")),
                Optional.of(withScheme(url.orElse(""))),
                Optional.empty(),
                Optional.empty(),
                typed(icon),
                typed(thumbnail),
                typed(thumbnailType),
                typed(layout),
                typed(animation),
                schedule(),
                lock(),
                typed(group));
    }

    private static FieldChange<String> typed(Optional<String> field) {
        return field.<FieldChange<String>>map(
                        text -> text.isEmpty() ? new FieldChange.Clear<>() : FieldChange.set(text))
                .orElseGet(FieldChange::keep);
    }

    /// Returns the schedule; without a start and an end the link is always shown.
    private FieldChange<LinkChange.ScheduleChange> schedule() {
        if (startDate.isEmpty() && endDate.isEmpty()) {
            return FieldChange.keep();
        }
        String start = startDate.orElse("").strip();
        String end = endDate.orElse("").strip();
        return start.isEmpty() && end.isEmpty()
                ? new FieldChange.Clear<>()
                : FieldChange.set(new LinkChange.ScheduleChange(start, end, timezone.orElse("")));
    }

    private FieldChange<LinkChange.LockChange> lock() {
        return lockType.<FieldChange<LinkChange.LockChange>>map(type -> type.isEmpty()
                        ? new FieldChange.Clear<>()
                        : FieldChange.set(new LinkChange.LockChange(type, lockCode.orElse(""), lockMessage.orElse(""))))
                .orElseGet(FieldChange::keep);
    }

    /// Returns the form with the typed values.
    PageEditorPage.EditForm over(PageEditorPage.EditForm before) {
        return new PageEditorPage.EditForm(
                title.orElse(before.title()),
                url.orElse(before.url()),
                icon.orElse(before.icon()),
                thumbnail.orElse(before.thumbnail()),
                thumbnailType.orElse(before.thumbnailType()),
                layout.orElse(before.layout()),
                animation.orElse(before.animation()),
                group.orElse(before.group()),
                startDate.orElse(before.startDate()),
                endDate.orElse(before.endDate()),
                timezone.orElse(before.timezone()),
                lockType.orElse(before.lockType()),
                lockCode.orElse(before.lockCode()),
                lockMessage.orElse(before.lockMessage()));
    }

    /// Adds a scheme, because people type `example.com`, as in the address bar of a browser.
    static String withScheme(String url) {
        String typed = url.strip();
        return typed.matches("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)+([/?#].*)?") ? "https://" + typed : typed;
    }
}
