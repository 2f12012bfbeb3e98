package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPictures;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// The pictures of the accounts of a list and the previews of their public pages, read at once.
@Singleton
public record ListedPictures(Database database, AccountPictures pictures) {

    public AccountPictures.Shown of(AccountContext context, Collection<AccountId> accounts) {
        return accounts.isEmpty()
                ? new AccountPictures.Shown(Map.of(), Map.of())
                : database.read(tx -> pictures.shown(tx, context.root().id(), accounts));
    }
}
