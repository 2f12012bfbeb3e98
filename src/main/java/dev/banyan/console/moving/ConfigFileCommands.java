package dev.banyan.console.moving;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.configfile.ConfigConflict;
import dev.banyan.whatsapp.configfile.ConfigExport;
import dev.banyan.whatsapp.configfile.ConfigImport;
import dev.banyan.whatsapp.configfile.ConfigImport.Imported;
import jakarta.inject.Singleton;

/// The commands that take a bots-config.json in or give one out.
@Singleton
record ConfigFileCommands(ConfigImport imports, ConfigExport exports) {

    static final String EDITED = "edited";
    static final String RENAME = "--rename";
    static final String FORCE = "--force";

    private record ImportedJson(
            int added, int changed, int unchanged, int missing, List<ConfigConflict> notes, Optional<String> backup) {}

    private record ConflictsJson(String error, List<ConfigConflict> conflicts) {}

    private static final int PIECE = 16 * 1024;

    /// `import-config`: imports a file sent by the terminal, which may have any name, or the account's own.
    CommandResult importConfig(Order order) {
        Map<SenderId, SenderId> renames = renames(order);
        if (order.words().getFirst().equals(EDITED) && order.attached().isEmpty()) {
            if (!renames.isEmpty()) {
                throw new CommandRefused("The account's own file can't rename accounts");
            }
            return imports.importEdited(order.tenant(), order.actor())
                    .map(imported -> tell(order, imported))
                    .orElseThrow(() -> new CommandRefused("bots-config.json was not edited by hand"));
        }
        byte[] file = Base64.getDecoder().decode(order.attached());
        return tell(order, imports.importFile(order.tenant(), order.actor(), file, renames));
    }

    /// Reads the options `--rename old=new`, which give accounts of the file other ids.
    private static Map<SenderId, SenderId> renames(Order order) {
        var renames = new LinkedHashMap<SenderId, SenderId>();
        List<String> options = order.words().subList(1, order.words().size());
        if (options.size() % 2 != 0) {
            throw order.misused();
        }
        for (int i = 0; i < options.size(); i += 2) {
            String[] pair = options.get(i + 1).split("=", -1);
            if (!options.get(i).equals(RENAME) || pair.length != 2) {
                throw order.misused();
            }
            renames.put(id(pair[0]), id(pair[1]));
        }
        return renames;
    }

    private static SenderId id(String typed) {
        return SenderId.parse(typed)
                .orElseThrow(() -> new CommandRefused("Invalid account id: " + typed, SenderId.RULE));
    }

    private static CommandResult tell(Order order, Imported imported) {
        return switch (imported) {
            case Imported.Done done -> {
                order.say("✅ Configuration imported: " + done.added() + " added, " + done.changed() + " changed, "
                        + done.unchanged() + " unchanged");
                lines(done.notes()).forEach(line -> order.say("⚠️ " + line));
                if (done.missing() > 0) {
                    order.say("→ " + done.missing()
                            + (done.missing() == 1 ? " account is" : " accounts are")
                            + " not in the file and stayed as before");
                }
                done.backup().ifPresent(path -> order.say("→ The file as it was before: " + path));
                yield order.done(new ImportedJson(
                        done.added(),
                        done.changed(),
                        done.unchanged(),
                        done.missing(),
                        done.notes(),
                        done.backup().map(Path::toString)));
            }
            case Imported.Conflicts(var conflicts) -> {
                String why = "Nothing was imported: " + conflicts.size()
                        + (conflicts.size() == 1 ? " conflict" : " conflicts");
                if (order.json()) {
                    order.show(new ConflictsJson(why, conflicts));
                    yield CommandResult.FAILED;
                }
                throw new CommandRefused(why, lines(conflicts).toArray(String[]::new));
            }
            case Imported.Broken(int line, int column, String why) ->
                throw new CommandRefused("Nothing was imported: line " + line + ", column " + column + ": " + why);
            case Imported.Foreign(String why) -> throw new CommandRefused("Nothing was imported. " + why);
            case Imported.TooLarge(int limit) ->
                throw new CommandRefused("Nothing was imported: the file is larger than " + limit + " bytes");
        };
    }

    private static List<String> lines(List<ConfigConflict> conflicts) {
        return conflicts.stream()
                .map(conflict -> "   line " + conflict.line() + ": " + conflict.text())
                .toList();
    }

    /// `export-config`: sends the accounts as a bots-config.json to the terminal, which writes the file.
    CommandResult exportConfig(Order order) {
        if (order.words().size() == 2 && !order.words().contains(FORCE)) {
            throw order.misused();
        }
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
