package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.UniqueTimestamps;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Generates ids for senders without a chosen one: `servant-` and milliseconds as in the seed, and for a master an id
/// made from its name that is easy to type.
@Singleton
public record SenderIds(UniqueTimestamps timestamps) {

    private static final int LONGEST_NAME = 40; // leaves room for the milliseconds

    SenderId nextServant() {
        return new SenderId("servant-" + timestamps.next().toEpochMilli());
    }

    /// Converts a name: `Amira Nasser` becomes `amira-nasser`.
    static SenderId fromName(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = ascii.substring(0, Math.min(LONGEST_NAME, ascii.length())).replaceAll("^-+|-+$", "");
        return new SenderId(cut.isEmpty() ? "master" : cut);
    }

    /// Returns an alternative for an id that the account has given to another sender.
    SenderId another(Sender sender) {
        return sender.isMaster()
                ? new SenderId(
                        fromName(sender.displayName()) + "-" + timestamps.next().toEpochMilli())
                : nextServant();
    }
}
