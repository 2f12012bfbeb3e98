package dev.banyan.pages.visitor;

import dev.banyan.accounts.AccountContext;
import dev.banyan.analytics.Event;
import dev.banyan.pages.PageId;
import dev.banyan.pages.visitor.PublicContents.Found;
import dev.banyan.pages.visitor.PublicPageCache.Ready;
import dev.banyan.platform.db.UnusableDatabase;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.themes.Appearance;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Answers with public pages: found, drawn, and kept as bytes for as long as they hold.
@Singleton
public final class PublicPages {

    /// What a visitor gets.
    ///
    /// @param view empty where they are shown no page
    record Answer(ReadyBytes bytes, Optional<Event.PageView> view) {

        static Answer without(ReadyBytes bytes) {
            return new Answer(bytes, Optional.empty());
        }
    }

    private final PublicContents contents;
    private final PageDrawing drawing;
    private final PublicPageCache cache;

    PublicPages(PublicContents contents, PageDrawing drawing, PublicPageCache cache) {
        this.contents = contents;
        this.drawing = drawing;
        this.cache = cache;
    }

    /// @param path as the client sent it: the key under which the page is kept
    /// @param username in lower case
    /// @param slug empty for the default page
    Answer page(String path, String username, Optional<String> slug) {
        PublicPageCache.Ticket ticket = cache.ticket(username);
        Found found;
        try {
            found = contents.find(username, slug);
        } catch (UnusableDatabase away) {
            // From now on the cache gives out what it has, also where that is not young.
            Ready old = cache.find(path).orElseThrow(() -> away);
            return new Answer(old.bytes(), Optional.of(old.view()));
        }
        return switch (found) {
            case Found.Shown(PublicContent content, boolean lasting) -> {
                var ready = new Ready(drawing.page(content), view(content));
                if (lasting) {
                    cache.keep(path, username, ticket, ready, content.links().until());
                    cache.keepLinks(username, ticket, content);
                }
                yield new Answer(ready.bytes(), Optional.of(ready.view()));
            }
            case Found.UnknownAccount _, Found.UnknownPage _ -> Answer.without(drawing.unknown());
            case Found.Suspended _ -> Answer.without(drawing.unavailable());
            case Found.NotInPlan _ -> Answer.without(drawing.notInPlan());
        };
    }

    static Event.PageView view(PublicContent content) {
        return new Event.PageView(content.account().owner(), content.page().id().toString());
    }

    /// The page as visitors see it or would see it, published or not, for its owner; kept nowhere and not counted.
    ///
    /// @param tried a look that is not saved
    /// @return empty where there is no such page
    public Optional<ReadyBytes> preview(AccountContext context, PageId page, Optional<Appearance> tried) {
        return contents.preview(context.acting().id(), page, tried).map(drawing::page);
    }
}
