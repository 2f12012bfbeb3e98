package dev.banyan.console;

/// Where a command shows what it has to say.
public interface Screen {

    /// One line, or an empty one for distance.
    void line(String text);

    /// A QR code, which takes the place of the one before it.
    ///
    /// @param drawing as [QrDrawing] makes it
    /// @param caption a line below it
    void qr(String drawing, String caption);

    /// Begins anew at the top, where the terminal can.
    void clear();

    /// Nothing more comes until something happens, or the user ends the command.
    void waits();

    /// A piece of a file that the terminal shall write where its user wants it.
    void file(String text);

    /// What to do when the user ends the command early or the terminal goes away. A command that waits for nobody needs
    /// none: it is never torn apart.
    void onCancel(Runnable action);
}
