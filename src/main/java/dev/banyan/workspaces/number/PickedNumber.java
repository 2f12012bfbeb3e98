package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.whatsapp.Sender;

/// Result of finding the number that an API client of the project's side names.
public sealed interface PickedNumber {

    record Done(Sender sender) implements PickedNumber {}

    record UnknownWorkspace() implements PickedNumber {}

    record UnknownSender() implements PickedNumber {}

    record NoNumber() implements PickedNumber {}

    record Suspended() implements PickedNumber {}

    /// The requested number.
    ///
    /// @param workspace the workspace whose number it is; if absent, `sender` applies
    record NumberSelector(Optional<String> workspace, Optional<String> sender) {

        boolean isNone() {
            return workspace.isEmpty() && sender.isEmpty();
        }
    }
}
