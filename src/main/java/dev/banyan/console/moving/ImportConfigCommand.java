package dev.banyan.console.moving;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.configfile.ConfigImport;
import dev.banyan.whatsapp.configfile.ConfigImport.Imported;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// `import-config`: imports a bots-config.json sent by the terminal.
public final class ImportConfigCommand implements Command {

    private static final String EDITED = "edited";

    private final ConfigImport configs;

    public ImportConfigCommand(ConfigImport configs) {
        this.configs = configs;
    }

    @Override
    public Description description() {
        return new Description(
                Group.UTILITY,
                List.of("import-config"),
                "<file>|edited",
                "bots-config.json",
                "Take in the accounts of a bots-config.json",
                1,
                1);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return List.of(new Frame.Word(EDITED, "the account's own file, as it was edited by hand", false));
    }

    /// A file with that name is sent like any other.
    @Override
    public Outcome run(Order order) {
        if (order.words().equals(List.of(EDITED)) && order.attached().isEmpty()) {
            return configs.importEdited(order.tenant(), order.actor())
                    .map(imported -> tell(order, imported))
                    .orElseGet(() -> order.fail("bots-config.json was not edited by hand"));
        }
        byte[] file = Base64.getDecoder().decode(order.attached());
        return tell(order, configs.importFile(order.tenant(), order.actor(), file));
    }

    private static Outcome tell(Order order, Imported imported) {
        return switch (imported) {
            case Imported.Done(int added, int changed, int unchanged, Optional<Path> backup) -> {
                order.say("✅ Configuration imported: " + added + " added, " + changed + " changed, " + unchanged
                        + " unchanged");
                backup.ifPresent(path -> order.say("→ The file as it was before: " + path));
                yield Outcome.DONE;
            }
            case Imported.Conflicts(var conflicts) -> {
                order.fail("Nothing was imported: " + conflicts.size()
                        + (conflicts.size() == 1 ? " conflict" : " conflicts"));
                conflicts.forEach(conflict -> order.say("   line " + conflict.line() + ": " + conflict.text()));
                yield Outcome.FAILED;
            }
            case Imported.Broken(int line, int column, String why) ->
                order.fail("Nothing was imported: line " + line + ", column " + column + ": " + why);
            case Imported.Foreign(String why) -> order.fail("Nothing was imported. " + why);
            case Imported.TooLarge(int limit) ->
                order.fail("Nothing was imported: the file is larger than " + limit + " bytes");
        };
    }
}
