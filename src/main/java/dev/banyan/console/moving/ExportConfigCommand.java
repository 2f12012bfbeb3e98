package dev.banyan.console.moving;

import dev.banyan.console.Command;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.configfile.ConfigExport;
import java.util.List;

/// `export-config`: sends the accounts as a bots-config.json to the terminal, which writes the file.
public final class ExportConfigCommand implements Command {

    private static final int PIECE = 16 * 1024;

    private final ConfigExport configs;

    public ExportConfigCommand(ConfigExport configs) {
        this.configs = configs;
    }

    @Override
    public Description description() {
        return new Description(
                Group.UTILITY,
                List.of("export-config"),
                "<file>",
                "bots-config.json",
                "Write all accounts to a bots-config.json",
                1,
                1);
    }

    @Override
    public Outcome run(Order order) {
        String text = configs.text(order.tenant());
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(at + PIECE, text.length());
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++; // keeps surrogate pairs together
            }
            order.screen().file(text.substring(at, end));
            at = end;
        }
        return Outcome.DONE;
    }
}
