package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPictures;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// The pictures of the accounts of a list, read at once.
@Singleton
public record ListedPictures(Database database, AccountPictures pictures) {

    /// Returns their paths; accounts without a picture are left out.
    public Map<AccountId, String> of(AccountContext context, Collection<AccountId> accounts) {
        return accounts.isEmpty()
                ? Map.of()
                : database.read(tx -> pictures.paths(tx, context.root().id(), accounts));
    }

    /// Returns the previews of their public pages; accounts without one are left out.
    public Map<AccountId, String> previews(AccountContext context, Collection<AccountId> accounts) {
        return accounts.isEmpty()
                ? Map.of()
                : database.read(tx -> pictures.previews(tx, context.root().id(), accounts));
    }
}
