package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.platform.BackgroundRuns;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.administration.PickedWorkspaces;
import dev.banyan.workspaces.administration.WorkspaceDeletions;
import dev.banyan.workspaces.administration.WorkspacePicks;
import dev.banyan.workspaces.users.Invitations;
import jakarta.inject.Singleton;

/// Acts on many workspaces of a project, each on its own: a failure doesn't stop the others. What a page starts goes on
/// while it is closed.
@Singleton
final class WorkspaceBatches implements LongTaskSource {

    /// What is done to each workspace.
    sealed interface Act {

        record Suspend() implements Act {}

        record Activate() implements Act {}

        /// Only those that are suspended.
        record Delete() implements Act {}

        /// @param model a workspace of the same project
        record Apply(Workspace model) implements Act {}

        /// Invites a person as an admin.
        record Invite(String email) implements Act {}
    }

    /// What became of one workspace.
    enum Result {
        CHANGED("Done", "good"),
        UNCHANGED("Unchanged", "idle"),
        REFUSED("Not done", "warn");

        final String word;
        final String tone;

        Result(String word, String tone) {
            this.word = word;
            this.tone = tone;
        }
    }

    /// @param why a sentence; empty if there is nothing to say
    /// @param link of an invitation, if it must be passed on by hand
    record Line(Workspace workspace, Result result, String why, Optional<String> link) {

        static Line of(Workspace workspace, Result result, String why) {
            return new Line(workspace, result, why, Optional.empty());
        }
    }

    /// What is known of an act that a page started.
    static final class ActRun extends BackgroundRuns.ListRun<Line> {

        private final String action;
        private final ProjectId project;

        ActRun(String action, ProjectId project, long total, BooleanSupplier mayGoOn) {
            super(total, mayGoOn);
            this.action = action;
            this.project = project;
        }

        String action() {
            return action;
        }
    }

    /// Another person may not know all workspaces of the project.
    private record Starter(Owner owner, ProjectId project, IdentityId identity) {}

    private static final int PORTION = 100;
    private static final String GONE = "It was deleted in the meantime.";

    private final Database database;
    private final Workspaces workspaces;
    private final Invitations invitations;
    private final WorkspaceModels models;
    private final WorkspaceDeletions deletions;
    private final PickedWorkspaces picked;
    private final Contexts contexts;
    private final BackgroundRuns<Starter, ActRun> runs = new BackgroundRuns<>();

    WorkspaceBatches(
            Database database,
            Workspaces workspaces,
            Invitations invitations,
            WorkspaceModels models,
            WorkspaceDeletions deletions,
            PickedWorkspaces picked,
            Contexts contexts) {
        this.database = database;
        this.workspaces = workspaces;
        this.invitations = invitations;
        this.models = models;
        this.deletions = deletions;
        this.picked = picked;
        this.contexts = contexts;
    }

    /// Acts on a few workspaces, or begins to act on many.
    ///
    /// @param action the name of the act
    /// @return false while another run of the person, or too many of others, are running
    boolean begin(AccountContext context, Project project, WorkspacePicks picks, String action, Act act) {
        List<Workspace> first = picked.after(context, project, picks, Optional.empty());
        int total = picked.count(context, project, picks, first);
        var run = new ActRun(action, project.id(), total, () -> contexts.holds(context));
        var starter = new Starter(context.owner(), project.id(), context.identity());
        BackgroundRuns.Work work = () -> all(context, project, picks, first, act, run);
        return first.size() > PickedWorkspaces.AT_ONCE ? runs.begin(starter, run, work) : runs.now(starter, run, work);
    }

    private void all(
            AccountContext context, Project project, WorkspacePicks picks, List<Workspace> first, Act act, ActRun run) {
        List<Workspace> found = first;
        while (!found.isEmpty()) {
            for (int i = 0; i < found.size(); i += PORTION) {
                run(context, found.subList(i, Math.min(i + PORTION, found.size())), act, run::tell);
            }
            found = found.size() < PickedWorkspaces.MOST
                    ? List.of()
                    : picked.after(
                            context, project, picks, Optional.of(found.getLast().id()));
        }
    }

    /// Returns how far the person's last act in a project is.
    Optional<ActRun> lastRun(AccountContext context, ProjectId project) {
        return runs.of(new Starter(context.owner(), project, context.identity()));
    }

    @Override
    public List<LongTask> ofAccount(Tx tx, AccountContext context, Set<String> asked) {
        return runs
                .of(starter -> starter.owner().equals(context.owner())
                        && starter.identity().equals(context.identity()))
                .stream()
                .map(run -> LongTask.of(
                        run,
                        "Change of " + Words.count(run.total(), "workspace", "workspaces"),
                        "/projects/" + run.project + "/sub-clients/bulk/acts/run"))
                .toList();
    }

    List<Line> run(AccountContext context, List<Workspace> found, Act act) {
        var lines = new ArrayList<Line>();
        run(context, found, act, lines::add);
        return List.copyOf(lines);
    }

    private void run(AccountContext context, List<Workspace> found, Act act, Consumer<Line> told) {
        var actor = new WorkspaceActor.ProjectSide(context);
        var changed = new ArrayList<Workspace>();
        for (Workspace workspace : found) {
            Line line = switch (act) {
                case Act.Suspend _ -> setSuspended(actor, workspace, true);
                case Act.Activate _ -> setSuspended(actor, workspace, false);
                case Act.Delete _ -> delete(actor, workspace);
                case Act.Apply(Workspace model) -> apply(actor, model, workspace);
                case Act.Invite(String email) -> invite(actor, workspace, email);
            };
            if (line.result() == Result.CHANGED) {
                changed.add(workspace);
            }
            told.accept(line);
        }
        if (act instanceof Act.Apply(Workspace model)) {
            models.takePicture(actor, model, List.copyOf(changed));
        }
    }

    private Line setSuspended(WorkspaceActor actor, Workspace workspace, boolean suspended) {
        if (workspace.suspended() == suspended) {
            return Line.of(
                    workspace, Result.UNCHANGED, suspended ? "It was suspended already." : "It was active already.");
        }
        return switch (workspaces.update(
                actor, workspace.project(), workspace.id(), WorkspaceChange.suspended(suspended))) {
            case Workspaces.Updated.Done _ -> Line.of(workspace, Result.CHANGED, "");
            case Workspaces.Updated.Refused _, Workspaces.Updated.ForProjectSideOnly _ ->
                Line.of(workspace, Result.REFUSED, GONE);
        };
    }

    private Line delete(WorkspaceActor actor, Workspace workspace) {
        return switch (deletions.delete(actor, workspace.project(), workspace.id())) {
            case Workspaces.Deleted.Done _ -> Line.of(workspace, Result.CHANGED, "");
            case Workspaces.Deleted.Refused _ -> Line.of(workspace, Result.REFUSED, GONE);
            case Workspaces.Deleted.StillActive _ ->
                Line.of(workspace, Result.REFUSED, "It’s active. Suspend it first.");
            case Workspaces.Deleted.NumberHasServants _ ->
                Line.of(workspace, Result.REFUSED, "Its number has servants. Move or remove them first.");
        };
    }

    private Line apply(WorkspaceActor actor, Workspace model, Workspace workspace) {
        if (model.id().equals(workspace.id())) {
            return Line.of(workspace, Result.UNCHANGED, "It’s the template.");
        }
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_DETAILS, workspace.project(), workspace.id())
                .fold(
                        now -> {
                            models.apply(tx, actor, model, now);
                            return Line.of(workspace, Result.CHANGED, "");
                        },
                        _ -> Line.of(workspace, Result.REFUSED, GONE)));
    }

    private Line invite(WorkspaceActor actor, Workspace workspace, String email) {
        return switch (invitations.invite(actor, workspace.project(), workspace.id(), email, WorkspaceRole.ADMIN)) {
            case Invitations.Invited.Done done -> new Line(workspace, Result.CHANGED, "", done.link());
            case Invitations.Invited.AlreadyUser _ ->
                Line.of(workspace, Result.UNCHANGED, "A user of it already has this email.");
            case Invitations.Invited.Unconfirmed _ ->
                Line.of(workspace, Result.REFUSED, "Confirm your own email address first.");
            case Invitations.Invited.Refused(Refusal.TooMany _) ->
                Line.of(workspace, Result.REFUSED, "Too many invitations. Try again in an hour.");
            case Invitations.Invited.Refused(Refusal.Rejected rejected) ->
                Line.of(workspace, Result.REFUSED, rejected.first().userMessage());
            case Invitations.Invited.Refused(Refusal.Forbidden _) ->
                Line.of(workspace, Result.REFUSED, "Admins are invited by people, not with an API key.");
            case Invitations.Invited.Refused _ -> Line.of(workspace, Result.REFUSED, GONE);
        };
    }
}
