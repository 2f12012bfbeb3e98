package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.WebAddresses;
import dev.banyan.shortlinks.Routing.Chat;

/// The rules of a short link that opens a WhatsApp chat.
final class ShortLinkChats {

    static final int LONGEST = 1_000;
    /// What is left of about 2,000 characters of a `wa.me` address.
    private static final int LONGEST_WRITTEN = 1_960;
    private static final Text TEXT = Text.optional("text", "Prefilled message", LONGEST, true);

    private ShortLinkChats() {}

    /// Returns the chat after a change. Whether its pool exists is asked elsewhere.
    static Chat chat(Chat before, Changes<ShortLink> wanted, List<Invalid> invalid) {
        String kind = wanted.get(ShortLinkChange.KIND).map(String::strip).orElse(before.kind());
        Optional<String> pool = wanted.get(ShortLinkChange.POOL).map(String::strip);
        Optional<String> text = wanted.get(ShortLinkChange.TEXT).map(ShortLinkChats::asSent);
        if (kind.equals("url")) {
            pool.filter(typed -> !typed.isEmpty()).ifPresent(_ -> invalid.add(onlyOfChats("pool")));
            text.filter(typed -> !typed.isEmpty()).ifPresent(_ -> invalid.add(onlyOfChats("text")));
            return Chat.NONE;
        }
        if (!kind.equals("whatsapp")) {
            invalid.add(new Invalid("kind", "kind must be url or whatsapp", "Choose what the link opens."));
            return before;
        }
        wanted.get(ShortLinkChange.TARGET)
                .map(String::strip)
                .filter(typed -> !typed.isEmpty() && !typed.equals(Chat.TARGET))
                .ifPresent(_ -> invalid.add(new Invalid(
                        "targetUrl",
                        "targetUrl must be absent if kind is whatsapp",
                        "A WhatsApp link has no destination URL.")));
        text.ifPresent(typed -> broken(typed).ifPresent(invalid::add));
        return new Chat(true, pool.orElse(before.pool()), text.orElse(before.text()));
    }

    private static Invalid onlyOfChats(String field) {
        return new Invalid(field, field + " is only for short links of kind whatsapp");
    }

    /// Forms send two characters for a line break.
    private static String asSent(String typed) {
        return Text.clean(typed).replace("\r\n", "\n");
    }

    private static Optional<Invalid> broken(String text) {
        Optional<Invalid> broken = TEXT.broken(text);
        return broken.isPresent() || written(text) <= LONGEST_WRITTEN
                ? broken
                : Optional.of(new Invalid(
                        "text",
                        "text makes the WhatsApp address longer than 2,000 characters",
                        "This message makes the WhatsApp link too long. Shorten it: letters outside A to Z and emojis"
                                + " need more room."));
    }

    private static int written(String text) {
        return WebAddresses.percented(text).length();
    }
}
