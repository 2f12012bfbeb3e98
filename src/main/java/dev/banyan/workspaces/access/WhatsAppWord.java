package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.whatsapp.Sender;

/// How pages show the state of a workspace's number: `tone` is a class of the design system, such as "good".
public record WhatsAppWord(String tone, String word) {

    public static WhatsAppWord of(Optional<Sender> number) {
        return number.map(WhatsAppWord::of).orElseGet(WhatsAppWord::notLinked);
    }

    private static WhatsAppWord of(Sender number) {
        return switch (number.state()) {
            case LINKED -> new WhatsAppWord("good", "Linked");
            case RESTRICTED -> new WhatsAppWord("warn", "Restricted");
            case DISCONNECTED -> new WhatsAppWord("warn", "Disconnected");
            case LINKING -> new WhatsAppWord("info", "Linking");
            case PASSKEY_REQUIRED -> new WhatsAppWord("info", "Passkey required");
            case BANNED -> new WhatsAppWord("bad", "Banned");
            case PENDING, UNLINKED -> notLinked();
        };
    }

    private static WhatsAppWord notLinked() {
        return new WhatsAppWord("idle", "Not linked");
    }
}
