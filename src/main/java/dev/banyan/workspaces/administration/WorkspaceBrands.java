package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.settings.PictureDrawing;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Language;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.RemovedFileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceBrand;
import dev.banyan.workspaces.WorkspaceColor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;

/// Color, mark, welcome text and language of workspaces. A picture is stored before the transaction refers to
/// it; a picture that is no longer referenced is scheduled for removal.
@Singleton
public record WorkspaceBrands(
        Database database, FileStore files, PictureDrawing drawing, Audit audit, Clock clock, Uuids uuids) {

    static final int LARGEST_PICTURE = 256 * 1024;
    private static final Text WELCOME = Text.optional("welcome", "Welcome text", 500, true);
    private static final Pattern LETTERS = Pattern.compile("[\\p{L}\\p{N}]{0,2}");
    private static final String MARK = "/mark-";

    /// The form input; empty fields use the defaults.
    public record BrandRequest(String color, String letters, String welcome, String language) {}

    /// A picture as sent to browsers.
    record Picture(byte[] bytes, PictureType type) {}

    public Outcome<Workspace> change(WorkspaceActor actor, ProjectId project, WorkspaceId id, BrandRequest wanted) {
        List<Invalid> invalid = invalid(wanted);
        return write(
                actor,
                project,
                id,
                invalid,
                before -> new WorkspaceBrand(
                        WorkspaceColor.parse(wanted.color()),
                        text(wanted.letters()),
                        before.picture(),
                        text(wanted.welcome()),
                        language(before, wanted)));
    }

    /// Returns the resulting brand and its validation errors without saving anything.
    static WorkspaceBrand tried(WorkspaceBrand before, BrandRequest wanted) {
        return new WorkspaceBrand(
                WorkspaceColor.parse(wanted.color()).map(WorkspaceColor::readable),
                text(wanted.letters())
                        .filter(letters -> LETTERS.matcher(letters).matches()),
                before.picture(),
                text(wanted.welcome()).filter(welcome -> WELCOME.broken(welcome).isEmpty()),
                language(before, wanted));
    }

    /// A form without the field, of a page that was open before there was one, changes nothing.
    private static Language language(WorkspaceBrand before, BrandRequest wanted) {
        return Language.of(wanted.language()).orElse(before.language());
    }

    private static Optional<String> text(String typed) {
        return Optional.of(Text.clean(typed)).filter(text -> !text.isEmpty());
    }

    static List<Invalid> invalid(BrandRequest wanted) {
        var invalid = new ArrayList<Invalid>();
        brokenColor(wanted.color()).ifPresent(invalid::add);
        if (!LETTERS.matcher(wanted.letters().strip()).matches()) {
            invalid.add(new Invalid("letters", "Use 1 or 2 letters or digits."));
        }
        WELCOME.broken(wanted.welcome()).ifPresent(invalid::add);
        if (!wanted.language().isEmpty() && Language.of(wanted.language()).isEmpty()) {
            invalid.add(new Invalid("language", "Choose a language."));
        }
        return List.copyOf(invalid);
    }

    private static Optional<Invalid> brokenColor(String typed) {
        if (typed.isBlank()) {
            return Optional.empty();
        }
        Optional<WorkspaceColor> color = WorkspaceColor.parse(typed);
        if (color.isEmpty()) {
            return Optional.of(new Invalid("color", "Enter a color as # and six hex digits, such as #0b5d4e."));
        }
        return color.filter(found -> !found.carriesText())
                .map(found -> new Invalid(
                        "color",
                        "White text is hard to read on " + found.hex() + ": the contrast is " + found.contrastText()
                                + " : 1 and must be at least 4.5 : 1. The nearest readable color is "
                                + found.readable().hex() + "."));
    }

    /// @param bytes PNG, JPEG or WebP, at most 256 KB
    public Outcome<Workspace> setPicture(WorkspaceActor actor, ProjectId project, WorkspaceId id, byte[] bytes) {
        Optional<PictureType> type = PictureType.of(bytes);
        if (bytes.length == 0 || bytes.length > LARGEST_PICTURE || type.isEmpty()) {
            return write(
                    actor,
                    project,
                    id,
                    List.of(new Invalid("picture", "Choose a PNG, JPEG or WebP picture of up to 256 KB.")),
                    before -> before);
        }
        String path = Workspace.folder(project, id) + MARK + uuids.next() + "." + type.get().ending;
        // Checked before the file is read or written, so that outsiders can't write any, and again in the transaction.
        Outcome<Workspace> asked = database.read(tx -> Access.to(tx, actor, Right.CHANGE_DETAILS, project, id));
        if (asked instanceof Outcome.Refused) {
            return asked;
        }
        if (drawing.square(bytes) instanceof PictureDrawing.Drawn.Bad(String why)) {
            return Outcome.rejected(new Invalid("picture", why));
        }
        files.put(path, StoredFile.of(bytes));
        Outcome<Workspace> changed =
                write(actor, project, id, List.of(), before -> before.withPicture(Optional.of(path)));
        if (changed instanceof Outcome.Refused) {
            files.remove(path);
        }
        return changed;
    }

    public Outcome<Workspace> removePicture(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return write(actor, project, id, List.of(), before -> before.withPicture(Optional.empty()));
    }

    private Outcome<Workspace> write(
            WorkspaceActor actor,
            ProjectId project,
            WorkspaceId id,
            List<Invalid> invalid,
            UnaryOperator<WorkspaceBrand> change) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_DETAILS, project, id)
                .then(workspace -> {
                    if (!invalid.isEmpty()) {
                        return Outcome.rejected(invalid);
                    }
                    WorkspaceBrand after = change.apply(workspace.brand());
                    if (after.equals(workspace.brand())) {
                        return Outcome.done(workspace);
                    }
                    new WorkspaceBrandStore(tx).setBrand(workspace.owner().tenant(), id, after, clock.instant());
                    workspace
                            .brand()
                            .picture()
                            .filter(old -> !after.picture().equals(Optional.of(old)))
                            .ifPresent(old -> new RemovedFileStore(tx).add(old, clock.instant()));
                    note(tx, actor, workspace, after);
                    return Outcome.done(workspace.withBrand(after));
                }));
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, WorkspaceBrand brand) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("name", workspace.name());
        details.put("color", brand.color().map(WorkspaceColor::hex).orElse(""));
        details.put("letters", brand.letters().orElse(""));
        details.put("picture", brand.picture().isPresent());
        details.put("language", brand.language().code);
        audit.note(tx, actor.actor(), workspace, "WorkspaceBrandChanged", details);
    }

    /// Returns the workspace's picture, if it has one.
    Optional<Picture> picture(Workspace workspace) {
        return workspace
                .brand()
                .picture()
                .flatMap(path -> PictureType.ofName(path)
                        .flatMap(type -> files.find(path).map(file -> new Picture(file.bytes(), type))));
    }
}
