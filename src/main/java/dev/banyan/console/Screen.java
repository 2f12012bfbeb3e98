package dev.banyan.console;

/// A command's output.
public interface Screen {

    /// Prints a line; an empty one for spacing.
    void line(String text);

    /// Shows a QR code in place of the previous one.
    ///
    /// @param drawing as [QrDrawing] makes it
    /// @param caption a line below it
    void qr(String drawing, String caption);

    /// Clears the screen if the terminal can.
    void clear();

    /// Signals that nothing more comes until something happens or the user cancels the command.
    void waits();

    /// Sends a piece of a file, which the terminal writes where the user wants it.
    void file(String text);

    /// Sets the action for when the user cancels the command or the terminal disconnects. A command that doesn't wait
    /// needs none: it always runs to its end.
    void onCancel(Runnable action);
}
