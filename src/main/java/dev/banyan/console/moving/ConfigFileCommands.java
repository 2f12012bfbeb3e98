package dev.banyan.console.moving;

import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.console.Refused;
import dev.banyan.whatsapp.configfile.ConfigExport;
import dev.banyan.whatsapp.configfile.ConfigImport;
import dev.banyan.whatsapp.configfile.ConfigImport.Imported;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The commands that take a bots-config.json in or give one out.
@Singleton
final class ConfigFileCommands {

    static final String EDITED = "edited";

    private static final int PIECE = 16 * 1024;

    private final ConfigImport imports;
    private final ConfigExport exports;

    ConfigFileCommands(ConfigImport imports, ConfigExport exports) {
        this.imports = imports;
        this.exports = exports;
    }

    /// `import-config`: imports a file sent by the terminal, which may have any name, or the account's own.
    CommandResult importConfig(Order order) {
        if (order.words().equals(List.of(EDITED)) && order.attached().isEmpty()) {
            return imports.importEdited(order.tenant(), order.actor())
                    .map(imported -> tell(order, imported))
                    .orElseThrow(() -> new Refused("bots-config.json was not edited by hand"));
        }
        byte[] file = Base64.getDecoder().decode(order.attached());
        return tell(order, imports.importFile(order.tenant(), order.actor(), file));
    }

    private static CommandResult tell(Order order, Imported imported) {
        return switch (imported) {
            case Imported.Done(int added, int changed, int unchanged, Optional<Path> backup) -> {
                order.say("✅ Configuration imported: " + added + " added, " + changed + " changed, " + unchanged
                        + " unchanged");
                backup.ifPresent(path -> order.say("→ The file as it was before: " + path));
                yield CommandResult.DONE;
            }
            case Imported.Conflicts(var conflicts) ->
                throw new Refused(
                        "Nothing was imported: " + conflicts.size()
                                + (conflicts.size() == 1 ? " conflict" : " conflicts"),
                        conflicts.stream()
                                .map(conflict -> "   line " + conflict.line() + ": " + conflict.text())
                                .toArray(String[]::new));
            case Imported.Broken(int line, int column, String why) ->
                throw new Refused("Nothing was imported: line " + line + ", column " + column + ": " + why);
            case Imported.Foreign(String why) -> throw new Refused("Nothing was imported. " + why);
            case Imported.TooLarge(int limit) ->
                throw new Refused("Nothing was imported: the file is larger than " + limit + " bytes");
        };
    }

    /// `export-config`: sends the accounts as a bots-config.json to the terminal, which writes the file.
    CommandResult exportConfig(Order order) {
        String text = exports.text(order.tenant());
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(at + PIECE, text.length());
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++; // keeps surrogate pairs together
            }
            order.screen().file(text.substring(at, end));
            at = end;
        }
        return CommandResult.DONE;
    }
}
