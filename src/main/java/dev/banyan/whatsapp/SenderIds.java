package dev.banyan.whatsapp;

import jakarta.inject.Singleton;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Makes ids where nobody chose one: `servant-` and milliseconds as the seed has them, and for a master its name, so
/// that it can be typed.
@Singleton
final class SenderIds {

    private static final int LONGEST_NAME = 40; // leaves room for the milliseconds

    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    SenderIds(Clock clock) {
        this.clock = clock;
    }

    SenderId nextServant() {
        return new SenderId("servant-" + nextMs());
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
        return sender.isMaster() ? new SenderId(fromName(sender.displayName()) + "-" + nextMs()) : nextServant();
    }

    /// The time, or a little more than the last one within the same millisecond.
    private long nextMs() {
        long now = clock.millis();
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }
}
