package dev.banyan.workspaces.number;

import dev.banyan.whatsapp.Sender;
import java.util.Optional;

/// What came of looking for the number that a program of the project's side means.
public sealed interface PickedNumber {

    record Done(Sender sender) implements PickedNumber {}

    record UnknownWorkspace() implements PickedNumber {}

    record UnknownSender() implements PickedNumber {}

    record NoNumber() implements PickedNumber {}

    record Suspended() implements PickedNumber {}

    /// Which number is meant.
    ///
    /// @param workspace the one whose number it is; else `sender` is asked
    record Which(Optional<String> workspace, Optional<String> sender) {

        boolean isNone() {
            return workspace.isEmpty() && sender.isEmpty();
        }
    }
}
