package dev.banyan.console.moving;

import static dev.banyan.console.Command.Group.DATA;

import module java.base;
import dev.banyan.console.Command;
import dev.banyan.console.Command.Suggestions;
import dev.banyan.console.Frame;
import jakarta.inject.Singleton;

/// The commands that carry data in and out, in the order of `help`.
@Singleton
public record DataCommands(ConfigFileCommands configs, MigrateProjectCommand migration, ArchiveCommands archives) {

    /// Those about projects need no root account, because sub-accounts have projects, too.
    public List<Command> all() {
        return List.of(
                DATA.command("import-config", "Import accounts from a bots-config.json", configs::importConfig)
                        .taking(1, 41, "<file>|edited [--rename old=new ...]", "bots-config.json")
                        .suggesting(Suggestions.of(new Frame.Word(
                                        ConfigFileCommands.EDITED, "the account's own file, edited by hand", false))
                                .then(Suggestions.of(new Frame.Word(
                                        ConfigFileCommands.RENAME, "another ID for an account of the file", false)))),
                DATA.command("export-config", "Export all accounts to a bots-config.json", configs::exportConfig)
                        .taking(1, 2, "<file> [--force]", "bots-config.json")
                        .suggesting(Suggestions.of()
                                .then(Suggestions.of(new Frame.Word(
                                        ConfigFileCommands.FORCE, "replace the file if it exists", false)))),
                DATA.command("migrate-project", "Move users, conversations and files into a workspace", migration::run)
                        .taking(
                                3,
                                15,
                                "--project P --workspace W --from DIR",
                                "--project Atlas --create \"Sales Team\" --from /old/data/A1 --users users.csv --dry-run")
                        .withoutAccount(),
                DATA.command("export-workspace", "Export a workspace to an archive", archives::exportWorkspace)
                        .taking(
                                3,
                                7,
                                "--project P --workspace W --to FILE [--with-password-hashes]",
                                "--project Atlas --workspace \"Sales Team\" --to /backups/sales.zip")
                        .withoutAccount(),
                DATA.command("import-workspace", "Create a workspace from an archive", archives::importWorkspace)
                        .taking(
                                2,
                                7,
                                "--project P --from FILE [--name N]",
                                "--project Atlas --from /backups/sales.zip --dry-run")
                        .withoutAccount());
    }
}
