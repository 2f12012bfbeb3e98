package dev.banyan.accounts.settings;

/// Draws uploaded pictures again, as the package of page styles does with its own: nothing else of the file is left.
public interface PictureDrawing {

    sealed interface Drawn {

        /// @param ending of the file, such as `png`
        /// @param isStill whether only the first frame of an animation was kept
        record Good(byte[] bytes, String ending, boolean isStill) implements Drawn {}

        /// @param why a full sentence for people
        record Bad(String why) implements Drawn {}
    }

    /// Draws the middle of a picture as a square.
    Drawn square(byte[] given);
}
