package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealth;

/// How the console's pages write down senders and times.
final class SenderTexts {

    static final String RULE = "═".repeat(60);

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /// The operator's time zone.
    private static final ZoneId ZONE = ZoneId.systemDefault();

    private SenderTexts() {}

    /// The sender's number, or a note that it has none yet.
    static String phone(Sender sender) {
        return sender.phone().map(Phone::e164).orElse("(not linked yet)");
    }

    static String role(Sender sender) {
        return sender.masterType()
                .map(type -> type == MasterType.PRIMARY ? "master" : "backup master")
                .orElse("servant");
    }

    static String state(Sender sender) {
        return sender.state().key().toUpperCase(Locale.ROOT);
    }

    /// How long the sender has been connected.
    static String uptime(SenderHealth health, Instant now, String none) {
        return health.connectedSince().map(since -> hours(since, now)).orElse(none);
    }

    static String lastActivity(Sender sender, SenderHealth health, Instant now) {
        return ago(health.lastProof().or(() -> sender.link().lastActiveAt()), now);
    }

    /// `3h 20m`.
    static String hours(Instant from, Instant to) {
        Duration length = Duration.between(from, to);
        return length.toHours() + "h " + length.toMinutesPart() + "m";
    }

    /// `12s ago`, in the largest unit that fits.
    static String ago(Optional<Instant> then, Instant now) {
        if (then.isEmpty()) {
            return "N/A";
        }
        Duration length = Duration.between(then.get(), now);
        if (length.toMinutes() < 1) {
            return Math.max(0, length.toSeconds()) + "s ago";
        }
        if (length.toHours() < 1) {
            return length.toMinutes() + "m ago";
        }
        return length.toDays() < 1 ? length.toHours() + "h ago" : length.toDays() + "d ago";
    }

    /// A time on the operator's clock, to the second.
    static String time(Instant instant) {
        return SECONDS.format(instant.atZone(ZONE));
    }

    /// A time on the operator's clock, to the minute.
    static String minute(Instant instant) {
        return time(instant).substring(0, "yyyy-MM-dd HH:mm".length());
    }
}
