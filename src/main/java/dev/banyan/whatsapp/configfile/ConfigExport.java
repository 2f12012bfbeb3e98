package dev.banyan.whatsapp.configfile;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Gives an account's senders out as a `bots-config.json`, version 3.0, as the database has them at this moment.
@Singleton
public final class ConfigExport {

    private final Database database;

    public ConfigExport(Database database) {
        this.database = database;
    }

    public String text(AccountId tenant) {
        return database.read(tx -> ConfigMirror.picture(tx, tenant)).text();
    }
}
