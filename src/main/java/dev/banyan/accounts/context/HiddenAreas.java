package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Lets the owner of an account choose what its sidebar leaves out. It holds for all members and all brands. Hidden
/// areas work as before, by their address and through the search.
@Singleton
public record HiddenAreas(Database database, Navigation navigation, Audit audit, Clock clock) {

    /// Returns the areas that the context's root account hides.
    public Set<Area> of(AccountContext context) {
        return navigation.hidden(
                database.read(tx -> new HiddenAreaStore(tx).find(context.root().id())));
    }

    /// Hides all areas but these.
    public void show(AccountContext context, Set<Area> shown) {
        var hidden = EnumSet.allOf(Area.class);
        hidden.removeAll(shown);
        database.write(tx -> {
            new HiddenAreaStore(tx).set(context.root().id(), hidden, clock.instant());
            audit.note(
                    tx,
                    context.actor(),
                    context.root(),
                    "NavigationChanged",
                    Map.of("hidden", hidden.isEmpty() ? "nothing" : Area.keys(hidden)));
            return true;
        });
    }
}
