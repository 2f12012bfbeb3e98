package dev.banyan.whatsapp.configfile;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Exports an account's senders as a `bots-config.json`, version 3.0, from the current state of the database.
@Singleton
public record ConfigExport(Database database) {

    public String text(AccountId tenant) {
        return database.read(tx -> ConfigMirror.picture(tx, tenant)).text();
    }
}
