package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.web.page.Words;
import dev.banyan.shortlinks.ChatNumbers.ChatPool;
import dev.banyan.shortlinks.ShortLinks.Listed;

/// The rows of the list of short links.
final class ShortLinkRows {

    private ShortLinkRows() {}

    /// @param pools asked only if a short link opens one
    static List<ShortLinksPage.Row> of(Listed listed, Supplier<List<ChatPool>> pools, Instant now) {
        boolean chats =
                listed.links().stream().anyMatch(link -> link.routing().chat().on());
        Map<String, String> names = (chats ? pools.get() : List.<ChatPool>of())
                .stream().collect(Collectors.toMap(ChatPool::id, ChatPool::name));
        return listed.links().stream()
                .map(link -> new ShortLinksPage.Row(
                        link.id().toString(),
                        link.slug(),
                        link.title(),
                        target(link, names),
                        link.tags(),
                        link.active(),
                        status(link, now),
                        listed.isOverPlan(link),
                        link.clicks()))
                .toList();
    }

    private static String target(ShortLink link, Map<String, String> names) {
        Routing.Chat chat = link.routing().chat();
        if (!chat.on()) {
            return link.target();
        }
        return chat.pool().isEmpty() ? "WhatsApp" : "WhatsApp · " + names.getOrDefault(chat.pool(), "deleted pool");
    }

    private static String status(ShortLink link, Instant now) {
        if (!link.active()) {
            return "Off";
        }
        if (link.startsAt().filter(now::isBefore).isPresent()) {
            return "Starts " + Words.day(link.startsAt().get());
        }
        return link.hasEnded(now) ? "Ended" : link.isSpent() ? "Limit reached" : "";
    }
}
