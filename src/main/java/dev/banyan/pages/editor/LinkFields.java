package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkAddresses;
import dev.banyan.pages.LinkChange;
import dev.banyan.platform.Changes;
import dev.banyan.platform.web.json.FormFields;

/// The form of one link. Fields that are not sent stay unchanged: parts that the tier doesn't have are shown but can't
/// be filled in.
record LinkFields(FormFields form) {

    Changes<Link> wish() {
        return LinkChange.plain(form.first("title"), LinkAddresses.withScheme(form.first("url")))
                .withIf(LinkChange.TEXT, form.find("text"))
                .withIf(LinkChange.ICON, form.find("icon"))
                .withIf(LinkChange.THUMBNAIL, form.find("thumbnail"))
                .withIf(LinkChange.THUMBNAIL_TYPE, form.find("thumbnailType"))
                .withIf(LinkChange.LAYOUT, form.find("layout"))
                .withIf(LinkChange.ANIMATION, form.find("animation"))
                .withIf(LinkChange.SCHEDULE, schedule())
                .withIf(LinkChange.LOCK, form.find("lockType").map(this::lock))
                .withIf(
                        LinkChange.GROUP,
                        form.find("group").map(id -> Optional.of(id).filter(text -> !text.isEmpty())));
    }

    /// Returns the schedule; without a start and an end the link is always shown.
    private Optional<Optional<LinkChange.ScheduleChange>> schedule() {
        if (form.find("startDate").or(() -> form.find("endDate")).isEmpty()) {
            return Optional.empty();
        }
        String start = form.first("startDate").strip();
        String end = form.first("endDate").strip();
        var typed = new LinkChange.ScheduleChange(start, end, form.first("timezone"));
        return Optional.of(Optional.of(typed).filter(_ -> !(start + end).isEmpty()));
    }

    private Optional<LinkChange.LockChange> lock(String type) {
        return type.isEmpty()
                ? Optional.empty()
                : Optional.of(new LinkChange.LockChange(type, form.first("lockCode"), form.first("lockMessage")));
    }

    /// Returns the values of the form with those that were typed.
    Map<String, String> over(Map<String, String> before) {
        var values = new HashMap<>(before);
        values.replaceAll((field, value) -> form.find(field).orElse(value));
        return values;
    }
}
