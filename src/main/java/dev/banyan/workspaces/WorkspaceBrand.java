package dev.banyan.workspaces;

import java.util.Optional;

/// How a workspace greets its people: on its doors, and above its pages.
///
/// @param color of buttons and links; empty for the colour that all have
/// @param letters one or two, in the mark; empty for the first ones of the name
/// @param picture in place of the letters: its file, below `files/` in the data folder
/// @param welcome what its doors say, plain text; empty for the description
public record WorkspaceBrand(
        Optional<WorkspaceColor> color, Optional<String> letters, Optional<String> picture, Optional<String> welcome) {

    public static final WorkspaceBrand NONE =
            new WorkspaceBrand(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public WorkspaceBrand withPicture(Optional<String> other) {
        return new WorkspaceBrand(color, letters, other, welcome);
    }

    /// The name of the picture's file, which is another one for every picture.
    public Optional<String> pictureName() {
        return picture.map(path -> path.substring(path.lastIndexOf('/') + 1));
    }
}
