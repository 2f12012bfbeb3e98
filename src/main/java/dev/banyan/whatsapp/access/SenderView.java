package dev.banyan.whatsapp.access;

import module java.base;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;

/// A sender on pages: a dot and a word for its state, and one sentence if there is something to do.
public record SenderView(
        String id,
        String name,
        Optional<String> phone,
        Optional<String> purpose,
        String dot,
        String stateWord,
        Optional<String> note,
        Optional<Act> act,
        String since,
        String sinceFull,
        String sinceMachine,
        boolean simulated) {

    /// The recommended action.
    enum Act {
        LINK,
        SHOW_CODE,
        REMOVE
    }

    public static SenderView of(Sender sender, boolean healthy, Instant now) {
        Instant since = sender.link().stateChangedAt();
        Look look = look(sender, healthy);
        return new SenderView(
                sender.id().value(),
                sender.shownName(),
                sender.phone().map(Phone::e164),
                sender.purpose(),
                look.dot(),
                look.word(),
                look.note(),
                look.act(),
                shortTime(since, now),
                Words.exact(since),
                since.toString(),
                !sender.driver().isReal());
    }

    private record Look(String dot, String word, Optional<String> note, Optional<Act> act) {

        static Look calm(String dot, String word) {
            return new Look(dot, word, Optional.empty(), Optional.empty());
        }

        static Look with(String dot, String word, String note, Act act) {
            return new Look(dot, word, Optional.of(note), Optional.of(act));
        }
    }

    private static Look look(Sender sender, boolean healthy) {
        if (!sender.enabled()) {
            return new Look("idle", "Turned off", Optional.of("The imported file turned it off."), Optional.empty());
        }
        if (sender.state().isActive() && sender.isPaused(Pause.HOLD)) {
            return new Look("idle", "Paused", Optional.of("It sends nothing until you resume it."), Optional.empty());
        }
        if (sender.state().isActive() && sender.isPaused(Pause.DRAIN)) {
            return new Look("idle", "Draining", Optional.of("It takes no new contacts."), Optional.empty());
        }
        String error = sender.lastError().map(text -> text + ".").orElse("");
        return switch (sender.state()) {
            case PENDING -> Look.with("idle", "Pending", error.isEmpty() ? "Never linked." : error, Act.LINK);
            case LINKING -> Look.with("info", "Linking", "Scan the code with the phone.", Act.SHOW_CODE);
            case PASSKEY_REQUIRED ->
                Look.with("info", "Passkey needed", "Confirm with the passkey on the phone.", Act.SHOW_CODE);
            case LINKED ->
                healthy
                        ? Look.calm("good", "Linked")
                        : new Look(
                                "warn",
                                "Not responding",
                                Optional.of("It’s linked, but hasn’t answered lately."),
                                Optional.empty());
            case DISCONNECTED ->
                Look.with("warn", "Disconnected", error.isEmpty() ? "Not linked to this server yet." : error, Act.LINK);
            case RESTRICTED -> new Look("warn", "Restricted", Optional.of(error), Optional.empty());
            case BANNED -> Look.with("bad", "Banned", error, Act.REMOVE);
            case UNLINKED -> Look.with("bad", "Unlinked", error.isEmpty() ? "Logged out." : error, Act.LINK);
        };
    }

    /// Returns the time for today, the day for this year, otherwise the full date.
    public static String shortTime(Instant instant, Instant now) {
        LocalDate day = ReaderZone.dayOf(instant);
        LocalDate today = ReaderZone.dayOf(now);
        if (day.equals(today)) {
            return Words.clock(instant);
        }
        return day.getYear() == today.getYear() ? Words.dayOfYear(instant) : Words.day(instant);
    }

    public static String fullTime(Instant instant) {
        return Words.exact(instant);
    }

    /// Formats a duration: `11 s`, `4 min`, `3 h`, `2 d`.
    public static String age(Duration age) {
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " d";
    }

    /// Returns the address of the page with its codes.
    public String linkPath() {
        return "/admin/pools/" + id + "/link";
    }

    public boolean linkable() {
        return act.filter(Act.LINK::equals).isPresent();
    }

    public boolean linking() {
        return act.filter(Act.SHOW_CODE::equals).isPresent();
    }

    public boolean lost() {
        return act.filter(Act.REMOVE::equals).isPresent();
    }
}
