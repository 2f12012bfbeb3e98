package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// The states of a sender, from a bare number to a working one (design 7). For each state, this table has its icon in
/// lists, its word in `bots-config.json`, and the allowed transitions.
public enum SenderState implements Keyed {
    /// Known, but never linked, or the linking was given up.
    PENDING("⏳", "pending"),
    /// Shows QR codes, or waits for a phone to respond.
    LINKING("⏳", "pending"),
    /// The phone requires a passkey before it accepts the device.
    PASSKEY_REQUIRED("⏳", "pending"),
    /// Works, according to WhatsApp.
    LINKED("✅", "linked"),
    /// Was linked, but the connection is lost; the driver is trying to reconnect.
    DISCONNECTED("⏳", "pending"),
    /// May answer existing chats, but not open new ones (error 463).
    RESTRICTED("✅", "linked"),
    /// Banned by WhatsApp.
    BANNED("❌", "unlinked"),
    /// The phone has removed the device.
    UNLINKED("❌", "unlinked");

    /// ✅, ⏳ or ❌, the icon in the lists of the console.
    public final String icon;
    /// `linked`, `pending` or `unlinked`, the word in `bots-config.json`.
    public final String fileWord;

    SenderState(String icon, String fileWord) {
        this.icon = icon;
        this.fileWord = fileWord;
    }

    /// Returns whether it can send (✅).
    public boolean isActive() {
        return this == LINKED || this == RESTRICTED;
    }

    /// Returns whether it cannot send yet, or not at the moment (⏳).
    public boolean isPending() {
        return this == PENDING || this == LINKING || this == PASSKEY_REQUIRED || this == DISCONNECTED;
    }

    /// Returns whether it was able to send before and is not now.
    public boolean isDown() {
        return this == DISCONNECTED || this == BANNED || this == UNLINKED;
    }

    /// Returns whether it is being linked right now; a linking ends with the process.
    public boolean isLinking() {
        return this == LINKING || this == PASSKEY_REQUIRED;
    }

    public boolean mayBecome(SenderState next) {
        return next().contains(next);
    }

    /// Returns the allowed next states. In addition to the transitions of design 7: a new linking may start wherever
    /// the sender does not work (the operator repairs it), a passkey succeeds or is given up like a code, a
    /// restriction or a ban can be lifted, and what happened to a number while it was disconnected (restricted,
    /// banned, unlinked) is learnt when it reconnects.
    private Set<SenderState> next() {
        return switch (this) {
            case PENDING, UNLINKED -> Set.of(LINKING);
            case BANNED -> Set.of(LINKING, LINKED, UNLINKED);
            case LINKING -> Set.of(LINKED, PASSKEY_REQUIRED, PENDING);
            case PASSKEY_REQUIRED -> Set.of(LINKED, LINKING, PENDING);
            case LINKED -> Set.of(DISCONNECTED, RESTRICTED, BANNED, UNLINKED);
            case DISCONNECTED -> Set.of(LINKED, LINKING, RESTRICTED, BANNED, UNLINKED);
            case RESTRICTED -> Set.of(LINKED, DISCONNECTED, BANNED, UNLINKED);
        };
    }

    public static SenderState of(String key) {
        return Keyed.of(SenderState.class, key);
    }

    /// Returns the initial state for this word in a file. `linked` and `active` are only claims, so such a sender is
    /// disconnected until it proves otherwise.
    public static Optional<SenderState> ofFileWord(String word) {
        return switch (word) {
            case "linked", "active" -> Optional.of(DISCONNECTED);
            case "pending" -> Optional.of(PENDING);
            case "unlinked" -> Optional.of(UNLINKED);
            default -> Optional.empty();
        };
    }
}
