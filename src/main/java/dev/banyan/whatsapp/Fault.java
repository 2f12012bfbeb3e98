package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// Faults that a simulated sender can be given. This table is the source for everything the console, the API and the
/// pages show about them.
public enum Fault implements Keyed {
    DROP("Lose the connection", "The connection drops and comes back after 30 seconds."),
    SILENT_DEATH("Stop responding", "It looks connected, but answers nothing and loses messages."),
    SLOW("Slow down", "Each message takes ten seconds to send."),
    RESTRICT("Restrict", "WhatsApp only lets it answer existing chats (error 463)."),
    UNRESTRICT("Lift the restriction", "WhatsApp lets it start new chats again."),
    BAN("Ban", "WhatsApp bans the number. Link it again."),
    UNLINK("Remove on the phone", "The phone removes the device. Link it again."),
    PASSKEY("Ask for a passkey", "The next time it's linked, the phone asks for a passkey: scan twice."),
    DUPLICATE_RECEIPTS("Repeat receipts", "Every delivery receipt arrives twice."),
    LATE_RECEIPTS("Delay receipts", "Delivery receipts arrive a minute late."),
    EXPIRE_CODE("Let the code expire", "The current code expires now, and the next one appears."),
    HEAL("Heal", "All faults end, and a lost connection comes back.");

    /// The text of the button.
    public final String title;
    /// The effect as a full sentence.
    public final String sentence;

    Fault(String title, String sentence) {
        this.title = title;
        this.sentence = sentence;
    }

    /// Returns whether the number must be linked again afterwards; the UI asks for confirmation first.
    public boolean isFinal() {
        return this == BAN || this == UNLINK;
    }

    public static Optional<Fault> of(String key) {
        return Keyed.parse(Fault.class, key.strip().toLowerCase(Locale.ROOT));
    }
}
