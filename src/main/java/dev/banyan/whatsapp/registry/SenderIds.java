package dev.banyan.whatsapp.registry;

import dev.banyan.platform.Ticks;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;
import java.text.Normalizer;
import java.util.Locale;

/// Makes ids where nobody chose one: `servant-` and milliseconds as the seed has them, and for a master its name, so
/// that it can be typed.
@Singleton
public final class SenderIds {

    private static final int LONGEST_NAME = 40; // leaves room for the milliseconds

    private final Ticks ticks;

    public SenderIds(Ticks ticks) {
        this.ticks = ticks;
    }

    SenderId nextServant() {
        return new SenderId("servant-" + ticks.next().toEpochMilli());
    }

    /// `Amira Nasser` becomes `amira-nasser`.
    static SenderId fromName(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = ascii.substring(0, Math.min(LONGEST_NAME, ascii.length())).replaceAll("^-+|-+$", "");
        return new SenderId(cut.isEmpty() ? "master" : cut);
    }

    /// In place of one that is taken. It does not count up, so that it does not tell how many others have such a name.
    SenderId another(Sender sender) {
        return sender.isMaster()
                ? new SenderId(
                        fromName(sender.displayName()) + "-" + ticks.next().toEpochMilli())
                : nextServant();
    }
}
