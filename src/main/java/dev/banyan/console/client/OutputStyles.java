package dev.banyan.console.client;

import module java.base;

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
