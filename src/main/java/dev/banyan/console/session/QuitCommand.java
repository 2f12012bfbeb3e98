package dev.banyan.console.session;

import dev.banyan.console.Command;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import java.util.List;

/// `quit`: closes the terminal. The server keeps running.
final class QuitCommand implements Command {

    @Override
    public Description description() {
        return new Description(
                Group.UTILITY, List.of("quit", "exit"), "", "", "Close the console; the server runs on", 0, 0);
    }

    @Override
    public boolean needsAccount() {
        return false;
    }

    @Override
    public Outcome run(Order order) {
        order.say("👋 Exiting device manager...");
        return Outcome.QUIT;
    }
}
