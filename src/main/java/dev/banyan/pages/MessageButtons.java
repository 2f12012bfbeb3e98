package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.ChatLink;
import jakarta.inject.Singleton;

/// The "message us" buttons of pages. The button of a brand uses a pool of its agency, because brands have no numbers
/// of their own.
@Singleton
public record MessageButtons(Database database, Pools pools, PageNews news, Clock clock) {

    static final Text LABEL = Text.line("label", "Label", 60);
    static final Text GREETING = Text.optional("greeting", "Greeting", 300, true);

    /// The requested settings of a button.
    public record ButtonRequest(String pool, String label, String greeting) {}

    public record OnPage(Page page, Optional<MessageButton> button) {}

    public Optional<OnPage> find(AccountContext context, PageId page) {
        Owner owner = context.owner();
        return database.read(tx -> new PageStore(tx)
                .find(owner, page)
                .map(found -> new OnPage(found, new MessageButtonStore(tx).find(owner, page))));
    }

    /// Returns the rules that the texts of a button break.
    public static List<Invalid> broken(ButtonRequest wish) {
        var invalid = new ArrayList<Invalid>();
        LABEL.broken(wish.label()).ifPresent(invalid::add);
        GREETING.broken(wish.greeting()).ifPresent(invalid::add);
        if (!ChatLink.hasRoomFor(Text.clean(wish.greeting()))) {
            invalid.add(new Invalid("greeting", "Greeting is too long for a WhatsApp link. Shorten it"));
        }
        return List.copyOf(invalid);
    }

    public Outcome<Outcome.Nothing> save(AccountContext context, PageId page, ButtonRequest wish) {
        var invalid = new ArrayList<Invalid>(broken(wish));
        Optional<SenderId> pool = SenderId.parse(wish.pool())
                .flatMap(id -> pools.sender(context.root().id(), id))
                .filter(Sender::isMaster)
                .map(Sender::id);
        if (pool.isEmpty()) {
            invalid.add(new Invalid("pool", "Choose a pool"));
        }
        return database.write(tx -> {
            Owner owner = context.owner();
            if (new PageStore(tx).lock(owner, page).isEmpty()) {
                return Outcome.notFound();
            }
            if (!invalid.isEmpty()) {
                return Outcome.rejected(List.copyOf(invalid));
            }
            var button = new MessageButton(
                    owner, page, pool.orElseThrow(), Text.clean(wish.label()), Text.clean(wish.greeting()), 0);
            new MessageButtonStore(tx).save(owner, button, clock.instant());
            news.changed(tx, context, "MessageButtonSaved", page, Map.of());
            return Outcome.done();
        });
    }

    public Outcome<Outcome.Nothing> remove(AccountContext context, PageId page) {
        return database.write(tx -> {
            if (new PageStore(tx).lock(context.owner(), page).isEmpty()) {
                return Outcome.notFound();
            }
            if (new MessageButtonStore(tx).delete(context.owner(), page)) {
                news.changed(tx, context, "MessageButtonRemoved", page, Map.of());
            }
            return Outcome.done();
        });
    }
}
