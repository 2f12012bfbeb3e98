package dev.banyan.console.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Papers for where no person sits.
final class Papers {

    private Papers() {}

    /// The standard output, in UTF-8 whatever the surroundings say.
    static Paper plain(boolean colours) {
        var out = new FileOutputStream(FileDescriptor.out);
        return new Paper(new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), colours, Paper.ENDLESS);
    }
}
