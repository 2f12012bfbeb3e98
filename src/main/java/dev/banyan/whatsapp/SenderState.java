package dev.banyan.whatsapp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a sender is between a bare number and a working one (design 7). This table holds everything about a state: how
/// lists draw it, what `bots-config.json` calls it, and which states may follow.
public enum SenderState {
    /// Known, but never linked, or linking was given up.
    PENDING("⏳", "pending"),
    /// Shows QR codes, or waits for a phone to answer.
    LINKING("⏳", "pending"),
    /// The phone asks for a passkey before it lets the device in.
    PASSKEY_REQUIRED("⏳", "pending"),
    /// Works, as far as WhatsApp says.
    LINKED("✅", "linked"),
    /// Was linked, and the connection is gone; the driver tries to come back.
    DISCONNECTED("⏳", "pending"),
    /// May answer old chats, may not open new ones (error 463).
    RESTRICTED("✅", "linked"),
    /// WhatsApp has shut the number out.
    BANNED("❌", "unlinked"),
    /// The phone has removed the device.
    UNLINKED("❌", "unlinked");

    private final String icon;
    private final String fileWord;

    SenderState(String icon, String fileWord) {
        this.icon = icon;
        this.fileWord = fileWord;
    }

    /// ✅, ⏳ or ❌, as the lists of the console draw it.
    public String icon() {
        return icon;
    }

    /// `linked`, `pending` or `unlinked`, as `bots-config.json` calls it.
    public String fileWord() {
        return fileWord;
    }

    /// As it stands in tables and on the wire: `passkey-required`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// ✅: it can send.
    public boolean isActive() {
        return this == LINKED || this == RESTRICTED;
    }

    /// ⏳: it cannot send yet, or for the moment.
    public boolean isPending() {
        return this == PENDING || this == LINKING || this == PASSKEY_REQUIRED || this == DISCONNECTED;
    }

    /// It could send once and cannot now.
    public boolean isDown() {
        return this == DISCONNECTED || this == BANNED || this == UNLINKED;
    }

    /// Somebody is linking it right now; this ends with the process.
    public boolean isLinking() {
        return this == LINKING || this == PASSKEY_REQUIRED;
    }

    public boolean mayBecome(SenderState next) {
        return next().contains(next);
    }

    /// Beside the arrows of design 7: a new linking may begin wherever the sender does not work (the operator repairs
    /// it), a passkey leads on or is given up like a code, a restriction can be lifted, and what happened to a
    /// number while its connection was away (restricted, banned, unlinked) is learnt when it comes back.
    private Set<SenderState> next() {
        return switch (this) {
            case PENDING, BANNED, UNLINKED -> Set.of(LINKING);
            case LINKING -> Set.of(LINKED, PASSKEY_REQUIRED, PENDING);
            case PASSKEY_REQUIRED -> Set.of(LINKED, LINKING, PENDING);
            case LINKED -> Set.of(DISCONNECTED, RESTRICTED, BANNED, UNLINKED);
            case DISCONNECTED -> Set.of(LINKED, LINKING, RESTRICTED, BANNED, UNLINKED);
            case RESTRICTED -> Set.of(LINKED, DISCONNECTED, BANNED, UNLINKED);
        };
    }

    static SenderState of(String key) {
        return Arrays.stream(values())
                .filter(state -> state.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No state " + key));
    }

    /// What a sender starts with whose file says this word. `linked` and `active` are claims: disconnected until
    /// proved.
    public static Optional<SenderState> ofFileWord(String word) {
        return switch (word) {
            case "linked", "active" -> Optional.of(DISCONNECTED);
            case "pending" -> Optional.of(PENDING);
            case "unlinked" -> Optional.of(UNLINKED);
            default -> Optional.empty();
        };
    }
}
