package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Language;

/// The appearance of a workspace: on its sign-in pages, in its emails and above its other pages.
///
/// @param color of buttons and links; empty for the default color
/// @param letters one or two for the mark; empty for the first ones of the name
/// @param picture replaces the letters: its file, below `files/` in the data folder
/// @param welcome plain text on its sign-in pages; empty for the description
/// @param language of its sign-in pages and emails
public record WorkspaceBrand(
        Optional<WorkspaceColor> color,
        Optional<String> letters,
        Optional<String> picture,
        Optional<String> welcome,
        Language language) {

    public static final WorkspaceBrand NONE = new WorkspaceBrand(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Language.ENGLISH);

    public WorkspaceBrand withPicture(Optional<String> other) {
        return new WorkspaceBrand(color, letters, other, welcome, language);
    }

    public WorkspaceBrand in(Language other) {
        return new WorkspaceBrand(color, letters, picture, welcome, other);
    }

    /// The name of the picture's file, unique to each picture.
    public Optional<String> pictureName() {
        return picture.map(path -> path.substring(path.lastIndexOf('/') + 1));
    }
}
