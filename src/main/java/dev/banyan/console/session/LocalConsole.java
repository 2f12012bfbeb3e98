package dev.banyan.console.session;

import module java.base;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.FrameScreen;
import jakarta.inject.Singleton;

/// Runs commands inside this process, without a socket: for programs with exclusive access to the data folder.
@Singleton
public record LocalConsole(Commands commands) {

    /// @param attached the file for the command, in Base64; empty for none
    /// @param shown receives each line as it is printed
    public Frame.Done run(Frame.Run command, String attached, Consumer<Frame> shown) {
        CommandResult outcome =
                commands.run(command.line(), command.account(), command.waits(), attached, new FrameScreen(shown));
        return outcome.frame();
    }
}
