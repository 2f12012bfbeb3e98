package dev.banyan.whatsapp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Faults that a simulated sender can be given. This table is the source for everything the console, the API and the
/// pages show about them.
public enum Fault {
    DROP("Lose the connection", "The connection is lost, and comes back after half a minute."),
    SILENT_DEATH("Die silently", "It says that it is connected, answers nothing and swallows messages."),
    SLOW("Slow down", "Each message takes ten seconds to send."),
    RESTRICT("Restrict", "WhatsApp lets it answer old chats only (error 463)."),
    UNRESTRICT("Lift the restriction", "WhatsApp lets it begin new chats again."),
    BAN("Ban", "WhatsApp shuts the number out. It must be linked anew."),
    UNLINK("Remove on the phone", "The phone removes the device. It must be linked anew."),
    PASSKEY("Ask for a passkey", "When it is linked next, the phone wants a passkey: scan, and scan once more."),
    DUPLICATE_RECEIPTS("Repeat receipts", "Everything that is told of messages is told twice."),
    LATE_RECEIPTS("Delay receipts", "Contacts' phones say a minute late that they have a message."),
    EXPIRE_CODE("Let the code expire", "The code that is shown expires now, and the next one comes."),
    HEAL("Heal", "Lasting faults end, and a lost connection comes back.");

    private final String title;
    private final String sentence;

    Fault(String title, String sentence) {
        this.title = title;
        this.sentence = sentence;
    }

    /// Returns the name used in the console and the API: `silent-death`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns the text of the button.
    public String title() {
        return title;
    }

    /// Returns the effect as a full sentence.
    public String sentence() {
        return sentence;
    }

    /// Returns whether the number must be linked again afterwards; the UI asks for confirmation first.
    public boolean isFinal() {
        return this == BAN || this == UNLINK;
    }

    public static Optional<Fault> of(String key) {
        return Arrays.stream(values())
                .filter(fault -> fault.key().equals(key.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
