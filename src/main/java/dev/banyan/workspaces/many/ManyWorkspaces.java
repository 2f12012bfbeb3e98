package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.administration.NewWorkspaces;
import dev.banyan.workspaces.administration.NewWorkspaces.Created;
import jakarta.inject.Singleton;

/// Creates many workspaces from a list. Each row is created, or refused, for itself; the account's limit is taken in
/// the transaction of each, so that lists at the same time never exceed it.
@Singleton
record ManyWorkspaces(Database database, NewWorkspaces workspaces, WorkspaceModels models) {

    /// Rows of one list.
    public static final int MOST = 200;

    /// A row of the list, unchecked.
    ///
    /// @param adminEmail of a person to invite as an admin
    public record Row(String name, Optional<String> adminEmail) {}

    /// What became of a row.
    public sealed interface Fate {

        /// @param link of the invitation, if it must be passed on by hand
        record Done(Workspace workspace, Optional<String> link) implements Fate {}

        /// A dry run: it would be created.
        record Good() implements Fate {}

        record Refused(Invalid why) implements Fate {}
    }

    /// @param number of the row, from 1
    public record Line(int number, Row row, Fate fate) {

        public boolean isRefused() {
            return fate instanceof Fate.Refused;
        }
    }

    /// Result of a list.
    public sealed interface Made {

        record Done(List<Line> lines) implements Made {

            public Done {
                lines = List.copyOf(lines);
            }

            public long created() {
                return lines.size() - refused();
            }

            public long refused() {
                return lines.stream().filter(Line::isRefused).count();
            }
        }

        /// The project doesn't exist or belongs to another account.
        record ProjectNotFound() implements Made {}

        /// No workspace of the project has this id or address.
        record TemplateNotFound() implements Made {}

        /// Workspaces are switched off for the project.
        record NotEnabled() implements Made {}

        /// The list as a whole can't be used.
        record Rejected(Invalid why) implements Made {}
    }

    private record Begin(Optional<Project> project, Optional<Workspace> model) {}

    /// @param template the id or address of a workspace of the project, whose settings the new ones get; empty for none
    /// @param dryRun says what would be created, and writes nothing
    public Made create(
            AccountContext context, ProjectId project, List<Row> rows, Optional<String> template, boolean dryRun) {
        Begin begin = database.read(tx -> new Begin(
                new ProjectStore(tx).find(context.owner(), project),
                template.flatMap(typed -> WorkspaceModels.find(tx, context.owner(), project, typed))));
        if (begin.project().isEmpty()) {
            return new Made.ProjectNotFound();
        }
        if (template.isPresent() && begin.model().isEmpty()) {
            return new Made.TemplateNotFound();
        }
        if (!begin.project().get().enabled()) {
            return new Made.NotEnabled();
        }
        if (rows.isEmpty() || rows.size() > MOST) {
            return new Made.Rejected(new Invalid(
                    "workspaces",
                    "workspaces must have 1 to " + MOST + " entries (now " + rows.size() + ")",
                    rows.isEmpty()
                            ? "The list is empty. Add a line for each workspace."
                            : "A list can have up to " + MOST + " workspaces (now " + rows.size()
                                    + "). Split it and create the rest afterwards."));
        }
        return new Made.Done(dryRun ? tried(context, project, rows) : created(context, project, rows, begin.model()));
    }

    /// Creates all in one transaction that is undone, so that they count against the limit together.
    private List<Line> tried(AccountContext context, ProjectId project, List<Row> rows) {
        return database.write(tx -> {
            var lines = new ArrayList<Line>();
            for (Row row : rows) {
                lines.add(new Line(
                        lines.size() + 1,
                        row,
                        switch (workspaces.tryOut(tx, context, project, row.name(), row.adminEmail())) {
                            case Created.Done _ -> new Fate.Good();
                            case Created refused -> new Fate.Refused(why(refused));
                        }));
            }
            return tx.undone(lines);
        });
    }

    private List<Line> created(AccountContext context, ProjectId project, List<Row> rows, Optional<Workspace> model) {
        var lines = new ArrayList<Line>();
        var made = new ArrayList<Workspace>();
        for (Row row : rows) {
            Fate fate = database.write(tx -> create(tx, context, project, row, model));
            if (fate instanceof Fate.Done done) {
                made.add(done.workspace());
            }
            lines.add(new Line(lines.size() + 1, row, fate));
        }
        model.ifPresent(from -> models.takePicture(new WorkspaceActor.ProjectSide(context), from, made));
        return lines;
    }

    private Fate create(Tx tx, AccountContext context, ProjectId project, Row row, Optional<Workspace> model) {
        return switch (workspaces.create(tx, context, project, row.name(), row.adminEmail())) {
            case Created.Done(Workspace workspace, Optional<String> link) -> {
                model.ifPresent(from -> models.apply(tx, new WorkspaceActor.ProjectSide(context), from, workspace));
                yield new Fate.Done(workspace, link);
            }
            case Created refused -> tx.undone(new Fate.Refused(why(refused)));
        };
    }

    private static Invalid why(Created refused) {
        return switch (refused) {
            case Created.Refused(Refusal.Rejected rejected) -> inWordsOfTheSeed(rejected.first());
            case Created.Refused(Refusal.LimitReached reached) ->
                Invalid.whole(
                        "Sub-client limit reached: " + reached.used() + " of " + reached.max() + " used",
                        "Workspace limit reached: " + reached.used() + " of " + reached.max() + " used.");
            case Created.Refused(Refusal.TooMany _) ->
                new Invalid(
                        "adminEmail",
                        "Too many invitations: try again in an hour",
                        "Too many invitations. Try again in an hour.");
            case Created.Unconfirmed _ ->
                new Invalid(
                        "adminEmail",
                        "Confirm your own email address before you invite people",
                        "Confirm your own email address first. Then you can invite people.");
            case Created.NotEnabled _ ->
                Invalid.whole(
                        "Sub-clients are not enabled for this project", "Workspaces were turned off for this project.");
            case Created.Refused _, Created.Done _ -> Invalid.whole("Project not found", "The project was deleted.");
        };
    }

    private static Invalid inWordsOfTheSeed(Invalid invalid) {
        return new Invalid(
                invalid.field().equals("email") ? "adminEmail" : invalid.field(),
                invalid.apiMessage().replace("Workspace name", "Sub-client name"),
                invalid.userMessage());
    }
}
