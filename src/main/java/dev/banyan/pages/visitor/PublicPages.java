package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.analytics.Event;
import dev.banyan.pages.PageId;
import dev.banyan.pages.visitor.PublicContents.Found;
import dev.banyan.pages.visitor.PublicPageCache.Ready;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Language;
import dev.banyan.platform.cache.Tickets.Ticket;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.themes.Appearance;
import jakarta.inject.Singleton;

/// Returns public pages: found, rendered, and cached as bytes.
@Singleton
public record PublicPages(PublicContents contents, PageDrawing drawing, PublicPageCache cache) {

    /// The response to a visitor.
    sealed interface Answer {

        /// @param view empty if no page is shown
        record Drawn(ReadyBytes bytes, Optional<Event.PageView> view) implements Answer {}

        /// The account is at another username now.
        record Moved(String username) implements Answer {}

        /// The account has no such page.
        record NoPage(ReadyBytes bytes) implements Answer {}

        private static Answer without(ReadyBytes bytes) {
            return new Drawn(bytes, Optional.empty());
        }
    }

    /// @param path as sent by the client, the key in the cache
    /// @param username in lower case
    /// @param slug empty for the default page
    Answer page(String path, String username, Optional<String> slug) {
        long changes = cache.changes();
        Ticket ticket = cache.ticket(username);
        Found found;
        try {
            found = contents.find(username, slug);
        } catch (DatabaseUnavailable away) {
            // From now on the cache returns old entries, too.
            Ready old = cache.find(path).orElseThrow(() -> away);
            return new Answer.Drawn(old.bytes(), Optional.of(old.view()));
        }
        return switch (found) {
            case Found.Shown(PublicContent content, boolean lasting) -> {
                ReadyBytes bytes = drawing.page(content);
                Event.PageView view = view(content);
                if (lasting) {
                    cache.keep(path, ticket, changes, content, bytes, view);
                }
                yield new Answer.Drawn(bytes, Optional.of(view));
            }
            case Found.Moved(String now) -> new Answer.Moved(now);
            case Found.UnknownAccount _ -> Answer.without(drawing.unknown(Language.ENGLISH));
            case Found.PageNotFound(Language language) -> new Answer.NoPage(drawing.unknown(language));
            case Found.Suspended(Language language) -> Answer.without(drawing.unavailable(language));
            case Found.NotInPlan(Language language) -> Answer.without(drawing.notInPlan(language));
        };
    }

    static Event.PageView view(PublicContent content) {
        return new Event.PageView(content.account().owner(), content.page().id().toString());
    }

    /// Renders a page for its owner, published or not; it is neither cached nor counted.
    ///
    /// @param tried an unsaved appearance
    public Optional<ReadyBytes> preview(AccountContext context, PageId page, Optional<Appearance> tried) {
        return preview(context.acting().id(), page, tried);
    }

    /// Renders a page for someone who may see its account.
    public Optional<ReadyBytes> preview(AccountId account, PageId page, Optional<Appearance> tried) {
        return contents.preview(account, page, tried).map(drawing::page);
    }
}
