package dev.banyan.browser;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.TestFolders;

/// A server in an empty folder, before its setup.
final class NewServer implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("http://[^\\s]+?(/setup\\?token=[A-Za-z0-9_-]+)");

    private final ServerProcess process;

    private NewServer(ServerProcess process) {
        this.process = process;
    }

    static NewServer start() {
        return new NewServer(ServerProcess.serveNew(TestFolders.newFolder("new-server")));
    }

    String awaitUrl() {
        return process.awaitReady().toString();
    }

    /// Returns the path of the setup link that the server printed.
    String setupPath() {
        awaitUrl();
        Matcher link = LINK.matcher(process.out());
        if (!link.find()) {
            throw new AssertionError("No setup link in\n" + process.out());
        }
        return link.group(1);
    }

    @Override
    public void close() {
        process.close();
    }
}
