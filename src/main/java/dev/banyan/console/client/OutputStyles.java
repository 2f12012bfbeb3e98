package dev.banyan.console.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Outputs without a terminal.
final class OutputStyles {

    private OutputStyles() {}

    /// Writes to standard output, in UTF-8 whatever the locale.
    static TerminalOutput plain(boolean colours) {
        var out = new FileOutputStream(FileDescriptor.out);
        return new TerminalOutput(
                new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), colours, TerminalOutput.ENDLESS);
    }
}
